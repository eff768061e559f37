"""The house's secret; the codes themselves are tested where they are used, in test_session.py."""

from pathlib import Path

import pytest

from handlers.codes import house_secret
from handlers.settings import CannotUse


def test_the_house_secret_is_made_once(tmp_path: Path) -> None:
    first = house_secret(tmp_path / "secret")
    assert house_secret(tmp_path / "secret") == first
    assert len(bytes.fromhex(first)) == 32


@pytest.mark.parametrize("left", [b"", b"\n", b"0" * 63, b"\xff" * 64, b"x" * 64])
def test_a_damaged_secret_is_nobody_s_password(tmp_path: Path, left: bytes) -> None:
    path = tmp_path / "secret"
    path.write_bytes(left)
    with pytest.raises(CannotUse, match="secret is damaged"):
        house_secret(path)
    assert path.read_bytes() == left
