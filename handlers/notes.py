"""Notes: the few words a server leaves itself in the data folder: the house's secret, its invitation, its name.

Each is one line for its owner alone. A newcomer's first mistake is to take what stands there for good: a note that was
emptied by a full disk or a careless hand must stop the start, not become an empty secret that anybody can say.
"""

import re
from pathlib import Path
from secrets import token_hex

from handlers.settings import CannotUse
from store.blobs import write_first, write_synced

NODE = "node"
WORD = re.compile(r"[0-9a-f]{16}")
OWNER_ONLY = 0o600  # Windows keeps the folder's own rights


def read_note(path: Path) -> str:
    """What stands there; empty when there is no such note. Raises CannotUse when it cannot be read."""
    try:
        return path.read_text("utf-8").strip()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise CannotUse(f"{path} cannot be read: {error.strerror}. Check who may read it.") from None
    except UnicodeDecodeError:
        raise damaged(path) from None


def write_note(path: Path, text: str) -> None:
    """Leave this word there, whole or not at all. Raises CannotUse when that cannot be."""
    try:
        write_synced(path, text.encode(), OWNER_ONLY)
    except OSError as error:
        raise CannotUse(f"{path} cannot be written: {error.strerror}. Check who may write there.") from None


def write_first_note(path: Path, text: str) -> None:
    """Leave this word there, unless another server leaves one at the same moment: then theirs stays."""
    try:
        write_first(path, text.encode(), OWNER_ONLY)
    except OSError as error:
        raise CannotUse(f"{path} cannot be written: {error.strerror}. Check who may write there.") from None


def node_word(own: Path) -> str:
    """What this server calls itself in folders that it shares, the same at every start. Raises CannotUse."""
    path = own / NODE
    if not path.exists():
        write_note(path, token_hex(8))
    word = read_note(path)
    if not WORD.fullmatch(word):
        raise damaged(path)
    return word


def damaged(path: Path) -> CannotUse:
    """The sentence for a note that says something else than it should."""
    return CannotUse(f"{path} is damaged. Move it away and start again: Parley makes a new one.")
