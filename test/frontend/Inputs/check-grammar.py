"""Compares the editors' grammar with the front end's sources and the language reference.

    check-grammar.py ROOT
"""

import json
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
editor = root / "frontend/editors/vscode"
language = (root / "docs/language.md").read_text()
failed = False


def compare(what, ours, theirs):
    global failed
    missing, superfluous = sorted(theirs - ours), sorted(ours - theirs)
    failed |= bool(missing or superfluous)
    print(f"{what}: " + ("the same" if ours == theirs else f"missing {missing}, superfluous {superfluous}"))


def words(pattern):
    """The alternatives of the first group that consists of words."""
    return set(re.search(r"\(([a-z_]+(?:\|[a-z_]+)+)\)", pattern)[1].split("|"))


def patternsIn(node):
    if isinstance(node, dict):
        yield from (node[key] for key in ("match", "begin", "end") if key in node)
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from patternsIn(child)


manifest = json.loads((editor / "package.json").read_text())["contributes"]
json.loads((editor / manifest["languages"][0]["configuration"]).read_text())
grammar = json.loads((editor / manifest["grammars"][0]["path"]).read_text())
rules = grammar["repository"]

reserved = set(re.search(r"reserved and never names[^`]*`([^`]+)`", language)[1].split())
compare("reserved words", words(rules["reserved"]["match"]), reserved)

table = re.search(r"modelKeywords\[\] = \{(.*?)\};", (root / "frontend/ParseModel.cpp").read_text(), re.DOTALL)[1]
ofModels = set(re.findall(r'\{"(\w+)",', table)) - reserved
ofOthers = {"group", "gap_junction", "connect", "delay", "dt", "duration", "seed", "precision", "record", "index", "table", "for", "part", "import", "batch", "set", "stop",
            "at", "then", "source", "epochs", "data", "loss", "metric", "optimizer", "save", "load"}
compare("keywords of models", words(rules["contextual"]["match"]) - ofOthers, ofModels)

spellings = re.findall(r'SNN_PUNCTUATION\(\w+, "([^"]+)"\)', (root / "frontend/TokenKinds.def").read_text())
operators = {re.sub(r"\\(.)", r"\1", symbol) for symbol in rules["operators"]["match"].split("|")}
compare("symbols", operators, set(spellings) - set("()[]{},:."))

constants = re.search(r"\nConstants are (.*?)\(CODATA", language, re.DOTALL)[1]
compare("constants", words(rules["constants"]["match"]), set(re.findall(r"`(\w+)`", constants)))

patterns = list(patternsIn(grammar))
for pattern in patterns:
    re.compile(pattern)
print(f"patterns: {len(patterns)} compile")
sys.exit(failed)
