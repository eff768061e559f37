"""Which videos come, and in which of their layers: a sender without room for the large one leaves it out.

A newcomer's first mistake is to wait for the large layer as long as for a network that is gone: its watchers see a
picture that stands still, while the small one comes.
"""

from calls.formats import LAYERS
from calls.track import Layer, Up

STALLED_SECONDS = 0.5  # by which a layer is behind another of the same picture: it was left out, for both come together


def comes(up: Up, now: float) -> bool:
    """Whether anything does."""
    return any(layer.is_alive(now) for layer in up.layers)


def is_layered(up: Up) -> bool:
    """Whether there is a small one."""
    return any(layer.name == LAYERS[0] for layer in up.layers)


def coming(up: Up, now: float) -> list[Layer]:
    """The layers that can be had now, from small to large."""
    newest = max((one.heard_at for one in up.layers), default=0.0)
    return [one for one in up.layers if one.is_alive(now) and newest - one.heard_at < STALLED_SECONDS]


def has_stalled(up: Up, now: float) -> bool:
    """Whether somebody waits for a layer that was left out, and there is another."""
    found = coming(up, now) if len(up.layers) > 1 else []
    return bool(found) and any(down.target is not None and down.target not in found for down in up.downs)
