"""Writes `.npy` files of every kind of wrongness into a folder.

    arrays.py FOLDER
"""

import os
import struct
import sys

folder = sys.argv[1]


def write(name, descr="<i4", shape="(2, 2)", data=struct.pack("<4i", 0, 1, 1, 0), fortran=False, version=1, header=None,
          magic=b"\x93NUMPY", length=None):
    text = header if header is not None else f"{{'descr': '{descr}', 'fortran_order': {fortran}, 'shape': {shape}, }}"
    text = text.ljust(117) + "\n"
    size = struct.pack("<H" if version == 1 else "<I", len(text) if length is None else length)
    with open(os.path.join(folder, name + ".npy"), "wb") as file:
        file.write(magic + bytes([version, 0]) + size + text.encode("latin1") + data)


write("right")
write("cut", data=struct.pack("<3i", 0, 1, 1))
write("headless", header="{'shape': (2, 2)}")
write("unbalanced", header="{'descr': '<i4', 'fortran_order': False, 'shape': (2, 2")
write("deep", header="((((((((((" * 10)
write("long", version=2, length=0xFFFFFFFF)
write("magic", magic=b"\x94NUMPY")
write("fortran", fortran=True)
write("float", "<f8", data=struct.pack("<4d", 0, 1, 1, 0))
write("text", "<U2")
write("python", "|O")
write("big", ">i4")
write("three", shape="(2, 3)", data=struct.pack("<6i", 0, 1, 1, 0, 0, 0))
write("minus", data=struct.pack("<4i", 0, -1, 1, 0))
write("beyond", data=struct.pack("<4i", 0, 1, 4, 0))
write("huge", shape="(4611686018427387904, 2)")
write("huger", shape="(99999999999999999999999, 2)")
open(os.path.join(folder, "empty.npy"), "wb").close()
os.mkdir(os.path.join(folder, "folder.npy"))
