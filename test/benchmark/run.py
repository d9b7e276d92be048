#!/usr/bin/env python3
"""Measures the speed of snnc: single thread, single precision, side by side with programs written by hand.

    run.py BUILD [--runs N] [--only NAME]

Programs that are compared run alternately, N times each; every figure is shown as best and median. The hand-written
programs (yardsticks) are no part of this repository: they are taken from $SNN_YARDSTICK or ../shared/yardstick beside the
checkout and compiled into BUILD; without them the comparison is left out, and said to be.
"""

import argparse
import json
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
CASES = pathlib.Path(__file__).resolve().parent / "cases"


class Yardsticks:
    """The hand-written programs, compiled for this machine."""

    def __init__(self, build):
        self.sources = pathlib.Path(os.environ.get("SNN_YARDSTICK", ROOT.parent / "shared" / "yardstick"))
        self.folder = build / "yardstick"

    def program(self, name):
        """Path of the compiled program, or None where it cannot be had; says why. Its first argument is the number of steps."""
        source = self.sources / f"{name}.cpp"
        if not source.exists():
            print(f"  no comparison: {name}.cpp is not in {self.sources}")
            return None
        if "avx512f" not in cpu_flags():
            print("  no comparison: the program by hand needs AVX-512, which this machine lacks")
            return None
        self.folder.mkdir(exist_ok=True)
        program = self.folder / name
        if not program.exists() or program.stat().st_mtime < source.stat().st_mtime:
            subprocess.run(["c++", "-O3", "-march=native", "-o", program, source], check=True)
        return program


def cpu_flags():
    try:
        text = pathlib.Path("/proc/cpuinfo").read_text()
    except OSError:
        return []
    line = next((line for line in text.splitlines() if line.startswith("flags")), "")
    return line.split()


def cpu_name():
    try:
        text = pathlib.Path("/proc/cpuinfo").read_text()
    except OSError:
        return platform.processor()
    return next((line.split(":", 1)[1].strip() for line in text.splitlines() if line.startswith("model name")), "")


def measure(build, model, *settings):
    return json.loads(finish([build / "bin" / "Measure", model, *settings])[0])


def finish(command):
    """Runs a command; returns its output, its CPU time in seconds and its peak memory in MB."""
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    output, errors = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{errors}")
    return output, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1e3


def show(label, values, unit, target=None):
    line = f"  {label:<34} best {min(values):9.4g}  median {statistics.median(values):9.4g} {unit}"
    if target is not None:
        line += f"   (target {target:g})"
    print(line)


def show_ratio(clock, ours, theirs):
    """Of best runs and of sums: with random networks every run has another seed, and so its own number of spikes."""
    print(f"  {f'ratio to the program by hand, {clock}':<34} best {min(ours) / min(theirs):9.4g}  "
          f"all    {sum(ours) / sum(theirs):9.4g}     (target 1.25)")


def interleave(build, runs, model, settings, yardstick, steps):
    """Runs snnc and the yardstick alternately, the seed growing from 1; returns our figures, and the yardstick's lines
    and CPU seconds per loop."""
    ours, lines, cpu = [], [], []
    for seed in range(1, runs + 1):
        ours.append(measure(build, model, *settings, f"seed={seed}"))
        if yardstick:
            # What a run of one step takes is construction, which is not compared.
            construction = finish([yardstick, 1])[1]
            line, whole, _ = finish([yardstick, steps, seed])
            lines.append(line)
            cpu.append(whole - construction)
    return ours, lines, cpu


def show_run(ours):
    """What belongs to every network: regime, construction, memory, CPU time."""
    figures = ours[0]
    seconds = figures["steps"] * 1e-4
    rate = statistics.mean(run["spikes"] / run["neurons"] / seconds for run in ours)
    print(f"  rate {rate:.2f} Hz over {seconds:g} s, "
          f"{figures['synapses']} synapses, {figures['bytes'] / 1e6:.2f} MB of which rows {figures['row_bytes'] / 1e6:.2f} MB")
    show("loop, RTF (wall)", [run["loop"] / seconds for run in ours], "s/s")
    show("loop, RTF (thread CPU)", [run["cpu"] / seconds for run in ours], "s/s")
    show("per neuron and step", [run["cpu"] * 1e9 / run["neurons"] / run["steps"] for run in ours], "ns")
    show("construction", [run["build"] * 1e3 for run in ours], "ms")


def bench_coba(build, runs, yardsticks):
    print("\nCOBA, 4000 neurons, in the regime of examples/coba.snn, 5 s of model time")
    program = yardsticks.program("coba")
    ours, lines, cpu = interleave(build, runs, ROOT / "examples/coba.snn", ["duration=5000"], program, 50000)
    show_run(ours)
    if lines:
        rtf = [float(re.search(r"rtf ([\d.]+)", line)[1]) for line in lines]
        rate = statistics.mean(float(re.search(r"rate ([\d.]+)", line)[1]) for line in lines)
        show("the program by hand, RTF (wall)", rtf, f"s/s, rate {rate:.2f} Hz")
        show("the program by hand, RTF (CPU)", [seconds / 5 for seconds in cpu], "s/s")
        show_ratio("wall", [run["loop"] / 5 for run in ours], rtf)
        show_ratio("CPU", [run["cpu"] for run in ours], cpu)


