"""Runs the examples of docs/diagnostics.md: every code has an entry, the wrong example is answered with exactly the message
shown, on the line that names the code, and the right one with nothing.

    check-diagnostics.py ROOT
"""

import pathlib
import re
import subprocess
import sys
import tempfile

ENTRY = re.compile(r"^### (\w+): (.*)\n\n((?:(?!^##).*\n)*)", re.MULTILINE)
EXAMPLE = re.compile(r"^```(snn wrong|text|snn right)\n(.*?)^```", re.MULTILINE | re.DOTALL)
FINDING = re.compile(r"^model\.snn:(\d+):\d+: (.*)$", re.MULTILINE)

# What only `compile` finds.
OF_THE_COMPILER = {"M10"}


def written(example):
    """The bytes that an example stands for."""
    def repeat(match):
        return "".join(match[1].replace("…", str(k)) for k in range(int(match[2])))

    repeated = re.sub(r"⟨([^⟩]*)⟩×(\d+)", repeat, example)
    return re.sub("⟨byte (..)⟩".encode(), lambda match: bytes([int(match[1], 16)]), repeated.encode())


def findings(example, code, folder):
    """[(line, "error[U2]: ...")] of an example."""
    (folder / "model.snn").write_bytes(written(example))
    command = ["compile", "-o", "model.o"] if code in OF_THE_COMPILER else ["check"]
    run = subprocess.run(["snnc", "model.snn", *command], cwd=folder, capture_output=True)
    found = FINDING.findall(run.stderr.decode(errors="replace"))
    return [(int(line), message) for line, message in found if not message.startswith("note:")]


def mistakesOf(code, body, folder):
    """What is wrong with an entry."""
    examples = dict(EXAMPLE.findall(body))
    if set(examples) != {"snn wrong", "text", "snn right"}:
        return [f"has {sorted(examples)}"]
    lines = examples["snn wrong"].splitlines()
    expected = [(number, examples["text"].strip())
                for number, line in enumerate(lines, 1) if re.search(rf"\s{code}$", line)]
    answers = findings(examples["snn wrong"], code, folder)
    mistakes = [] if answers == expected and len(expected) == 1 else [f"is answered with {answers}, not {expected}"]
    if answers := findings(examples["snn right"], code, folder):
        mistakes.append(f"is not put right: {answers}")
    return mistakes


def main():
    root = pathlib.Path(sys.argv[1])
    codes = dict(re.findall(r'^SNN_DIAGNOSTIC\((\w+), "(.*)"\)', (root / "frontend/DiagnosticCodes.def").read_text(), re.M))
    entries = {code: (title, body) for code, title, body in ENTRY.findall((root / "docs/diagnostics.md").read_text())}
    bad = [f"{code}: has no entry" for code in codes if code not in entries]
    bad += [f"{code}: is no code" for code in entries if code not in codes]
    with tempfile.TemporaryDirectory() as folder:
        for code, (title, body) in entries.items():
            if code in codes and title != codes[code]:
                bad.append(f"{code}: is called `{codes[code]}`")
            bad += [f"{code}: {mistake}" for mistake in mistakesOf(code, body, pathlib.Path(folder))]
    print(*bad, f"{len(entries)} diagnostics, {len(bad)} mistakes", sep="\n")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
