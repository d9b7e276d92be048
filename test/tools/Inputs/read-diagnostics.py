"""Reads what `--diagnostics=json` writes, checks the form of every line against docs/diagnostics.md, and prints it:

    SEVERITY CODE FILE:LINE:COLUMN-LINE:COLUMN (OFFSET-OFFSET) "TEXT" of SUBJECT
    MESSAGE
    note SPAN MESSAGE
    fix SPAN REPLACEMENT
"""

import json
import os
import sys


def placed(span):
    """FILE:LINE:COLUMN-LINE:COLUMN, having checked that the span is one."""
    assert set(span) == {"file", "start", "end"}, span
    for end in ("start", "end"):
        assert set(span[end]) == {"offset", "line", "column"} and all(isinstance(n, int) for n in span[end].values())
    start, end = span["start"], span["end"]
    name = span["file"] if span["file"].startswith("stdlib/") else os.path.basename(span["file"])
    return f"{name}:{start['line']}:{start['column']}-{end['line']}:{end['column']}"


def show(found):
    assert set(found) == {"version", "severity", "code", "message", "span", "subject", "notes", "fixes"}, found
    assert found["version"] == 1 and found["severity"] in ("error", "warning")
    first = f"{found['severity']} {found['code'] or '-'} "
    if not found["span"]:
        print(first + found["message"])
        return
    span, subject = found["span"], found["subject"]
    with open(span["file"], "rb") as file:
        text = file.read()[span["start"]["offset"]:span["end"]["offset"]].decode()
    offsets = f"({span['start']['offset']}-{span['end']['offset']})"
    print(first + placed(span), offsets, json.dumps(text), f"of {placed(subject)}" if subject else "")
    print(found["message"])
    for note in found["notes"]:
        print("note", placed(note["span"]) if note["span"] else "-", note["message"])
    for fix in found["fixes"]:
        print("fix", placed(fix["span"]), json.dumps(fix["replacement"]))


for line in sys.stdin:
    show(json.loads(line))
