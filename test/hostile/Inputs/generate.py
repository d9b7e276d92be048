"""Writes one hostile model to standard output.

    generate.py NAME COUNT
"""

import sys


def simulate(network):
    return f"network A {{\n{network}\n}}\nsimulate A {{ dt 0.1 ms; duration 1 ms }}\n"


def train(loss):
    return ("neuron Out { state V = 0\ninput I: number\nV' = I / (1 ms) }\n"
            "network N { source inp[2]; population out = Out[2]\n"
            "project inp -> out.I { connect all_to_all; weight 1 trainable; synapse Expon } }\n"
            f"train N {{ duration 1 ms; batch 1; epochs 1; optimizer sgd; data x -> inp.spikes from load(\"d.npz\")\n{loss}\n}}")


def neuron(body, derivative="-V/tau"):
    return (f"neuron X {{\n param tau = 10 ms\n state V = 0 mV\n{body}\n V' = {derivative}\n}}\n"
            + simulate("population P = X[1]"))


def lines(count, template):
    return "\n".join(template.format(i, i + 1) for i in range(count))


# What is nested `n` deep, or `n` long, in an expression.
EXPRESSIONS = {
    "parentheses": lambda n: "(" * n + "1" + ")" * n,
    "lists": lambda n: "[" * n + "1" + "]" * n,
    "open-parentheses": lambda n: "(" * n,
    "closed-parentheses": lambda n: ")" * n,
    "blocks": lambda n: "{" * n + "1" + "}" * n,
    "signs": lambda n: "-" * n + "1",
    "negations": lambda n: "not " * n + "true",
    "powers": lambda n: "1" + "^1" * n,
    "else-branches": lambda n: "if V > 0 mV then 1 else " * n + "1",
    "conditions": lambda n: "if " * n + "1",
    "calls": lambda n: "exp(" * n + "1" + ")" * n,
    "sum": lambda n: "1" + "+1" * n,
    "product": lambda n: "V" + "*1" * n,
    "members": lambda n: "V" + ".a" * n,
    "subscripts": lambda n: "V" + "[1]" * n,
    "arguments": lambda n: "min(" + "V, " * n + "V)",
    "elements": lambda n: "[" + "1 " * n + "]",
    "unit": lambda n: "1 mV" + "*mV" * n,
    "digits": lambda n: "1" * n,
    "text": lambda n: '"' + "a" * n,
}

# Derived quantities of which each uses the one before twice, in ways that the solver takes apart differently.
DOUBLINGS = {
    "sums": "x{0} + x{0}",
    "squares": "x{0}*x{0} + x{0}",
    "exponentials": "exp(-x{0})*x{0} + sin(x{0})",
    "fractions": "1/(x{0} + 1/(x{0} + 2))",
    "coefficients": "x{0} + tau*x{0}/(1 ms)",
    "branches": "if x{0} > 1 then 2*x{0} else 3 - x{0}",
}

MODELS = {
    "populations": lambda n: simulate(lines(n, "population P{0} = LIF[2]")),
    "projections": lambda n: simulate("population P = LIF[2]\n"
                                      + "project P -> P { connect all_to_all; weight 1 mV }\n" * n),
    "neurons": lambda n: lines(n, "neuron X{0} {{ }}"),
    "functions": lambda n: lines(n, "function f{0}(x) = x"),
    "parameters": lambda n: neuron(lines(n, "param x{0} = 1")),
    "states": lambda n: neuron(lines(n, "state x{0} = 1 mV; x{0}' = (V - x{0})/tau")),
    "coupled-states": lambda n: neuron(lines(n, "state x{0} = 1 mV; x{0}' = (x{1} - x{0})/tau") + f"\nstate x{n} = 1 mV"),
    "unknown-names": lambda n: neuron(lines(n, "let x{0} = y{0}")),
    "chain-of-lets": lambda n: neuron("let x0 = V\n" + lines(n, "let x{1} = x{0} + V"), f"-x{n}/tau"),
    "chain-of-parameters": lambda n: neuron(lines(n, "param x{0}: number = x{1}") + f"\nparam x{n} = 1"),
    "chain-of-groups": lambda n: simulate("population P = LIF[2]\n" + lines(n, "group G{0} = G{1}") + f"\ngroup G{n} = P"),
    "chain-of-losses": lambda n: train(lines(n, "let x{0} = x{1} + 1") + f"\nlet x{n} = mean(out.V)\nloss x0"),
    "doubling-losses": lambda n: "function f0(x) = x\n" + lines(n, "function f{1}(x) = f{0}(x) + f{0}(x)")
    + "\n" + train(f"loss f{n}(mean(out.V))"),
    "chain-of-models": lambda n: lines(n, "neuron X{0} = X{1}") + f"\nneuron X{n} {{ }}",
    "chain-of-functions": lambda n: "function f0(x) = x\n" + lines(n, "function f{1}(x) = f{0}(x)")
    + "\n" + neuron(f"let x = f{n}(V)"),
    "doubling-functions": lambda n: "function f0(x) = x\n" + lines(n, "function f{1}(x) = f{0}(x) + f{0}(x)")
    + "\n" + neuron(f"let x = f{n}(V)"),
    "doubling-in-a-synapse": lambda n: "synapse S {\n weight w\n pre V: voltage\n state s = 0\n let l0 = V / (1 mV)\n"
    + lines(n, " let l{1} = l{0} + l{0}") + f"\n s' = (l{n} - s) / (1 ms)\n output w * s\n}}\n"
    "network A {\n population P = LIF[2]\n project P -> P { connect all_to_all; weight 1 mA; synapse S }\n}\n"
    "simulate A { duration 1 ms }",
    "doubling-in-a-rule": lambda n: "plasticity R {\n weight w\n param s: w\n post V: voltage\n let l0 = V / (1 mV)\n"
    + lines(n, " let l{1} = l{0} + l{0}") + f"\n on pre {{ w += s * delayed(l{n}, 1 ms) }}\n}}\n"
    "network A {\n population P = LIF[2]\n project P -> P.V { connect all_to_all; weight 1 mV; plasticity R(s = 1 mV) }\n}\n"
    "simulate A { duration 1 ms }",
    "doubling-parameters": lambda n: neuron("param x0 = 1; x1 = 2\n"
                                            + "\n".join(f"param x{i + 2} = x{i} + x{i + 1}" for i in range(n))),
}


def generate(name, count):
    if name in EXPRESSIONS:
        return neuron(" let x = " + EXPRESSIONS[name](count))
    if name.startswith("doubling-") and name[9:] in DOUBLINGS:
        chain = "let x0 = V/(1 mV)\n" + lines(count, "let x{1} = " + DOUBLINGS[name[9:]])
        return neuron(chain, f"-V/tau + x{count}*(1 mV/ms)")
    return MODELS[name](count)


if __name__ == "__main__":
    sys.stdout.write(generate(sys.argv[1], int(sys.argv[2])))
