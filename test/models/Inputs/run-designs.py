"""run-designs.py FOLDER: checks every model of the folder, and runs the first 20 ms of those that are right.

One line per file: its name and `runs`, `checked` if it is a training, the codes of the errors, or what went wrong.
"""

import pathlib
import re
import subprocess
import sys


def outcome(path):
    checked = subprocess.run(["snnc", "check", path], capture_output=True, text=True)
    if codes := sorted(set(re.findall(r"error\[(\w+)\]", checked.stderr))):
        return " ".join(codes)
    if re.search(r"^train ", path.read_text(), re.MULTILINE):
        return "fails: " + checked.stderr if checked.returncode or checked.stderr else "checked"
    run = subprocess.run(["snnc", path, "run", "--set", "duration=20 ms", "--threads", "2"], capture_output=True, text=True)
    return "runs" if run.returncode == 0 and "RTF" in run.stdout else "fails: " + run.stderr.strip().replace("\n", " ")[-300:]


for path in sorted(pathlib.Path(sys.argv[1]).glob("*.snn")):
    print(f"{path.stem}: {outcome(path)}", flush=True)
