"""A server that believes another clock."""

from pathlib import Path

import pytest

from scripts.faults import faked


def test_where_the_library_is_missing_the_next_step_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "glob", lambda *_: iter(()))
    with pytest.raises(RuntimeError, match="apt-get install libfaketime"):
        faked.library()
