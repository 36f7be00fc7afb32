"""Filings enough that their findings do not fit into a comment: 600, with a finding of some 150 characters in each."""
import os

os.makedirs("many/" + "a-folder-with-a-long-name/" * 3)
for number in range(600):
    with open("many/" + "a-folder-with-a-long-name/" * 3 + f"{number:03}.yaml", "w", encoding="utf-8") as filing:
        filing.write("form: marks\nmeasures:\n  1.1:\n    1: one two three four five six\n")
