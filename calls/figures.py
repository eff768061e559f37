"""What passed through a call, counted: each peer as it stands, and the sum of all who were ever in it.

Numbers only, under the names that the caller gave. A newcomer's first mistake is to add up who is there: what a peer or
a track that has gone had carried would be missing from the sum, so it is kept when it goes.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import asdict
from typing import Any

from calls.counts import Counts
from calls.peer import Peer

CLOSING_SECONDS = 60.0


class Ledger:
    """The account of one call, closed every minute and at its end. Seconds come from outside."""

    def __init__(self, now: float) -> None:
        self._began = self._closed_at = now
        self._past = Counts()  # of all who have gone
        self._closed = Counts()
        self._people = 0  # who came, also who came again
        self._most = 0  # at a time

    def came(self, there: int) -> None:
        """Somebody joined; so many are there now."""
        self._people += 1
        self._most = max(self._most, there)

    def went(self, peer: Peer) -> None:
        """Somebody goes; what they had stays in the sum."""
        self._past += peer.counts()

    def is_due(self, now: float) -> bool:
        """Whether a minute has passed."""
        return now - self._closed_at >= CLOSING_SECONDS

    def close(self, there: Iterable[Peer], now: float, *, over: bool = False) -> dict[str, Any]:
        """What passed since the last closing, or, when the call is over, since it began."""
        total = sum((peer.counts() for peer in there), self._past)
        passed = asdict(total if over else total - self._closed)
        seconds = max(now - (self._began if over else self._closed_at), 0.001)
        self._closed, self._closed_at = total, now
        rates = {f"{way}_kbps": round(passed[f"{way}_octets"] * 8 / seconds / 1000) for way in ("in", "out")}
        return {"seconds": round(seconds), "people": self._people, "most": self._most, **passed, **rates}


def just_now(peers: Collection[Peer]) -> dict[str, Any]:
    """How a call is: how many are there, what of their pictures goes out, and the worst network of all."""
    return {
        "there": len(peers),
        "layers": layers_sent(peers),
        "loss": round(max((peer.loss() for peer in peers), default=0.0), 4),
        "round_trip": round(max((peer.round_trip() for peer in peers), default=0.0), 4),
    }


def layers_sent(peers: Iterable[Peer]) -> dict[str, int]:
    """How many pictures go out now, by their layer: "l" is small, "h" large, "one" of who sends no layers."""
    downs = (down for peer in peers for down in peer.downs.values() if down.up.kind == "video" and down.layer)
    return dict(sorted(Counter(down.layer.name or "one" for down in downs if down.layer).items()))


def standing(peer: Peer, now: float) -> dict[str, Any]:
    """One peer as it is: bit/s, seconds, packets, and shares from 0 to 1."""
    return {
        "connected": peer.secure.connected,
        "packets": peer.packets,
        "octets": peer.octets,
        "refused": peer.refused,
        "unsent": peer.unsent,
        "estimate": peer.estimate,
        "limit": round(peer.budget.limit),
        "uplink": round(peer.uplink.limit),
        "loss": round(peer.loss(), 4),
        "round_trip": round(peer.round_trip(), 4),
        "ups": [
            {
                "source": up.source,
                "codec": up.codec.name if up.codec else None,
                "layer": layer.name,
                "packets": layer.reception.packets,
                "lost": layer.reception.lost,
                "jitter": round(layer.reception.jitter / layer.reception.clock, 4),
                "bitrate": round(layer.bitrate),
                "alive": layer.is_alive(now),
            }
            for up in peer.ups.values()
            for layer in up.layers
        ],
        "downs": [
            {
                "peer": down.up.owner,
                "source": down.up.source,
                "layer": down.layer.name if down.layer else None,
                "lost": down.report.lost if down.report else 0,
                "resent": down.resent,
                "round_trip": round(down.round_trip, 4),
            }
            for down in peer.downs.values()
        ],
    }
