"""Runs one fuzz target for some seconds, from the kept inputs, the model library and the examples.

    fuzz.py BUILD TARGET WORK-FOLDER SECONDS

Fails with the target's report if an input crashes it, or takes it more than ten seconds.
"""

import os
import pathlib
import shutil
import subprocess
import sys

build, target, work, seconds = sys.argv[1:]
source = pathlib.Path(__file__).resolve().parent
root = source.parent.parent
shutil.rmtree(work, ignore_errors=True)
os.makedirs(work)
# LLVM's own libraries are not instrumented: they hand out memory of arenas that our code has poisoned.
environment = {**os.environ, "ASAN_OPTIONS": "allow_user_poisoning=0"}
command = [f"{build}/fuzz/bin/{target}", f"-max_total_time={seconds}", "-timeout=10", "-print_final_stats=1",
           f"-artifact_prefix={work}/"]
if target in ("FuzzCheckpoint", "FuzzCacheEntry", "FuzzNpy"):  # readers of binary files
    command += ["-max_len=16384", work]
else:
    command += [f"-dict={build}/fuzz/snn.dict", "-max_len=4096", work, source / "corpus", root / "frontend" / "stdlib",
                root / "examples"]
run = subprocess.run(command, env=environment, stderr=subprocess.PIPE, text=True, errors="replace")
if run.returncode != 0:
    sys.exit(run.stderr[-5000:])
print([line for line in run.stderr.splitlines() if "number_of_executed_units" in line])
