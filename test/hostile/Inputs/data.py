"""Writes `.npz` files, right ones and wrong ones, into a folder.

    data.py FOLDER
"""

import os
import struct
import sys
import zipfile

folder = sys.argv[1]


def npy(values, shape, descr="<f8"):
    text = f"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}".ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text.encode() + struct.pack(f"<{len(values)}d", *values)


def write(name, **members):
    path = os.path.join(folder, name)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in members.items():
            archive.writestr(member + ".npy", data)
    return path


right = write("right.npz", tau=npy([10, 20, 30, 40], "(4,)"), w=npy([1, 2, 3, 4, 5, 6], "(2, 3)"))
write("nan.npz", tau=npy([10, float("nan"), 30, 40], "(4,)"))
write("text.npz", tau=npy([1, 2, 3, 4], "(4,)", "<U2"))
with open(right, "rb") as file:
    whole = file.read()
with open(os.path.join(folder, "cut.npz"), "wb") as file:
    file.write(whole[: len(whole) // 2])
with open(os.path.join(folder, "damaged.npz"), "wb") as file:
    file.write(whole[:60] + b"\xff" * 20 + whole[80:])
