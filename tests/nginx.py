"""The nginx of the tests."""

import os

import pytest

from scripts.faults import nginx


def require_nginx() -> None:
    """Skips with the reason where there is none, and fails with it where CI looks."""
    try:
        nginx.program()
    except RuntimeError as reason:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(str(reason))