def bench_hh(build, runs, yardsticks):
    print("\nHodgkin-Huxley, 4096 uncoupled neurons, 2 s of model time")
    program = yardsticks.program("hh")
    ours, lines, cpu = interleave(build, runs, CASES / "hh.snn", [], program, 20000)
    per_step = [run["loop"] * 1e9 / run["neurons"] / run["steps"] for run in ours]
    print(f"  {ours[0]['spikes'] / ours[0]['neurons']:.2f} spikes per neuron")
    show("per neuron and step (wall)", per_step, "ns")
    show("per neuron and step (thread CPU)", [run["cpu"] * 1e9 / run["neurons"] / run["steps"] for run in ours], "ns")
    if lines:
        by_hand = [float(re.search(r"neuron-step ([\d.]+)", line)[1]) for line in lines]
        show("the program by hand (wall)", by_hand, "ns, " + re.search(r"crossings.*", lines[0])[0])
        show("the program by hand (CPU)", [seconds * 1e9 / 4096 / 20000 for seconds in cpu], "ns")
        show_ratio("wall", per_step, by_hand)
        show_ratio("CPU", [run["cpu"] for run in ours], cpu)


def bench_cobahh(build, runs, yardsticks):
    print("\nCOBAHH, 4000 Traub-Miles neurons, examples/cobahh.snn (target RTF 0.08)")
    ours = [measure(build, ROOT / "examples/cobahh.snn") for _ in range(runs)]
    show_run(ours)


def bench_cuba(build, runs, yardsticks):
    print("\nCUBA, 4000 neurons, examples/cuba.snn, 5 s of model time")
    ours = [measure(build, ROOT / "examples/cuba.snn", "duration=5000") for _ in range(runs)]
    show_run(ours)


def bench_batch(build, runs, yardsticks):
    print("\nBatch of 64 copies of 1000 uncoupled LIF neurons, 10 s of model time")
    ours = [measure(build, CASES / "lif-batch.snn", "copies=64", f"seed={seed}") for seed in range(1, runs + 1)]
    rate = statistics.mean(run["spikes"] / run["neurons"] / (run["steps"] * 1e-4) for run in ours)
    print(f"  rate {rate:.2f} Hz, {ours[0]['bytes'] / 1e6:.2f} MB")
    show("per neuron and step (wall)", [run["loop"] * 1e9 / run["neurons"] / run["steps"] for run in ours], "ns", 0.14)
    show("per neuron and step (thread CPU)", [run["cpu"] * 1e9 / run["neurons"] / run["steps"] for run in ours], "ns")


def bench_delivery(build, runs, yardsticks):
    print("\nDelivery of events from rows in the second-level cache; everything else in the loop counts as well")
    for name, label in [("delivery", "one weight, one delay"), ("delivery-drawn", "weights and delays by synapse")]:
        ours = [measure(build, CASES / f"{name}.snn") for _ in range(runs)]
        events = ours[0]["events"] / ours[0]["steps"]
        show(f"{label}", [run["cpu"] * 1e9 / run["events"] for run in ours], f"ns per event, {events:.0f} events per step", 0.5)


def wall(command):
    """Milliseconds of a process from start to end, and its peak memory in MB."""
    begin = time.perf_counter()
    _, _, memory = finish(command)
    return (time.perf_counter() - begin) * 1e3, memory


def phases(command):
    """Phase -> milliseconds, from the lines of `--timing`."""
    result = subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True)
    found = re.findall(r"^timing: (.+?)\s+([\d.]+) ms$", result.stdout + result.stderr, re.MULTILINE)
    return {phase: float(milliseconds) for phase, milliseconds in found}


def bench_latency(build, runs, yardsticks):
    snnc = build / "bin" / "snnc"
    print("\nLatency, whole processes")
    for model, limit in [("coba.snn", 150), ("cobahh.snn", None)]:
        path = ROOT / "examples" / model
        one_step = [snnc, path, "run", "--quiet", "--set", "duration=0.1 ms"]
        for label, command, target in [("source to first step, cold", one_step + ["--no-cache"], limit),
                                       ("of a known structure", one_step, 20)]:
            walls, memory = zip(*[wall(command) for _ in range(runs)])
            show(f"{model}, {label}", walls, f"ms, {max(memory):.0f} MB at most", target)
            every = [phases(command + ["--timing"]) for _ in range(runs)]
            for phase in every[0]:
                show(f"    {phase}", [times[phase] for times in every], "ms")
    show("coba.snn, check", [wall([snnc, ROOT / "examples/coba.snn", "check"])[0] for _ in range(runs)], "ms", 20)


BENCHMARKS = {"coba": bench_coba, "hh": bench_hh, "cobahh": bench_cobahh, "cuba": bench_cuba,
              "batch": bench_batch, "delivery": bench_delivery, "latency": bench_latency}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--only", choices=BENCHMARKS)
    options = parser.parse_args()
    build = options.build.resolve()
    if not (build / "bin" / "Measure").exists():
        sys.exit(f"run.py: {build} has no `Measure`; build the target `bench`, which runs this")

    print(f"{cpu_name()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; one thread, f32, nothing recorded; "
          f"{options.runs} runs")
    yardsticks = Yardsticks(build)
    for name, benchmark in BENCHMARKS.items():
        if options.only in (None, name):
            benchmark(build, options.runs, yardsticks)
    return 0


if __name__ == "__main__":
    sys.exit(main())
