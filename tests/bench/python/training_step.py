"""Training steps of a small net with PyTorch on one thread, as its users write them.

Reads {"input", "layers", "batch", "filter", "rate"} from standard input and prints the median time of a
step in milliseconds: gathering the mini-batch, forward, backward, update and reading the loss.
"""
import json
import sys
import time

import torch
from torch import nn

torch.set_num_threads(1)
torch.manual_seed(0)
job = json.load(sys.stdin)
shape, batch = job["input"], job["batch"]
examples = 4096
if len(shape) > 1:
    shape = [shape[2], shape[0], shape[1]]
parts = []
layers = job["layers"]
for at, layer in enumerate(layers):
    if layer["kind"] == "conv":
        parts += [nn.Conv2d(shape[0], layer["filters"], job["filter"]), nn.ReLU(), nn.MaxPool2d(2)]
        side = (shape[1] - job["filter"] + 1) // 2
        shape = [layer["filters"], side, side]
        continue
    if len(shape) > 1:
        parts.append(nn.Flatten())
    size = 1
    for length in shape:
        size *= length
    parts.append(nn.Linear(size, layer["units"]))
    shape = [layer["units"]]
    if at < len(layers) - 1:
        parts.append(nn.ReLU())
model = nn.Sequential(*parts)
given = job["input"] if len(job["input"]) == 1 else [job["input"][2], *job["input"][:2]]
points = torch.randint(0, 256, [examples, *given], dtype=torch.uint8)
labels = torch.randint(0, shape[0], [examples])
order = torch.randperm(examples)
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=job["rate"])
times = []
for step in range(250):
    start = time.perf_counter()
    rows = order[step * batch % (examples - batch):][:batch]
    x = points[rows].float() / 255
    loss = criterion(model(x), labels[rows])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    loss.item()
    if step >= 50:
        times.append((time.perf_counter() - start) * 1000)
times.sort()
print(json.dumps({"ms": times[len(times) // 2]}))
