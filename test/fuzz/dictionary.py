"""Writes a dictionary for libFuzzer: the symbols of the language, and the words that models are made of.

    dictionary.py TokenKinds.def MODEL.snn...
"""

import pathlib
import re
import sys

tokenKinds, *models = map(pathlib.Path, sys.argv[1:])
symbols = re.findall(r'SNN_PUNCTUATION\(\w+, "(.+)"\)', tokenKinds.read_text())
words = set()
for model in models:
    code = re.sub(r"#.*", "", model.read_text())
    words.update(re.findall(r"[A-Za-z_]+", code))
for entry in [*symbols, *sorted(words)]:
    print('"' + entry.replace("\\", "\\\\").replace('"', '\\"') + '"')
