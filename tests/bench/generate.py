#!/usr/bin/env python3
"""Writes COUNT submissions on the Payment 1 form into FOLDER, the same ones every time.

usage: generate.py FOLDER COUNT

Every submission answers all items in words of its own (a fixed linear congruential sequence chooses them). Planted, by number of the
file: a response of 101 to 120 words, a blank item, and prompts with a target whose response states no percentage, or one below 20.
"""
import os
import sys

MEASURES = [("1.1.6", 7), ("1.2.5", 7), ("1.2.6", 3), ("1.2.7", 3), ("1.2.9", 2), ("1.2.10", 2), ("1.3.5", 7), ("1.3.6", 3),
            ("1.1.7", 1), ("1.2.8", 1), ("1.3.7", 1)]
TARGETS = {"1.1.6.2", "1.1.6.3", "1.1.6.4", "1.2.5.1", "1.2.5.3", "1.2.9.2", "1.2.10.2", "1.3.5.3", "1.3.5.4", "1.3.5.6"}
OPTIONAL = {"1.2.6", "1.2.10"}
WORDS = """capacity provider outreach member county network workforce training data exchange referral housing health plan care support
service community partner survey assessment strategy quarterly roundtable infrastructure engagement coordination population
behavioral physical integration oversight monitoring incentive program technical assistance cultural competency recruitment
authorization claims eligibility platform portal landscape relationship agreement documentation facilitator implementation
the of and to in for with by on we our will are is that this through across local identified existing additional""".split()


class Sequence:
    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % limit


def response(sequence, words, percentage):
    chosen = [WORDS[sequence.below(len(WORDS))] for _ in range(words)]
    for position in range(12, words, 14):
        chosen[position] += "." if position % 28 == 12 else ","
    if percentage is not None:
        chosen[5:8] = ["at", "least", f"{percentage}%"]
    return chosen


def wrap(words, indent, width=100):
    lines, line = [], ""
    for word in words:
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = ""
        line += (" " if line else "") + word
    lines.append(line)
    return "".join(" " * indent + each + "\n" for each in lines)


def submission(number):
    sequence = Sequence(number + 1)
    out = ["form: calaim-ipp-payment-1\n",
           "fields:\n  plan: Health Net\n  county: Los Angeles\n"
           "  period: Program Year 1 / Calendar Year 2022\n",
           "measures:\n"]
    for measure, items in MEASURES:
        out.append(f"  {measure}:\n")
        for item in range(1, items + 1):
            full = f"{measure}.{item}"
            if sequence.below(100) == 0:
                out.append(f'    "{item}": ""\n')
                continue
            words = 101 + sequence.below(20) if sequence.below(40) == 0 else 80 + sequence.below(21)
            percentage = None
            if full in TARGETS and sequence.below(3) > 0:
                percentage = 20 + sequence.below(15) if sequence.below(5) > 0 else 5 + sequence.below(15)
            out.append(f'    "{item}": >-\n')
            out.append(wrap(response(sequence, words, percentage), 6))
    return "".join(out)


def main():
    folder, count = sys.argv[1], int(sys.argv[2])
    os.makedirs(folder, exist_ok=True)
    for number in range(count):
        with open(os.path.join(folder, f"{number:05}.yaml"), "w", encoding="utf-8") as file:
            file.write(submission(number))


if __name__ == "__main__":
    main()
