"""Counts the instructions of one round of the loop that stores states, along its shortest way.

    count-loop.py FUNCTION LANES LIMIT < ASSEMBLY

The shortest way through the loop is the common one: no neuron of these lanes spikes, and no function leaves its cheap range.
Fails if it has more than LIMIT instructions per neuron. Read from the code, the number does not depend on the machine,
needs no tool that understands the newest registers, and says by how much a change of the compiler made it longer.
"""

import heapq
import re
import sys


def blocks_of(assembly, function):
    """Instructions of each basic block of a function, in order, by label."""
    blocks, label = {}, None
    for line in assembly:
        if match := re.match(r'"?([^\s"#]+?)"?:', line):
            name = match[1]
            if name == function or (label is not None and name.startswith(".LBB")):
                label = name
                blocks[label] = []
            elif label is not None and name.startswith(".Lfunc_end"):
                return blocks
        elif label is not None and re.match(r"\t[a-z]", line):
            blocks[label].append(line.split())
    sys.exit(f"no function {function} in the assembly")


def segments_of(blocks):
    """Blocks cut behind every jump, as (instructions, successors) by number."""
    cut, first = [], {}
    for label, instructions in blocks.items():
        first[label] = len(cut)
        current = []
        for instruction in instructions:
            current.append(instruction)
            if instruction[0].startswith("j") or instruction[0].startswith("ret"):
                cut.append(current)
                current = []
        if current or first[label] == len(cut):
            cut.append(current)
    segments = []
    for number, instructions in enumerate(cut):
        last = instructions[-1] if instructions else ["nop"]
        successors = [first[last[1]]] if last[0].startswith("j") else []
        if last[0] != "jmp" and not last[0].startswith("ret"):
            successors.append(number + 1)
        segments.append((instructions, successors))
    return segments


def shortest_round(segments, start):
    """Instructions of the shortest way from a segment back to itself."""
    queue, known = [(len(segments[start][0]), start)], {}
    while queue:
        length, here = heapq.heappop(queue)
        for successor in segments[here][1]:
            if successor == start:
                return length
            further = length + len(segments[successor][0])
            if further < known.get(successor, sys.maxsize):
                known[successor] = further
                heapq.heappush(queue, (further, successor))
    sys.exit("the function has no loop that stores states")


def stores(instructions):
    """Vector registers written to arrays; the stack does not count."""
    return sum(bool(re.search(r"%[yz]mm\d+, -?\d*\(%r(?!sp)", " ".join(i))) for i in instructions)


def main():
    function, lanes, limit = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    segments = segments_of(blocks_of(sys.stdin, function))
    start = max(range(len(segments)), key=lambda number: stores(segments[number][0]))
    count = shortest_round(segments, start)
    print(f"{count} instructions for {lanes} neurons, {count / lanes:.2f} each, limit {limit:g}")
    return count / lanes > limit


if __name__ == "__main__":
    sys.exit(main())
