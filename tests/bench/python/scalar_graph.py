"""A scalar graph, built and run backward the define-by-run way of the smallest autograd programs.

Reads {"values": [...], "steps": [[op, [inputs]], ...], "rounds": n} from standard input and prints the median
time of building, forward and backward in milliseconds, then the loss.
"""
import json
import math
import sys
import time


class Scalar:
    __slots__ = ("value", "gradient", "sources", "push")

    def __init__(self, value, sources=(), push=None):
        self.value = value
        self.gradient = 0.0
        self.sources = sources
        self.push = push


def unary(a, value, slope):
    out = Scalar(value, (a,))

    def push():
        a.gradient += out.gradient * slope

    out.push = push
    return out


def binary(a, b, value, slope_a, slope_b):
    out = Scalar(value, (a, b))

    def push():
        a.gradient += out.gradient * slope_a
        b.gradient += out.gradient * slope_b

    out.push = push
    return out


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


RULES = {
    "neg": lambda a: unary(a, -a.value, -1.0),
    "tanh": lambda a: unary(a, math.tanh(a.value), 1 - math.tanh(a.value) ** 2),
    "sigmoid": lambda a: unary(a, sigmoid(a.value), sigmoid(a.value) * (1 - sigmoid(a.value))),
    "relu": lambda a: unary(a, max(0.0, a.value), 1.0 if a.value > 0 else 0.0),
    "square": lambda a: unary(a, a.value * a.value, 2 * a.value),
    "add": lambda a, b: binary(a, b, a.value + b.value, 1.0, 1.0),
    "sub": lambda a, b: binary(a, b, a.value - b.value, 1.0, -1.0),
    "mul": lambda a, b: binary(a, b, a.value * b.value, b.value, a.value),
    "max": lambda a, b: binary(
        a, b, max(a.value, b.value), float(a.value >= b.value), float(b.value > a.value)
    ),
}


def sort(root):
    """Every node behind its sources, without recursion: the graphs are deep."""
    order, seen, stack = [], set(), [(root, False)]
    while stack:
        node, done = stack.pop()
        if done:
            order.append(node)
        elif node not in seen:
            seen.add(node)
            stack.append((node, True))
            stack.extend((source, False) for source in node.sources)
    return order


def run(values, steps):
    nodes = [Scalar(value) for value in values]
    for op, inputs in steps:
        nodes.append(RULES[op](*(nodes[at] for at in inputs)))
    loss = nodes[-1]
    order = sort(loss)
    loss.gradient = 1.0
    for node in reversed(order):
        if node.push:
            node.push()
    return loss.value


job = json.load(sys.stdin)
times = []
for _ in range(job["rounds"]):
    start = time.perf_counter()
    result = run(job["values"], job["steps"])
    times.append((time.perf_counter() - start) * 1000)
times.sort()
print(json.dumps({"ms": times[len(times) // 2], "loss": result}))
