"""What the server needs of the forwarding unit, in which the media of calls in rooms goes from one to the others.

`calls/` implements it; a store that was given none has calls in which nothing is heard or seen.
"""

from collections.abc import Mapping
from typing import Any, Protocol


class Media(Protocol):
    """Calls and peers by their names, nothing of people. See calls/unit.py."""

    def join(self, call: str, peer: str) -> None:
        """A peer comes, or begins anew; an offer to it follows."""
        ...

    def echo(self, peer: str) -> str:
        """A call of its own, which gives back what it sends; answers the name. Raises KeyError if there is none."""
        ...

    def leave(self, call: str, peer: str) -> None:
        """It goes."""
        ...

    def peers(self, call: str) -> list[str]:
        """Those that are in it."""
        ...

    def allow(self, call: str, peer: str, sources: frozenset[str]) -> None:
        """What of this peer may reach the others, from now on."""
        ...

    def answer(self, call: str, peer: str, version: int, text: str) -> None:
        """Its answer to the offer of this version. Raises KeyError, or ValueError if it does not fit."""
        ...

    def restart(self, call: str, peer: str) -> None:
        """Offer it anew. Raises KeyError."""
        ...

    def show(self, call: str, peer: str, heights: Mapping[tuple[str, str], int]) -> None:
        """How tall it shows each video, in pixels, by peer and source. Raises KeyError."""
        ...

    async def survey(self) -> dict[str, Any]:
        """Counts and bitrates of every call, by peer, and of its port; empty where there is none."""
        ...


class NoMedia:
    """None."""

    def join(self, call: str, peer: str) -> None:
        """Nobody offers."""

    def echo(self, peer: str) -> str:
        """There is no wall."""
        raise KeyError(peer)

    def leave(self, call: str, peer: str) -> None:
        """Nothing to leave."""

    def peers(self, call: str) -> list[str]:
        """Nobody."""
        return []

    def allow(self, call: str, peer: str, sources: frozenset[str]) -> None:
        """Nothing comes from it."""

    def answer(self, call: str, peer: str, version: int, text: str) -> None:
        """To no offer."""
        raise KeyError(peer)

    def restart(self, call: str, peer: str) -> None:
        """There was none."""
        raise KeyError(peer)

    def show(self, call: str, peer: str, heights: Mapping[tuple[str, str], int]) -> None:
        """Of nothing."""
        raise KeyError(peer)

    async def survey(self) -> dict[str, Any]:
        """Of none."""
        return {}
