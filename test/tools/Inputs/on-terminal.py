"""Runs a command with a terminal as its standard output and error, and prints what it writes there."""

import os
import pty
import sys

os.environ.setdefault("TERM", "xterm")
status = pty.spawn(sys.argv[1:], lambda terminal: os.read(terminal, 4096))
sys.exit(os.waitstatus_to_exitcode(status))
