"""Starts a command that records, kills it (SIGKILL) after a random time, and looks at the file; so many times.

Fails unless the file, once there, always opens as it is, with as many times as neurons of spikes, and reaches as far as a
run of that length should: what is recorded is saved at least once a second.

    kill-anytime.py TIMES FILE COMMAND ARGUMENT ...
"""

import pathlib
import random
import re
import subprocess
import sys
import time

times, file, command = int(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3:]
random.seed(1)


def dump(*options):
    shown = subprocess.run(["h5dump", *options, file], capture_output=True, text=True)
    if shown.returncode != 0:
        sys.exit(f"{file} does not open: {shown.stderr}")
    return shown.stdout


lengths = set()
for _ in range(times):
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    time.sleep(random.uniform(0, 0.5))
    running.kill()
    running.wait()
    if not file.exists():
        continue
    sizes = [int(re.search(r"SIMPLE \{ \( (\d+) \)", dump("-H", "-d", f"/spikes/N/{part}"))[1])
             for part in ("timestamps", "node_ids")]
    if sizes[0] != sizes[1]:
        sys.exit(f"{sizes[0]} times, but {sizes[1]} neurons")
    lengths.add(sizes[0])
if max(lengths, default=0) == 0:
    sys.exit("nothing was recorded before any of the kills")
