"""Writes each ```snn block of a Markdown file that is a whole model (it has a `simulate`) to FOLDER/N.snn.

    extract-models.py FILE.md FOLDER
"""

import pathlib
import re
import sys

BLOCK = re.compile(r"^```snn\n(.*?)^```", re.MULTILINE | re.DOTALL)


def main():
    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    models = [block for block in BLOCK.findall(pathlib.Path(sys.argv[1]).read_text()) if "\nsimulate " in block]
    for number, model in enumerate(models, 1):
        (folder / f"{number}.snn").write_text(model)
    print(f"{len(models)} models")


if __name__ == "__main__":
    main()
