"""Runs a command that reads standard input, with 20 seconds and 2 GB at most.

    bounded.py STATUS COMMAND...

Passes on what it prints, and succeeds if the command ends in time with the given exit status.
"""

import os
import resource
import subprocess
import sys

SECONDS = 20
BYTES = 2 << 30


def limitMemory():
    # The address sanitizer reserves terabytes.
    if "ASAN_OPTIONS" not in os.environ:
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


status, command = int(sys.argv[1]), sys.argv[2:]
seconds = SECONDS * (10 if "ASAN_OPTIONS" in os.environ else 1)
try:
    actual = subprocess.run(command, stderr=subprocess.STDOUT, preexec_fn=limitMemory, timeout=seconds).returncode
except subprocess.TimeoutExpired:
    sys.exit(f"bounded: not done after {seconds} s: {' '.join(command)}")
if actual != status:
    sys.exit(f"bounded: exit status {actual} rather than {status}: {' '.join(command)}")
