"""The libfaketime of the tests."""

from scripts.faults import faked
from tests.lacking import lacks


def require_library() -> None:
    """Skips with the reason where there is none, and fails with it where CI looks."""
    try:
        faked.library()
    except RuntimeError as reason:
        lacks(str(reason))
