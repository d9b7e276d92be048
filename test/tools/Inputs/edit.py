"""Replaces the one occurrence of a text in a file: edit.py FILE OLD NEW"""

import pathlib
import sys

file, old, new = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
text = file.read_text()
if text.count(old) != 1:
    sys.exit(f"`{old}` occurs {text.count(old)} times in {file}")
file.write_text(text.replace(old, new))
