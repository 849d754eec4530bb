"""Writes models as PyTorch exports them, with inputs and outputs: NAME.onnx and NAME.json in a folder."""
import json
import sys
import warnings
from pathlib import Path

import torch
from torch import nn

warnings.simplefilter("ignore")
torch.manual_seed(0)


class Views(nn.Module):
    """Reshapes by the size of its input, as older code does."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 3, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(3)
        self.last = nn.Linear(3 * 3 * 3, 4)

    def forward(self, x):
        x = torch.max_pool2d(torch.relu(self.norm(self.conv(x))), 2)
        return torch.log_softmax(self.last(x.view(x.size(0), -1)), dim=1)


models = {
    "mlp": (nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Dropout(0.2), nn.Linear(8, 5), nn.Tanh(), nn.Linear(5, 3), nn.Softmax(dim=1)), (4,)),
    "cnn": (
        nn.Sequential(
            nn.Conv2d(2, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(4, 3, 3, stride=2), nn.LeakyReLU(0.1), nn.AvgPool2d(2), nn.Flatten(), nn.Linear(3 * 1 * 1, 3),
        ),
        (2, 11, 11),
    ),
    "global": (nn.Sequential(nn.Conv2d(3, 5, 3), nn.ELU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(5, 2)), (3, 6, 6)),
    "views": (Views(), (1, 7, 7)),
}

folder = Path(sys.argv[1])
for name, (model, shape) in models.items():
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.normal_()
            module.running_var.uniform_(0.5, 2)
    model.eval()
    x = torch.randn(3, *shape)
    torch.onnx.export(
        model, x, str(folder / f"{name}.onnx"), input_names=["x"], output_names=["y"],
        dynamic_axes={"x": {0: "n"}, "y": {0: "n"}}, opset_version=13,
    )
    (folder / f"{name}.json").write_text(json.dumps({"x": x.tolist(), "y": model(x).tolist()}))
