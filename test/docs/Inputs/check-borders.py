"""Checks which folder includes what: docs/architecture.md, "Borders".

    check-borders.py ROOT
"""

import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s+["<]([^">]+)[">]', re.MULTILINE)

# Headers that other folders may include; the rest of a folder is its own business.
PUBLIC = {
    "frontend/": ["frontend/Frontend.h", "frontend/Lexer.h", "frontend/Token.h", "frontend/Parser.h", "frontend/AST*.h",
                  "frontend/Model.h", "frontend/ModelTraining.h", "frontend/ChooseExperiment.h", "frontend/Diagnostics.h", "frontend/ApplyFixIts.h",
                  "frontend/Catalogue.h", "frontend/Dimension.h", "frontend/Format.h", "frontend/Library.h", "frontend/Structure.h",
                  "frontend/Units.h"],
    "dialects/": ["dialects/snn/*.h"],
    "compiler/": ["compiler/Compiler.h", "compiler/Explain/Explanation.h", "compiler/Cache/ObjectCache.h", "compiler/Cache/ProgramKey.h",
                  "compiler/Cache/SharedProgram.h"],
    "runtime/": [],
}

# For each part, longest path first: our folders whose public headers it may include, and the libraries it may use.
ALLOWED = [
    ("compiler/tools/snnc/", ["frontend/", "compiler/"], ["llvm/", "snn/", "CLI/"]),
    ("compiler/tools/language-server/", ["frontend/"], ["llvm/"]),
    ("compiler/tools/", ["frontend/", "compiler/", "dialects/"], ["llvm/", "llvm-c/", "mlir/", "snn/abi.h"]),
    ("compiler/Cache/", ["frontend/", "compiler/"], ["llvm/ADT/", "llvm/Support/", "llvm/TargetParser/", "snn/abi.h"]),
    ("compiler/Host/", ["frontend/", "compiler/"], ["llvm/", "snn/compile.h", "snn/snn.h"]),
    ("compiler/include/", [], ["snn/"]),
    ("compiler/", ["frontend/", "dialects/"], ["llvm/", "llvm-c/", "lld/", "mlir/", "snn/abi.h"]),
    ("dialects/", [], ["llvm/", "mlir/"]),
    ("frontend/", [], ["llvm/ADT/", "llvm/Support/", "boost/"]),
    ("runtime/recorder/", [], ["snn/", "hdf5.h", "H5"]),
    ("runtime/arrays/", [], ["snn/arrays/", "hdf5.h", "H5", "zip.h"]),
    ("runtime/include/", [], ["snn/", "boost/units/"]),
    ("runtime/src/", ["frontend/Units.h"], ["snn/abi.h", "snn/snn.h", "snn/arrays/"]),
    ("runtime/", [], ["snn/abi.h", "snn/snn.h"]),
]


def partOf(path):
    return next((entry for entry in ALLOWED if path.startswith(entry[0])), None)


def isPublic(header):
    return any(pathlib.PurePath(header).match(pattern) for patterns in PUBLIC.values() for pattern in patterns)


def isAllowed(path, included):
    part, ours, libraries = partOf(path)
    if "/" not in included and not included.endswith(".h"):
        return True  # the standard library
    folder = next((folder for folder in PUBLIC if included.startswith(folder)), None)
    if folder is None:
        # POSIX headers and those beside the file; anything with a known library prefix must be allowed.
        known = {library.split("/")[0] for _, _, names in ALLOWED for library in names}
        if included.split("/")[0] not in known and not included.startswith("H5"):
            return True
        return any(included.startswith(library) for library in libraries)
    if included.startswith(part):
        return not included.startswith("compiler/tools/") or path.startswith("compiler/tools/")
    if path.startswith("compiler/tools/snn-opt") and included.startswith("compiler/"):
        return True  # it registers our passes, one by one
    return (folder in ours or included in ours) and (isPublic(included) or included.endswith(".inc"))


def main():
    root = pathlib.Path(sys.argv[1])
    files = violations = 0
    for folder in PUBLIC:
        for source in sorted((root / folder).rglob("*")):
            if source.suffix not in (".h", ".cpp", ".c", ".hpp"):
                continue
            path = source.relative_to(root).as_posix()
            files += 1
            for included in INCLUDE.findall(source.read_text()):
                if not isAllowed(path, included):
                    violations += 1
                    print(f"{path} includes {included}, across a border")
    print(f"{files} files, {violations} violations")
    sys.exit(1 if violations else 0)


if __name__ == "__main__":
    main()
