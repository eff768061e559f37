"""Secrets on disk; the codes themselves are tested where they are used, in test_session.py."""

from pathlib import Path

from handlers.codes import house_secret, write_secret


def test_the_house_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    first = house_secret(tmp_path / "secret")
    assert house_secret(tmp_path / "secret") == first
    assert len(bytes.fromhex(first)) == 32
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


def test_a_secret_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "invitation"
    write_secret(path, "old")
    path.with_name("invitation.new").write_text("left by a crash")
    write_secret(path, "new")
    assert path.read_text() == "new"
    assert [one.name for one in tmp_path.iterdir()] == ["invitation"]
