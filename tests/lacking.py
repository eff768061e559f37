"""What a test does where the machine lacks something that it needs."""

import os
from typing import NoReturn

import pytest


def lacks(reason: str) -> NoReturn:
    """Skips with the reason, and fails with it where CI looks: .ci/run says so."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
