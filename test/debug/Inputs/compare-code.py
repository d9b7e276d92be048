"""Compiles models with and without `-g` and compares the objects, debug information apart.

    compare-code.py FOLDER FILE.snn ...
"""

import os
import subprocess
import sys


def compile(model, path, *options):
    subprocess.run(["snnc", model, "--emit=obj", "--experiment=1", "-o", path, *options], check=True,
                   stderr=subprocess.DEVNULL)
    debug = b".debug_line" in open(path, "rb").read()
    subprocess.run(["llvm-strip", "--strip-debug", path], check=True)
    return open(path, "rb").read(), debug


def main():
    folder, models = sys.argv[1], sys.argv[2:]
    for model in models:
        for cpu in ["x86-64-v3", "x86-64-v4"]:
            plain, plainHas = compile(model, os.path.join(folder, "plain.o"), f"--target-cpu={cpu}")
            debug, debugHas = compile(model, os.path.join(folder, "debug.o"), f"--target-cpu={cpu}", "-g")
            same = plain == debug and debugHas and not plainHas
            print(f"{os.path.basename(model)} {cpu}: {'same' if same else 'DIFFERENT'}")


if __name__ == "__main__":
    main()
