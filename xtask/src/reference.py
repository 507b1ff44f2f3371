# The reference work R in PyTorch on one thread: prints images a second as JSON.
import json
import time

import torch
from torch import nn

torch.set_num_threads(1)
BATCH = 64
network = nn.Sequential(
    nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Linear(1568, 16), nn.Linear(16, 1568), nn.ReLU(), nn.Unflatten(1, (32, 7, 7)),
    nn.ConvTranspose2d(32, 16, 3, stride=2, padding=1, output_padding=1), nn.ReLU(),
    nn.ConvTranspose2d(16, 1, 3, stride=2, padding=1, output_padding=1), nn.Sigmoid(),
)
optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
images = torch.rand(BATCH, 1, 28, 28)


def steps(count):
    begin = time.perf_counter()
    for _ in range(count):
        optimizer.zero_grad()
        loss = ((network(images) - images) ** 2).mean()
        loss.backward()
        optimizer.step()
    loss.item()
    return time.perf_counter() - begin


steps(20)
count = max(10, int(5.0 / (steps(10) / 10)))
print(json.dumps({"images_per_second": count * BATCH / steps(count)}))
