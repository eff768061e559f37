"""Counting people behind one thing: an emoji, an option. The page counts by the same steps (pwa/state/tallies.js)."""

from protocol.records import replaced
from protocol.shapes import MAX_NAMED, Tally


def joined(tally: Tally, person: str) -> Tally:
    """One more; named as long as fewer than 20 are."""
    people = [*tally.people, person] if len(tally.people) < MAX_NAMED else tally.people
    return replaced(tally, count=tally.count + 1, people=people)


def left(tally: Tally, person: str) -> Tally:
    """One fewer."""
    return replaced(tally, count=tally.count - 1, people=[one for one in tally.people if one != person])
