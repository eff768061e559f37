"""Packets and bytes that passed through, as they are added up: of a track, a peer, a call."""

from dataclasses import astuple, dataclass

from calls.reception import Reception
from calls.track import Down


@dataclass(slots=True)
class Counts:
    """Of media that came from somebody (`in`) and went to somebody (`out`), and what became of it."""

    in_packets: int = 0
    in_octets: int = 0
    in_lost: int = 0  # on the way here
    out_packets: int = 0
    out_octets: int = 0
    out_lost: int = 0  # on the way from here, as receivers say
    resent: int = 0  # that receivers asked for again
    refused: int = 0  # datagrams that were nothing we know
    unsent: int = 0  # packets that could not be sealed

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(one + more for one, more in zip(astuple(self), astuple(other), strict=True)))

    def __sub__(self, other: "Counts") -> "Counts":
        return Counts(*(one - less for one, less in zip(astuple(self), astuple(other), strict=True)))

    def came(self, reception: Reception) -> None:
        """And all that came of one stream."""
        self.in_packets += reception.packets
        self.in_octets += reception.octets
        self.in_lost += max(0, reception.lost)  # below 0 when some came twice

    def went(self, down: Down) -> None:
        """And what a receiver said of one track."""
        self.out_lost += max(0, down.report.lost) if down.report else 0
        self.resent += down.resent
