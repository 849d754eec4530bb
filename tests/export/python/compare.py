"""Runs exported scripts and compares what they give with traces: one line of JSON for all cases of a folder."""
import json
import math
import sys
import traceback
import warnings
from pathlib import Path

import numpy as np

warnings.simplefilter("ignore")
np.seterr(all="ignore")

WORDS = {"Infinity": math.inf, "-Infinity": -math.inf, "NaN": math.nan}


def numbers(nested):
    if isinstance(nested, list):
        return [numbers(each) for each in nested]
    return WORDS[nested] if isinstance(nested, str) else nested


def difference(got, wanted):
    """Relative to the larger of 1 and what is wanted; infinite where the shapes are not the same."""
    wanted = np.asarray(numbers(wanted), dtype=float)
    got = np.asarray(got, dtype=float)
    if got.shape != wanted.shape:
        return f"shape {got.shape} for {wanted.shape}"
    same = (got == wanted) | (np.isnan(got) & np.isnan(wanted))
    apart = np.where(same, 0, np.abs(got - wanted) / np.maximum(1, np.abs(wanted)))
    return float(np.nan_to_num(apart, nan=math.inf).max(initial=0))


def numpy_case(code, wanted):
    space = {"__name__": "exported"}
    exec(compile(code, "exported", "exec"), space)
    for key, gradient in (("values", "value"), ("gradients", "gradient")):
        for node, found in space[key].items():
            expected = wanted["nodes"][node].get(gradient)
            if expected is not None:
                yield f"{key} of {node}", found, expected


def torch_case(code, wanted):
    import torch

    space = {"__name__": "exported"}
    exec(compile(code, "exported", "exec"), space)
    model = space["Graph"]()
    inputs = space["examples"]()
    for each in inputs.values():
        each.requires_grad_(True)
    results = model(**inputs)
    sources = {**dict(model.named_parameters()), **inputs}
    for node, name in wanted["names"].items():
        if name in results:
            yield f"value of {node}", results[name].detach().numpy(), wanted["nodes"][node]["value"]
    if wanted["loss"] is None:
        return
    loss = space["loss_of"](results)
    if loss.requires_grad:
        loss.backward()
    for node, name in wanted["names"].items():
        expected = wanted["nodes"][node].get("gradient")
        tensor = sources.get(name)
        if tensor is None or expected is None or not tensor.requires_grad:
            continue
        gradient = tensor.grad if tensor.grad is not None else torch.zeros_like(tensor)
        yield f"gradient of {node}", gradient.numpy(), expected


CASES = {"numpy": numpy_case, "torch": torch_case}


def main(kind, folder):
    results = {}
    for path in sorted(Path(folder).glob("*.json")):
        wanted = json.loads(path.read_text())
        try:
            apart = {}
            for what, got, expected in CASES[kind](path.with_suffix(".py").read_text(), wanted):
                own = difference(got, expected)
                if isinstance(own, str) or own > 1e-6:
                    apart[what] = own
            if apart:
                results[path.stem] = str(apart)
        except Exception:
            results[path.stem] = traceback.format_exc(limit=-2)
    print(json.dumps(results))


main(*sys.argv[1:])
