"""Starts a command that writes a file, interrupts it once the file is there, and passes its exit status on.

    interrupt.py FILE COMMAND ARGUMENT ...
"""

import pathlib
import signal
import subprocess
import sys
import time

file, command = pathlib.Path(sys.argv[1]), sys.argv[2:]
# A shell without job control starts background commands with interrupts ignored, and that is inherited.
running = subprocess.Popen(command, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler))
deadline = time.monotonic() + 60
while not file.exists():
    if running.poll() is not None or time.monotonic() > deadline:
        running.kill()
        sys.exit(f"`{' '.join(command)}` has not written {file}")
    time.sleep(0.01)
time.sleep(0.3)  # the file is made before the first step; let some be done
running.send_signal(signal.SIGINT)
sys.exit(running.wait(timeout=60))
