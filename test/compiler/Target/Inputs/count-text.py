"""Compiles a network with few and with many populations and compares their instructions.

    count-text.py FEW MANY
"""

import pathlib
import re
import subprocess
import sys
import tempfile

MODEL = """network Many {{
    index cell = {members}
    param J = 1 fC
    table rate[a in cell] = if a == m0 then 2 Hz else 1 Hz
    for a in cell {{
        population P[a] = LIFRef[4] {{ V ~ uniform(0 mV, 1 mV) }}
        population S[a] = Poisson[4] {{ rate = rate[a] }}
        project S[a] -> P[a].I {{
            connect all_to_all
            weight  J
            delay   1 ms
        }}
    }}
    project P[m1] -> P[m0].I {{ connect all_to_all;  weight ~ normal(J, 0.1*J) }}
}}

simulate Many {{
    duration 10 ms
    record spikes of P[m0]
}}
"""
# Blocks may be laid out and aligned in another way.
TOLERANCE = 1.05


def instructions(populations, folder):
    """Instructions in the assembly of the network."""
    members = ", ".join(f"m{k}" for k in range(populations))
    path = pathlib.Path(folder) / f"many-{populations}.snn"
    path.write_text(MODEL.format(members=members))
    assembly = subprocess.run(["snnc", path, "--emit=asm"], check=True, capture_output=True, text=True, timeout=60).stdout
    section, count = "", 0
    for line in assembly.splitlines():
        if directive := re.match(r"\t\.(?:section\t)?(\.?(?:text|rodata|data|note)\S*)", line):
            section = directive[1]
        count += bool(re.match(r"\t[a-z]", line)) and "text" in section
    return count


def main():
    few, many = (int(argument) for argument in sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        counts = [instructions(populations, folder) for populations in (few, many)]
    print(f"{counts[0]} instructions for {few} populations, {counts[1]} for {many}")
    sys.exit(not 100 < counts[1] <= TOLERANCE * counts[0])


if __name__ == "__main__":
    main()
