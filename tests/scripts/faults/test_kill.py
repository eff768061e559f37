"""The quick part of the kills, and that a message which is lost or doubled would be noticed."""

from pathlib import Path

from scripts.faults import kill
from scripts.faults.phone import Phone, Said
from scripts.faults.victim import Guest, Victim


def test_what_was_acknowledged_outlives_kills() -> None:
    assert [one for one in kill.run(long=False) if not one.holds] == []


def judged(tmp_path: Path, *texts: str) -> list[bool]:
    """What is said of two acknowledged messages when the log holds these."""
    phone = Phone(Victim(tmp_path), Guest("p", "t"), "room.r")
    phone.acked = {"one": 2, "two": 3}
    reader = Phone(phone.victim, phone.guest, phone.place)
    reader.log = [Said("conversation.created", "", ""), *(Said("message.sent", "p", text) for text in texts)]
    return [one.holds for one in kill.judge("a fault", 1, [phone], reader)]


def test_one_that_is_lost_or_doubled_is_noticed(tmp_path: Path) -> None:
    assert judged(tmp_path, "p 0", "p 1") == [True, True, True]
    assert judged(tmp_path, "p 0") == [False, True, False]
    assert judged(tmp_path, "p 0", "p 1", "p 1") == [True, False, True]
    assert judged(tmp_path, "p 1", "p 0") == [False, True, True]
    assert judged(tmp_path, "p 0", "p 1", "p 2") == [True, True, False]
