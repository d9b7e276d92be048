"""Counts the escape characters in standard input."""

import sys

print(sys.stdin.buffer.read().count(b"\x1b"), "escapes")
