"""Compiles random models, which need not make sense but must neither crash the compiler nor keep it busy.

    random_models.py SEED COUNT

Numbers without dimensions keep the models valid: what is tested is what comes behind the checker. Fails with the model if
the compiler ends with anything but success or a diagnostic, or takes more than 20 seconds; and if most are rejected.
"""

import random
import subprocess
import sys

FUNCTIONS = ["abs", "sign", "heaviside", "floor", "ceil", "round", "exp", "exprel", "expm1", "log1p", "sin", "cos",
             "tan", "sinh", "cosh", "tanh", "erf", "double"]
METHODS = ["exact", "exp_euler", "euler", "rk2", "rk4"]
CONNECTIONS = ["all_to_all", "all_to_all(autapses = false)", "bernoulli(0.3)", "fixed_indegree(2)",
               "fixed_outdegree(1, multapses = false)", "fixed_total(5)"]


class Writer:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def chance(self, probability):
        return self.random.random() < probability

    def expression(self, names, depth):
        pick, inner = self.random.choice, lambda: self.expression(names, depth - 1)
        if depth == 0 or self.chance(0.2):
            return pick([*names, pick(["0", "1", "2.5", "1e-3", "-3", "1e30", "0.1"])])
        form = self.random.randrange(8)
        if form < 3:
            return f"({inner()} {pick('+-*')} {inner()})"
        if form == 3:
            return f"({inner()} {pick('/%')} (2 + abs({inner()})))"
        if form == 4:
            return f"{pick(FUNCTIONS)}({inner()})"
        if form == 5:
            return f"(if {inner()} {pick(['<', '<=', '>', '>=', '==', '!='])} {inner()} then {inner()} else {inner()})"
        if form == 6:
            return f"{pick(['min', 'max'])}({inner()}, {inner()})"
        return f"({inner()})^{pick(['2', '3', '0.5', '(-1)', '17'])}"

    def neuron(self, name):
        states = [f"x{i}" for i in range(self.random.randint(1, 4))]
        parameters = [f"p{i}" for i in range(self.random.randint(0, 3))]
        lets = [f"l{i}" for i in range(self.random.randint(0, 4))]
        lines = [f"neuron {name} {{", "input I: number"]
        for parameter in parameters:
            value = self.random.choice(["= 1", "= -0.5", "~ normal(1, 0.2)", "~ uniform(0, 1) at most 0.5", "= 2*i/n"])
            lines.append(f"param {parameter} {value}")
        lines += [f"state {state} = {self.random.choice(['0', '0.1', '-1'])}" for state in states]
        known = states + parameters + ["I"]
        for let in lets:
            lines.append(f"let {let} = {self.expression(known, 3)}")
            known.append(let)
        noisy = known + ["randn()", "rand()"] if self.chance(0.3) else known
        for state in states:
            if self.chance(0.4):  # linear, so that the exact method has something to do
                terms = " + ".join(f"{self.random.choice(parameters + ['0.5'])}*{other}" for other in states)
                lines.append(f"{state}' = ({terms} + I - {state})/(5 ms)")
            else:
                lines.append(f"{state}' = ({self.expression(noisy, 4)})/(3 ms)")
        if self.chance(0.3):
            lines.append(f"method {self.random.choice(METHODS)}")
        reset = f"{states[0]} = 0; {states[-1]} += {self.expression(known, 2)}"
        lines.append(self.random.choice([f"spike when {states[0]} > 1", f"spike when {states[0]} crosses 1",
                                         "spike at rate 100 Hz"]) + f" {{ {reset} }}")
        if self.chance(0.5):
            lines.append(f"refractory 2 ms holding {states[0]}")
        return "\n".join(lines + ["}"])

    def model(self):
        kinds = self.random.randint(1, 2)
        lines = ["function double(a) = a + a", *(self.neuron(f"N{i}") for i in range(kinds)), "network A {"]
        populations = [f"P{i}" for i in range(self.random.randint(1, 3))]
        for population in populations:
            lines.append(f"population {population} = N{self.random.randrange(kinds)}[{self.random.choice([1, 3, 20])}]")
        for _ in range(self.random.randint(0, 3)):
            source, target = self.random.choice(populations), self.random.choice(populations)
            synapse = self.random.choice(["", "synapse Expon(tau = 5 ms)", "synapse Expon(tau = 5 ms)"])
            weight = self.random.choice(["0.1", "~ normal(0.1, 0.02)"]) + ("" if synapse else " ms")
            weight = weight if synapse or "~" not in weight else "0.1 ms"
            lines.append(f"project {source} -> {target}.I {{ connect {self.random.choice(CONNECTIONS)}; weight {weight}; "
                         f"delay {self.random.choice(['1 ms', '0.3 ms', '~ uniform(1 ms, 2 ms)'])}; {synapse} }}")
        lines += ["}", "simulate A { dt 0.1 ms; duration 1 ms", f"{populations[0]}.I = 0.5",
                  f"record spikes of {populations[0]}", f"precision {self.random.choice(['f32', 'f64'])}", "}"]
        return "\n".join(lines) + "\n"


def main():
    first, count = int(sys.argv[1]), int(sys.argv[2])
    accepted = 0
    for seed in range(first, first + count):
        text = Writer(seed).model()
        try:
            run = subprocess.run(["snnc", "-", "--emit=obj", "-o", "/dev/null"], input=text, capture_output=True, text=True,
                                 timeout=20)
        except subprocess.TimeoutExpired:
            sys.exit(f"seed {seed}: not compiled after 20 s\n{text}")
        if run.returncode not in (0, 1) or (run.returncode == 1 and "error[" not in run.stderr):
            sys.exit(f"seed {seed}: exit status {run.returncode}\n{text}{run.stderr}")
        accepted += run.returncode == 0
    print(f"{accepted} of {count} models compiled")
    if accepted < count * 0.6:
        sys.exit("too few models are valid to say anything")


main()
