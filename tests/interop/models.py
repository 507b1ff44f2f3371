"""Telar's networks in PyTorch. `load_state_dict` takes Telar's safetensors files unchanged."""

import torch
from torch import nn
from torch.nn import functional as F


class Encoder(nn.Module):
    def __init__(self, latent=16, channels=(16, 32)):
        super().__init__()
        self.conv1 = nn.Conv2d(1, channels[0], 3, padding=1)
        self.conv2 = nn.Conv2d(channels[0], channels[1], 3, padding=1)
        self.linear = nn.Linear(channels[1] * 7 * 7, latent)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.linear(x.flatten(1))


class Decoder(nn.Module):
    def __init__(self, latent=16, channels=(64, 32)):
        super().__init__()
        self.channels = channels
        self.linear = nn.Linear(latent, channels[0] * 7 * 7)
        self.deconv1 = nn.ConvTranspose2d(channels[0], channels[1], 4, stride=2, padding=1)
        self.deconv2 = nn.ConvTranspose2d(channels[1], 1, 4, stride=2, padding=1)

    def forward(self, z):
        x = F.relu(self.linear(z)).view(-1, self.channels[0], 7, 7)
        return torch.sigmoid(self.deconv2(F.relu(self.deconv1(x))))


class Autoencoder(nn.Module):
    def __init__(self, latent=16):
        super().__init__()
        self.encoder, self.decoder = Encoder(latent), Decoder(latent)

    def forward(self, x):
        return self.decoder(self.encoder(x)).flatten(1)


class Head(nn.Module):
    def __init__(self, latent=16, units=64):
        super().__init__()
        self.linear1, self.linear2 = nn.Linear(latent, units), nn.Linear(units, 10)

    def forward(self, z):
        return self.linear2(F.relu(self.linear1(z)))


class Classifier(nn.Module):
    def __init__(self, latent=16):
        super().__init__()
        self.encoder, self.head = Encoder(latent), Head(latent)

    def forward(self, x):
        return self.head(self.encoder(x))


class Novelty(nn.Module):
    def __init__(self, features=160, units=32):
        super().__init__()
        self.linear1, self.linear2 = nn.Linear(features, units), nn.Linear(units, 1)


class SketchClassifier(nn.Module):
    """The classifier that ships with the page."""

    def __init__(self, half=48, quarter=80):
        super().__init__()
        self.conv1 = nn.Conv2d(4, half, 3, padding=1)
        self.conv2 = nn.Conv2d(half, half, 3, padding=1)
        self.conv3 = nn.Conv2d(half, quarter, 3, stride=2, padding=1)
        self.conv4 = nn.Conv2d(quarter, quarter, 3, padding=1)
        self.conv5 = nn.Conv2d(quarter, quarter, 3, padding=1)
        self.linear = nn.Linear(2 * quarter, 10)
        self.novelty = Novelty(2 * quarter)

    def forward(self, x):
        return self.linear((self.features(x) + self.features(x.flip(3))) / 2)

    def features(self, x):
        x = F.relu(self.conv1(F.pixel_unshuffle(x, 2)))
        x = x + F.relu(self.conv2(x))
        x = F.relu(self.conv3(x))
        x = x + F.relu(self.conv4(x))
        x = x + F.relu(self.conv5(x))
        return torch.cat([x.mean((2, 3)), x.amax((2, 3))], 1)


KINDS = {
    "autoencoder": Autoencoder,
    "encoder": Encoder,
    "classifier": Classifier,
    "sketch-classifier": SketchClassifier,
}
