"""Writes three spikes in every form that is read without HDF5, and one that is wrong, into a folder.

    write-spikes.py FOLDER
"""

import pathlib
import struct
import sys
import zipfile

folder = pathlib.Path(sys.argv[1])


def npy(values, shape):
    header = f"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}".ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + struct.pack(f"<{len(values)}d", *values)


def archive(name, **arrays):
    with zipfile.ZipFile(folder / name, "w") as members:
        for member, data in arrays.items():
            members.writestr(member + ".npy", data)


neurons, times = [1, 2, 0], [2.04, 0.5, 2]  # ms, in any order
rows = npy([number for spike in zip(neurons, times) for number in spike], "(3, 2)")
(folder / "rows.npy").write_bytes(rows)
archive("rows.npz", rows=rows)
archive("pair.npz", index=npy(neurons, "(3,)"), time=npy(times, "(3,)"))
archive("uneven.npz", index=npy(neurons, "(3,)"), time=npy(times[:2], "(2,)"))
