# Configuration of the text tests. A test is one `.snn`, `.mlir` or `.test` file with `RUN:` lines; what only serves a
# test lives in a folder `Inputs` beside it.

import os
import resource
import shutil
import subprocess
import sys

import lit.formats

config.name = "snnc"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".snn", ".mlir", ".test"]
config.excludes = ["Inputs", "unit", "benchmark"]
config.test_source_root = os.path.join(config.source_root, "test")
config.test_exec_root = os.path.join(config.build_root, "test")

# Our tools first, then FileCheck, not, count and split-file of the LLVM in use.
config.environment["PATH"] = os.pathsep.join(
    [os.path.join(config.build_root, "bin"), config.llvm_tools, config.environment["PATH"]])

# Programs that tests run are kept with the build, not with the programs of whoever runs the tests.
config.environment["SNN_CACHE_DIR"] = os.path.join(config.test_exec_root, "cache")

# `%examples` is the folder of examples, `%root` the repository, `%build` the build folder.
config.substitutions += [
    ("%examples", os.path.join(config.source_root, "examples")),
    ("%root", config.source_root),
    ("%build", config.build_root),
    ("%python", sys.executable),
]

# What a test may ask for with `REQUIRES:`.
for tool in ["h5dump", "gnuplot", "valgrind", "pkg-config", "nvim"]:
    if shutil.which(tool):
        config.available_features.add(tool)


def works(*command, says=""):
    """True if the program is installed, and may do here what it is for."""
    try:
        result = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return result.returncode == 0 and says in result.stdout


# Debian's Brian2 is one of the system's Python, which need not be the one that runs this.
for python in [sys.executable, "/usr/bin/python3"]:
    if works(python, "-c", "from importlib.util import find_spec; print(all(map(find_spec, ['brian2', 'h5py'])))", says="True"):
        config.available_features.add("brian")
        config.substitutions.append(("%brian", python))
        break

# The programs that the language was designed on, beside the repository.
designs = os.environ.get("SNN_DESIGNS", os.path.join(os.path.dirname(config.source_root), "shared", "design", "examples"))
if os.path.isdir(designs):
    config.available_features.add("designs")
config.substitutions.append(("%designs", designs))

# A container may forbid both to look at other processes.
if works("gdb", "-nx", "-batch", "-ex", "run", "--args", "true", says="exited normally"):
    config.available_features.add("gdb")
if works("perf", "record", "-q", "-e", "cpu-clock", "-k", "mono", "-o", os.devnull, "true"):
    config.available_features.add("perf")
config.substitutions.append(
    ("%unavailable", ",".join(tool for tool in ["gdb", "perf"] if tool not in config.available_features) or "nothing"))
try:
    with open("/proc/cpuinfo") as cpuinfo:
        flags = next((line for line in cpuinfo if line.startswith("flags")), "").split()
except OSError:
    flags = []
for feature in ["avx2", "avx512f"]:
    if feature in flags:
        config.available_features.add(feature)
if os.path.exists(os.path.join(config.build_root, "fuzz", "bin", "FuzzDriver")):
    config.available_features.add("fuzzing")
if os.geteuid() == 0:
    config.available_features.add("root")
if config.sanitized:
    config.available_features.add("asan")
    # LLVM's own libraries are not instrumented: they allocate from arenas that our code has poisoned.
    config.environment["ASAN_OPTIONS"] = "allow_user_poisoning=0"
    config.environment["UBSAN_OPTIONS"] = "print_stacktrace=1"
    # Instrumented functions take several times the stack, and some tests nest as deep as snnc allows.
    resource.setrlimit(resource.RLIMIT_STACK, (1 << 26, resource.getrlimit(resource.RLIMIT_STACK)[1]))
