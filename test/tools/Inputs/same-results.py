"""Runs two commands that record to a file and demands the same spikes and traces, bit for bit.

    same-results.py FOLDER COMMAND COMMAND
"""

import pathlib
import re
import shlex
import subprocess
import sys

folder = pathlib.Path(sys.argv[1])
dumps = []
for number, command in enumerate(sys.argv[2:]):
    output = folder / f"results-{number}.h5"
    subprocess.run([*shlex.split(command), "--quiet", "-o", output], check=True, stderr=subprocess.DEVNULL)
    dump = subprocess.run(["h5dump", "-m", "%.17g", output], check=True, capture_output=True, text=True).stdout
    dumps.append(re.sub(r'HDF5 ".*"', "", dump))
if dumps[0] != dumps[1]:
    sys.exit("the results differ")
print(len(dumps[0].splitlines()), "equal lines")
