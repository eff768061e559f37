"""The libfaketime of the tests."""

import os

import pytest

from scripts.faults import faked


def require_library() -> None:
    """Skips with the reason where there is none, and fails with it where CI looks."""
    try:
        faked.library()
    except RuntimeError as reason:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(str(reason))
