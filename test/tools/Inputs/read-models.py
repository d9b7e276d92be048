"""Reads `snnc models --json` from standard input, and says of each model what it has, and of all what lacks documentation."""

import json
import sys

VARIABLES = ["constants", "parameters", "weight", "states", "inputs", "pre", "post"]

undocumented = []
for model in json.load(sys.stdin):
    print(f"{model['name']}: {model['kind']}, {len(model['parameters'])} parameters, {len(model['states'])} states, "
          f"{len(model['inputs'])} inputs")
    if not model["summary"] or not model["documentation"].startswith(model["summary"][:10]):
        undocumented.append(model["name"])
    undocumented += [f"{model['name']}.{variable['name']}" for kind in VARIABLES for variable in model[kind]
                     if not variable["documentation"]]
print("undocumented:", ", ".join(undocumented) or "none")
