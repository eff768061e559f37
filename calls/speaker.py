"""Who speaks: the loudest in a call, calmed so that a cough does not take over the stage (levels: RFC 6464).

A newcomer's first mistake is to wait for packets that say silence: with DTX whoever is silent sends nearly none.
"""

from collections.abc import Mapping

from calls.rtp import SILENT

SPEECH = 60  # -dBov; a voice is at about 20 to 40, a room at 70 and more
WEIGHT = 0.4  # of the newest look: at four looks a second a word counts, a click does not
LEAD = 6.0  # dB louder than who speaks now, to take over
PATIENCE = 6  # looks of silence until nobody speaks


class Speaker:
    """Told every quarter of a second how loud each was since; says who has the floor."""

    def __init__(self) -> None:
        self.name: str | None = None
        self._loudness: dict[str, float] = {}  # dB above silence
        self._quiet = 0  # looks

    def look(self, levels: Mapping[str, int]) -> bool:
        """Takes the level of each peer in -dBov, absent ones are gone. Whether somebody else has the floor now."""
        self._loudness = {
            name: self._loudness.get(name, 0.0) * (1 - WEIGHT) + (SILENT - level) * WEIGHT
            for name, level in levels.items()
        }
        before = self.name
        if self.name not in self._loudness:
            self.name = None
        speaking = {name: loud for name, loud in self._loudness.items() if loud > SILENT - SPEECH}
        self._quiet = 0 if speaking else self._quiet + 1
        if self._quiet > PATIENCE:
            self.name = None
        elif speaking:
            loudest = max(speaking, key=lambda name: speaking[name])
            if self.name is None or speaking[loudest] > self._loudness[self.name] + LEAD:
                self.name = loudest
        return self.name != before
