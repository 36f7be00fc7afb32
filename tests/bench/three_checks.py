#!/usr/bin/env python3
"""The three checks with PyYAML's C loader: prints the number of findings. File names on standard input."""
import re
import sys

import yaml

TARGETS = {"1.1.6.2", "1.1.6.3", "1.1.6.4", "1.2.5.1", "1.2.5.3", "1.2.9.2", "1.2.10.2", "1.3.5.3", "1.3.5.4", "1.3.5.6"}
OPTIONAL = {"1.2.6", "1.2.10"}
PERCENTAGE = re.compile(r"(\d+(?:\.\d+)?)\s*%")

findings = 0
for line in sys.stdin:
    with open(line.rstrip("\n"), "rb") as file:
        submission = yaml.load(file, Loader=yaml.CSafeLoader)
    for measure, items in submission["measures"].items():
        if not isinstance(items, dict):  # of a measure with one item, just the answer
            items = {"1": items}
        for item, text in items.items():
            words = (text or "").split()
            if not words:
                findings += measure not in OPTIONAL
                continue
            findings += len(words) > 100
            if f"{measure}.{item}" in TARGETS:
                findings += not any(float(number) >= 20 for number in PERCENTAGE.findall(text))
print(f"{findings} findings")
