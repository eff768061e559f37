"""Every screen, dialog, menu, sheet and pane of the page: how one comes there in a prepared household.

A new view belongs here: `tests/browser/test_screens.py` names the components that no screen of this catalogue draws.
"""

from tests.browser.screens import calls, gatherings, outside, rooms, side, talk, writing
from tests.browser.screens.visit import Catalogue, Screen, Visit

OUTSIDE: Catalogue = outside.SCREENS
INSIDE: list[Screen] = [*side.SCREENS, *talk.SCREENS, *writing.SCREENS, *rooms.SCREENS]
CALLS: Catalogue = calls.SCREENS
GATHERINGS: Catalogue = gatherings.SCREENS

__all__ = ["CALLS", "GATHERINGS", "INSIDE", "OUTSIDE", "Screen", "Visit"]
