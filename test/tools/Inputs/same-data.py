"""Compares what two HDF5 files have at a path each, without attributes, bit for bit; prints "same" or "different".

    same-data.py FILE PATH FILE PATH
"""

import re
import subprocess
import sys


def values(file, path):
    listing = subprocess.run(["h5dump", "-n", file], check=True, capture_output=True, text=True).stdout
    found = {}
    for name in re.findall(r"dataset +(\S+)$", listing, re.MULTILINE):
        if name.startswith(path + "/"):
            found[name.removeprefix(path)] = subprocess.run(
                ["h5dump", "-w", "0", "-m", "%.17g", "-d", name, file], check=True, capture_output=True, text=True
            ).stdout.partition("DATA {")[2].partition("}")[0]
    if not found:
        sys.exit(f"{file} has nothing at {path}")
    return found


print("same" if values(*sys.argv[1:3]) == values(*sys.argv[3:5]) else "different")
