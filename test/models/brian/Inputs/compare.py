"""The same network in snnc and in Brian2, which shares no line with it: every neuron must spike as often, each time within a step.

    compare.py FOLDER WORK-FOLDER

Every `NAME.snn` in the folder has a `NAME.py` beside it. That defines `build(b)`: given the module `brian2` it makes the network, and
returns its objects and a dictionary from the names of populations to their SpikeMonitors; `SCHEDULE`, if it is there, is the order of
Brian2's phases in a step. Both are run for the duration and with the
time step of the `.snn` file, in double precision.

Prints one line per network and fails if one of them differs. Brian2 (Stimberg, Brette & Goodman 2019, doi:10.7554/eLife.47314) runs with
its NumPy code, so that no compiler is needed.
"""

import importlib.util
import pathlib
import re
import subprocess
import sys
import warnings

import h5py
import numpy as np

warnings.filterwarnings("ignore", category=FutureWarning)
import brian2 as b

b.prefs.codegen.target = "numpy"
b.BrianLogger.suppress_hierarchy("brian2", filter_log_file=False)
sys.excepthook = sys.__excepthook__  # Brian2 has one of its own, which tells its authors

folder, work = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])


def option(text, name):
    """An option of the experiment that is a time, in ms."""
    value, unit = re.search(rf"^    {name} +([0-9.]+) (ms|s)$", text, re.MULTILINE).groups()
    return float(value) * (1000 if unit == "s" else 1)


def run_snnc(model):
    output = work / f"{model.stem}.h5"
    subprocess.run(["snnc", model, "run", "--quiet", "-o", output], check=True)
    with h5py.File(output) as file:
        return {name: (spikes["timestamps"][:], spikes["node_ids"][:]) for name, spikes in file["spikes"].items()}


def run_brian(model, dt, duration):
    b.start_scope()
    b.defaultclock.dt = dt * b.ms
    spec = importlib.util.spec_from_file_location(model.stem.replace("-", "_"), model.with_suffix(".py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    objects, monitors = module.build(b)
    network = b.Network(objects, list(monitors.values()))
    network.schedule = getattr(module, "SCHEDULE", network.schedule)
    network.run(duration * b.ms)
    return {name: (np.asarray(monitor.t / b.ms), np.asarray(monitor.i)) for name, monitor in monitors.items()}


def difference(ours, theirs, dt):
    """What sets the spikes of one population apart; nothing if nothing does. A time is a step or the next: both programs decide at the end
    of a step, and a voltage that reaches the threshold just there may do so in the one and not the other."""
    for neuron in range(1 + int(max(np.max(times[1], initial=0) for times in (ours, theirs)))):
        a, c = (np.sort(times[ids == neuron]) for times, ids in (ours, theirs))
        if len(a) != len(c):
            return f"neuron {neuron} has {len(a)} spikes in snnc and {len(c)} in Brian2"
        if len(a) and np.max(np.abs(a - c)) > 1.001 * dt:
            worst = np.argmax(np.abs(a - c))
            return f"spike {worst} of neuron {neuron} is at {a[worst]:.3f} ms in snnc and at {c[worst]:.3f} ms in Brian2"
    return None


failed = False
for model in sorted(folder.glob("*.snn")):
    text = model.read_text()
    dt, duration = option(text, "dt"), option(text, "duration")
    ours, theirs = run_snnc(model), run_brian(model, dt, duration)
    assert ours.keys() == theirs.keys(), f"{model.name}: {ours.keys()} against {theirs.keys()}"
    found = {name: difference(ours[name], theirs[name], dt) for name in ours}
    for name, (times, _) in ours.items():
        same = len(times) == len(theirs[name][0]) and np.allclose(times, np.sort(theirs[name][0]), rtol=0, atol=dt / 100)
        print(f"{model.stem}: {name}: {len(times)} spikes:", found[name] or ("same steps" if same else "within a step"))
        failed |= found[name] is not None or len(times) < 20
sys.exit(failed)
