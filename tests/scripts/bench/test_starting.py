"""The bench of starts runs to its end, and its house is one that the server takes for its own."""

import asyncio
from pathlib import Path

import pytest

from scripts.bench import starting
from scripts.bench.starting import fill, main
from scripts.faults.phone import Phone
from scripts.faults.victim import UNLIMITED, Guest, Victim


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small house, started once."""
    monkeypatch.setattr(starting, "CONVERSATIONS", 2)
    monkeypatch.setattr(starting, "STARTS", 1)
    monkeypatch.setattr(starting, "PAGES", 3)


def test_it_prints_starts_and_pages_beside_those_of_an_empty_house(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):  # the second time it takes up what it kept
        main(["--messages", "20", "--kept", str(tmp_path / "kept")])
        rows = capsys.readouterr().out.splitlines()[4:12]
        assert ["| baseline |" in row for row in rows] == [True, False, True, True, True, False, True, False]
        assert "one with 20 messages starts" in rows[1]


def test_what_was_written_beside_the_rules_is_read_and_written_on(tmp_path: Path) -> None:
    server = Victim(tmp_path, "--backups", "0", *UNLIMITED)
    token, heads = fill(server.data, 20)
    place = min(heads)

    async def goes_on() -> list[str]:
        phone = Phone(server, Guest("", token), place)
        async with phone.connected():
            phone.writes("and on")
            await phone.sends()
            await phone.catches_up()
        return phone.texts()

    server.start()
    try:
        texts = asyncio.run(goes_on())
    finally:
        server.kill()
    assert texts[-2:] == [f"{starting.TEXT} {heads[place]}", "and on"]
    assert "Traceback" not in server.said()
