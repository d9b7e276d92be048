"""Runs a command and succeeds if its exit status is the one given.

    expect.py STATUS COMMAND ARGUMENT ...
"""

import subprocess
import sys

expected = int(sys.argv[1])
status = subprocess.run(sys.argv[2:]).returncode
if status != expected:
    sys.exit(f"expected exit status {expected}, but `{' '.join(sys.argv[2:])}` ended with {status}")
