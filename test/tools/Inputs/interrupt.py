"""Starts a command that writes a file, sends it signals once the file is there, and passes its exit status on.

    interrupt.py SIGNAL[,SIGNAL] FILE COMMAND ARGUMENT ...
"""

import pathlib
import signal
import subprocess
import sys
import time

signals, file, command = sys.argv[1].split(","), pathlib.Path(sys.argv[2]), sys.argv[3:]


def listen():
    # A shell without job control starts background commands with interrupts ignored, `nohup` with hang-ups, and that is inherited.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


running = subprocess.Popen(command, preexec_fn=listen)
deadline = time.monotonic() + 60
while not file.exists():
    if running.poll() is not None or time.monotonic() > deadline:
        running.kill()
        sys.exit(f"`{' '.join(command)}` has not written {file}")
    time.sleep(0.01)
time.sleep(0.3)  # the file is made before the first step; let some be done
for name in signals:
    running.send_signal(signal.Signals[f"SIG{name}"])
    time.sleep(0.02)  # for two of a kind not to become one
try:
    status = running.wait(timeout=60)
except subprocess.TimeoutExpired:
    running.kill()
    sys.exit(f"`{' '.join(command)}` runs on")
sys.exit(status % 256)  # -2 for a process that SIGINT has ended is 254
