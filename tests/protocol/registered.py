"""That a noun's file brings each of its commands and events into the registries."""

from collections.abc import Mapping
from types import ModuleType

from protocol.commands import COMMANDS, Command
from protocol.events import EVENTS, Event


def unregistered(noun: ModuleType) -> list[str]:
    """The commands and events of this file that no registry has."""
    here = [kind for kind in vars(noun).values() if getattr(kind, "__module__", "") == noun.__name__]
    missing = []
    for kind in (kind for kind in here if isinstance(kind, type) and issubclass(kind, Command | Event)):
        known: Mapping[str, type] = COMMANDS if issubclass(kind, Command) else EVENTS
        if known.get(kind.name) is not kind:
            missing.append(kind.__name__)
    return missing


def asks_and_tells(noun: ModuleType) -> tuple[int, int]:
    """How many commands and how many events this file has."""
    kinds = [kind for kind in (*COMMANDS.values(), *EVENTS.values()) if kind.__module__ == noun.__name__]
    return sum(issubclass(kind, Command) for kind in kinds), sum(issubclass(kind, Event) for kind in kinds)
