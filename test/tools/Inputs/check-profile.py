"""Checks what `snnc FILE run --profile` printed, standard input, and prints the counts.

Parts add up to their phase, phases to the total, shares to 100 %, each as far as the rounding of three digits allows; the
counts are those of the summary.
"""

import re
import sys

UNITS = {"s": 1.0, "ms": 1e-3, "us": 1e-6}
PHASES = ["arrive", "integrate", "spike", "record", "wait", "rest of the loop", "hand over"]


def seconds(text):
    number, unit = text.split()
    return float(number) * UNITS[unit]


def number(text):
    return int(text.replace(" ", ""))


def readTable(text):
    """Phases, and of each the parts: {phase: (time, share)}, {phase: [(name, time, count)]}."""
    phases, parts, phase = {}, {}, None
    for line in text.splitlines()[1:]:
        columns = re.split(r"\s{3,}", line.strip())
        if line.startswith("  "):
            parts[phase].append((columns[0], seconds(columns[1]), number(re.match(r"[\d ]+", columns[4])[0])))
        else:
            phase = columns[0]
            phases[phase] = seconds(columns[1]), float(columns[2].split()[0])
            parts[phase] = []
    return phases, parts


def main():
    text = sys.stdin.read()
    start = text.index("phase ")
    phases, parts = readTable(text[start:])
    assert list(phases) == PHASES + ["total"], phases
    total, share = phases.pop("total")
    rounding = 0.01 * total
    assert share == 100
    assert abs(sum(time for time, _ in phases.values()) - total) < rounding
    assert abs(sum(share for _, share in phases.values()) - 100) < 0.5
    for phase, members in parts.items():
        if members:
            assert abs(sum(time for _, time, _ in members) - phases[phase][0]) < rounding, phase
        for name, _, count in members:
            print(f"{phase} {name}: {count}")
    events = re.search(r"^events +([\d ]+)", text, re.MULTILINE)
    if events:
        assert sum(count for _, _, count in parts["arrive"]) == number(events[1])
    print("consistent")


if __name__ == "__main__":
    main()
