"""Small Markdown files, each with one trap, and the blocks that must come of them, reasoned by hand.
Usage: markdown_cases.py BLOCKS"""
import subprocess
import sys
import time

CASES = {}


def read(name, text, expected):
    CASES[name] = (text, expected.strip("\n"))


read("headings", "# One\n\nText\n\n## 1.2 Two *three* ##\n\nFour\n====\n", """
heading1 [line 1, column 3]/ One
paragraph [line 3, column 1]/ Text
heading2 [line 5, column 4]/ 1.2 Two three
heading1 [line 7, column 1]/ Four
""")
# A line break within a paragraph is a space, and one after two blanks is a line break.
read("lines", "one\ntwo  \nthree\n\nfour\n", """
paragraph [line 1, column 1]/ one two\\nthree
paragraph [line 5, column 1]/ four
""")
# Marks of emphasis, destinations of links and tags are no text; escapes and entities are what they stand for.
read("marks", "a **b** [c](http://d \"e\") `f g` \\* &amp; caf&eacute; <b>h</b><br>i\n", """
paragraph [line 1, column 1]/ a b c f g * & caf\u00e9 h\\ni
""")
read("picture", "before ![a map](map.png) after\n", """
paragraph [line 1, column 1]/ before  after
left out [line 1, column 8] a picture
""")
# A number is text of its author's; a bullet is a sign of Markdown's.
read("items", "3. one\n   two\n4. three\n\n   four\n   - five\n", """
item1 [line 1, column 4]/ <3.> one two
item1 [line 3, column 4] <4.> three
paragraph [line 5, column 4]/ four
item2 [line 6, column 6] <- made> five
""")
# The cells of a table; a sign between cells that is escaped is text; cells that are missing are none.
read("table", "| Name | Share |\n|:--|--:|\n| a \\| *b* | 12% |\n| `c` | |\n| d |\n", """
paragraph [line 1, column 3, table 1: 1.1]/ Name
paragraph [line 1, column 10, table 1: 1.2] Share
paragraph [line 3, column 3, table 1: 2.1]/ a | b
paragraph [line 3, column 14, table 1: 2.2] 12%
paragraph [line 4, column 4, table 1: 3.1] c
paragraph [line 4, column 9, table 1: 3.2] 
paragraph [line 5, column 3, table 1: 4.1] d
""")
read("no-table", "either | or\nand more\n", """
paragraph [line 1, column 1]/ either | or and more
""")
# A table as HTML, as converters write those whose cells have several paragraphs.
read("html-table", "<table>\n<tr><td><p>Prompt</p>\n<p>100 words</p></td><td>Answer &amp;\nmore</td></tr>\n"
     "<tr><td>Next</td><td></td></tr>\n</table>\n\nAfter\n", """
paragraph [line 2, column 12, table 1: 1.1]/ Prompt
paragraph [line 3, column 4, table 1: 1.1] 100 words
paragraph [line 3, column 26, table 1: 1.2] Answer & more
paragraph [line 5, column 9, table 1: 2.1] Next
paragraph [line 5, column 22, table 1: 2.2] 
paragraph [line 8, column 1]/ After
""")
# Where rules end pages, text directly over one is no heading.
read("pages", "one\n\n---\n\ntwo\n---\n\nthree\n\n---\n\n---\n\nfour\n", """
paragraph [line 1, column 1, page 1]/ one
paragraph [line 5, column 1, page 2]/ two
paragraph [line 8, column 1, page 3]/ three
paragraph [line 14, column 1, page 5]/ four
""")
read("one-rule", "one\n\n---\n\ntwo\n---\n", """
paragraph [line 1, column 1]/ one
heading2 [line 5, column 1]/ two
""")
read("code", "```sh\na  b\n\n  c\n```\n\n    d\n", """
paragraph [line 2, column 1]/ a  b\\n\\n  c
paragraph [line 7, column 5]/ d
""")
read("quotation", "> one\n> two\n\n> > three\n", """
paragraph [line 1, column 3]/ one two
paragraph [line 4, column 5]/ three
""")
read("byte-order-mark", "\ufeffone *two*\n", """
paragraph [line 1, column 1]/ one two
""")
read("carriage-returns", "one\r\ntwo\r\n\r\n| a | b |\r\n|---|---|\r\n| c | d |\r\n", """
paragraph [line 1, column 1]/ one two
paragraph [line 4, column 3, table 1: 1.1]/ a
paragraph [line 4, column 7, table 1: 1.2] b
paragraph [line 6, column 3, table 1: 2.1]/ c
paragraph [line 6, column 7, table 1: 2.2] d
""")
read("nothing", "\n  \n<!-- only a comment -->\n", "")
read("too-deep", ">" * 200 + " a\n", "error: there are more than 100 quotations and lists inside one another")
read("too-many-signs", "[a](b " * 100000, "error: up to here there are more signs of Markdown in one paragraph than are "
     "read")


def main():
    failed = 0
    for name, (text, expected) in CASES.items():
        done = subprocess.run([sys.argv[1], "x.md"], input=text.encode(), capture_output=True, check=False)
        found = done.stdout.decode().rstrip("\n")
        if found != expected.rstrip("\n"):
            failed += 1
            print(f"{name}:\n--- expected\n{expected}\n--- found\n{found}")
    # Twice the text takes twice the time, and no text much.
    hard = ["*_ " * 20000, "a **a " * 20000, "| a " * 50000 + "\n" + "|---" * 50000, "- " * 40 + "a\n", "<td>" * 100000,
            "&amp;" * 100000 + "\n", "a | b\n--|--\n" + "c | d\n" * 100000, "![" * 20000, "\\|" * 100000]
    for text in hard:
        start = time.monotonic()
        subprocess.run([sys.argv[1], "--quiet", "x.md"], input=text.encode(), capture_output=True, check=False)
        if time.monotonic() - start > 20:
            failed += 1
            print(f"{text[:20]}…: took {time.monotonic() - start:.1f} s")
    print(f"{len(CASES)} texts, {failed} of them read otherwise than they should be")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
