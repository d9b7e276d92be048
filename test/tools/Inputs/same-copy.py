"""same-copy.py FILE COPY ALONE: prints what sets a copy apart, and whether it has the results of a run of its own."""

import re
import subprocess
import sys

path, copy, alone = sys.argv[1:]


def dump(*arguments):
    text = subprocess.run(["h5dump", "-m", "%.17g", *arguments], check=True, capture_output=True, text=True).stdout
    return re.sub(r'HDF5 ".*"|GROUP "/.*?"', "", text)


def attribute(name):
    text = subprocess.run(["h5dump", "-a", f"/{copy}/{name}", path], check=True, capture_output=True, text=True).stdout
    return re.search(r'\(0\): "?(.*?)"?$', text, re.MULTILINE).group(1)


settings = attribute("settings")
values = [attribute(part.split(" = ")[0] if " = " in part else "draw") for part in settings.split(", ")]
same = all(dump("-g", f"/{copy}/{part}", path) == dump("-g", f"/{part}", alone) for part in ("spikes", "report"))
print(f"{settings}; {' '.join(values)}; {'same' if same else 'different'}")
