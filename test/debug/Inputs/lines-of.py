"""Prints "FUNCTION FILE:LINE" for every line that some instruction of an object is from, as a debugger would find it.

    lines-of.py OBJECT
"""

import os
import re
import subprocess
import sys

INSTRUCTION = re.compile(r"^\s*([0-9a-f]+):")


def output(*command, **options):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, **options).stdout.splitlines()


def main():
    listing = output("llvm-objdump", "--disassemble", "--no-show-raw-insn", sys.argv[1])
    addresses = [match[1] for match in map(INSTRUCTION.match, listing) if match]
    answers = output("llvm-symbolizer", "--output-style=GNU", "--functions=short", "-e", sys.argv[1],
                     input="".join(f"0x{address}\n" for address in addresses))
    places = set()
    for function, place in zip(answers[::2], answers[1::2]):
        file, line = place.split(" ")[0].rsplit(":", 1)
        places.add(f"{function} {os.path.basename(file)}:{line}")
    print("\n".join(sorted(places)))


if __name__ == "__main__":
    main()
