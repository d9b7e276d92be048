"""Succeeds if the recordings of two files, one after the other, are those of a third.

    join-records.py FIRST.h5 SECOND.h5 WHOLE.h5
"""

import subprocess
import sys


def numbers(file, dataSet):
    """The numbers of a data set, as h5dump prints their bits."""
    lines = subprocess.run(["h5dump", "-y", "-w", "1", "-m", "%.17g", "-d", dataSet, "-A", "0", file],
                           check=True, capture_output=True, text=True).stdout
    data = lines[lines.index("DATA {") + len("DATA {"):]
    return data[:data.index("}")].replace(",", " ").split()


first, second, whole = sys.argv[1:]
for dataSet in ["/spikes/N/timestamps", "/spikes/N/node_ids", "/report/N/V/data"]:
    parts, together = [numbers(file, dataSet) for file in (first, second)], numbers(whole, dataSet)
    if len(together) < 500 or parts[0] + parts[1] != together:
        sys.exit(f"{dataSet}: {len(parts[0])} and {len(parts[1])} numbers are not the {len(together)} of one run")
starts = [float(numbers(file, "/report/N/V/mapping/time")[0]) for file in (first, second, whole)]
if starts != [1, 71, 1]:
    sys.exit(f"samples begin at {starts} ms")
