"""Runs a command for every `.snn` file below the given folders, and fails if it fails for one of them.

    for-each-model.py FOLDER ... -- COMMAND ... FILE ...
"""

import pathlib
import subprocess
import sys

split = sys.argv.index("--")
folders, command = sys.argv[1:split], sys.argv[split + 1:]
files = sorted(file for folder in folders for file in pathlib.Path(folder).rglob("*.snn"))
if not files:
    sys.exit("there are no models")
failed = [file for file in files
          if subprocess.run([str(file) if word == "FILE" else word for word in command]).returncode != 0]
sys.exit(f"failed for {len(failed)} of {len(files)}" if failed else 0)
