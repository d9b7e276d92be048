"""Starts a command several times at once and counts the different results: at-once.py TIMES COMMAND..."""

import re
import subprocess
import sys

times = int(sys.argv[1])
runs = [subprocess.Popen(sys.argv[2:], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for _ in range(times)]
results = set()
for run in runs:
    text = run.communicate()[0]
    if run.returncode != 0:
        sys.exit(f"a run ended with {run.returncode}")
    # The network's activity; not how long it took.
    results.add(re.search(r"^N .*$", text, re.MULTILINE).group())
print(times, "runs,", len(results), "result" + "s" * (len(results) > 1))
