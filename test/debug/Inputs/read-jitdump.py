"""Prints the functions of a jitdump file, each with the lines it has; fails on anything perf would not understand.

    read-jitdump.py FOLDER      the one file jit-PID.dump somewhere below it
"""

import os
import pathlib
import struct
import sys

CODE_LOAD, DEBUG_INFO = 0, 2


def text(data, at):
    end = data.index(b"\0", at)
    return data[at:end].decode(), end + 1


def readLines(data):
    start, count = struct.unpack_from("<QQ", data)
    at, lines = 16, set()
    for _ in range(count):
        address, line, _ = struct.unpack_from("<QII", data, at)
        file, at = text(data, at + 16)
        assert address >= start and line > 0
        lines.add(f"{os.path.basename(file)}:{line}")
    assert at == len(data)
    return start, lines


def main():
    [path] = pathlib.Path(sys.argv[1]).rglob("jit-*.dump")
    data = path.read_bytes()
    magic, version, size, machine, _, process = struct.unpack_from("<6I", data)
    assert (magic, version, size, machine) == (0x4A695444, 1, 40, 62)
    assert path.name == f"jit-{process}.dump"
    at, lines, linesAt = size, set(), 0
    while at < len(data):
        kind, length = struct.unpack_from("<II", data, at)
        content = data[at + 16:at + length]
        if kind == DEBUG_INFO:
            linesAt, lines = readLines(content)
        else:
            assert kind == CODE_LOAD
            _, _, _, address, codeSize, _ = struct.unpack_from("<IIQQQQ", content)
            name, codeAt = text(content, 40)
            assert len(content) == codeAt + codeSize and codeSize > 0
            assert not lines or linesAt == address  # lines stand directly in front of their code
            print(f"{name}: {' '.join(sorted(lines))}")
            lines = set()
        at += length
    assert at == len(data)


if __name__ == "__main__":
    main()
