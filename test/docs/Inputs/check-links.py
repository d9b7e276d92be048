"""Checks that every relative link of the given Markdown files leads to a file of the repository.

    check-links.py FILE.md ...
"""

import pathlib
import re
import sys

LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def main():
    links = broken = 0
    for document in map(pathlib.Path, sys.argv[1:]):
        for target in LINK.findall(document.read_text()):
            if "://" in target:
                continue
            links += 1
            if not (document.parent / target).exists():
                broken += 1
                print(f"{document}: no such file: {target}")
    print(f"{links} links, {broken} broken")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
