"""The quick part of the random frames, and that they are of every kind."""

import random

from protocol.codec import unpack
from protocol.commands import COMMANDS
from protocol.errors import BadFrame
from scripts.faults import noise


def test_random_frames_harm_nobody() -> None:
    assert [one for one in noise.run(long=False) if not one.holds] == []


def test_they_are_of_every_kind() -> None:
    chance = random.Random(1)
    kinds = set()
    for _ in range(3000):
        frame = noise.frame(chance)
        if isinstance(frame, str):
            kinds.add("text")
            continue
        try:
            kinds |= {name for _, name, _ in unpack(frame)}
        except BadFrame:
            kinds.add("broken")
    assert kinds >= {"text", "broken", *COMMANDS}
