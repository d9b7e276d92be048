"""Runs every command of the ```sh blocks of the given Markdown files, as a reader would, and fails at the first that fails.

A command runs in an empty folder that has `build`, `examples` and `scripts` of the project, with `build/bin` on the
PATH. What would build or fetch the project again is checked to exist and not run.

    run-commands.py ROOT BUILD UNAVAILABLE FILE.md ...

Commands of the programs UNAVAILABLE (separated by commas), which need not be installed, are not run either.
"""

import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


def commandsOf(text):
    """Commands, with continued lines joined and comments dropped."""
    for block in BLOCK.findall(text):
        for line in block.replace("\\\n", " ").splitlines():
            if line.strip() and not line.lstrip().startswith("#"):
                yield line.strip()


def isRepetition(command):
    """True for what would set up, build or test the project once more."""
    return shlex.split(command, comments=True)[0] in ("git", "cd", "make", "cmake", "ninja", "sudo", "apt-get", "export")


def checkRepetition(command, root):
    words = shlex.split(command, comments=True)
    if words[0] == "make":
        return subprocess.run(["make", "-n", "-C", root, *words[1:]], stdout=subprocess.DEVNULL).returncode == 0
    if words[0] == "cmake" and words[1] == "--preset":
        return subprocess.run(["cmake", "--preset", words[2], "-N"], cwd=root, stdout=subprocess.DEVNULL).returncode == 0
    return True


def main():
    root, build = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    environment = dict(os.environ, PATH=f"{build / 'bin'}{os.pathsep}{os.environ['PATH']}")
    unavailable = sys.argv[3].split(",")
    failures = ran = 0
    for document in sys.argv[4:]:
        with tempfile.TemporaryDirectory() as folder:
            for name, target in [("build", build), ("examples", root / "examples"), ("scripts", root / "scripts")]:
                os.symlink(target, pathlib.Path(folder) / name)
            for command in commandsOf(pathlib.Path(document).read_text()):
                if shlex.split(command, comments=True)[0] in unavailable:
                    print(f"{document}: skipped: {command}")
                    continue
                if isRepetition(command):
                    good = checkRepetition(command, root)
                else:
                    good = subprocess.run(["bash", "-c", command], cwd=folder, env=environment,
                                          stdin=subprocess.DEVNULL).returncode == 0
                ran += 1
                print(f"{document}: {'ran' if good else 'FAILED'}: {command}", flush=True)
                failures += not good
    print(f"{ran} commands, {failures} failures")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
