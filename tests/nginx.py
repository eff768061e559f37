"""The nginx of the tests."""

from scripts.faults import nginx
from tests.lacking import lacks


def require_nginx() -> None:
    """Skips with the reason where there is none, and fails with it where CI looks."""
    try:
        nginx.program()
    except RuntimeError as reason:
        lacks(str(reason))
