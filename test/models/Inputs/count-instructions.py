"""Counts the instructions that a compiled model executes per neuron and step.

    count-instructions.py RUNOBJECT OBJECT NEURONS STEPS LIMIT

Two runs under callgrind, of STEPS and of twice as many steps, differ by the loop alone: set-up and construction cancel.
Fails if the loop takes more than LIMIT instructions per neuron and step.
"""

import re
import subprocess
import sys


def instructions(command):
    result = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command],
                            capture_output=True, text=True)
    if result.returncode:
        sys.exit(result.stdout + result.stderr)
    return int(re.search(r"Collected : (\d+)", result.stderr)[1])


def main():
    run, model, neurons, steps, limit = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5])
    once, twice = (instructions([run, model, str(count)]) for count in (steps, 2 * steps))
    each = (twice - once) / (neurons * steps)
    print(f"{each:.2f} instructions per neuron and step, limit {limit:g}")
    return each > limit


if __name__ == "__main__":
    sys.exit(main())
