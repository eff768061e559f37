"""The floor goes to who speaks, not to who coughs, and stays with them while they breathe."""

from calls.rtp import SILENT
from calls.speaker import PATIENCE, Speaker


def looks(speaker: Speaker, times: int, **levels: int) -> str | None:
    for _ in range(times):
        speaker.look(levels)
    return speaker.name


def test_who_speaks_has_the_floor() -> None:
    speaker = Speaker()
    assert looks(speaker, 4, ann=25, bob=SILENT) == "ann"


def test_a_change_is_told_once() -> None:
    speaker = Speaker()
    told = [speaker.look({"ann": 25, "bob": 80}) for _ in range(10)]
    assert told.count(True) == 1


def test_a_click_does_not_take_over() -> None:
    speaker = Speaker()
    looks(speaker, 6, ann=30, bob=SILENT)
    assert looks(speaker, 1, ann=30, bob=20) == "ann"
    assert looks(speaker, 3, ann=30, bob=SILENT) == "ann"


def test_who_speaks_on_while_the_other_is_still_takes_over() -> None:
    speaker = Speaker()
    looks(speaker, 6, ann=30, bob=SILENT)
    assert looks(speaker, 6, ann=SILENT, bob=30) == "bob"


def test_a_breath_does_not_cost_the_floor_and_silence_does() -> None:
    speaker = Speaker()
    looks(speaker, 6, ann=30)
    assert looks(speaker, 2, ann=SILENT) == "ann"
    assert looks(speaker, PATIENCE + 6, ann=SILENT) is None


def test_the_sound_of_a_room_is_no_speech() -> None:
    assert looks(Speaker(), 20, ann=70, bob=75) is None


def test_who_left_has_no_floor() -> None:
    speaker = Speaker()
    looks(speaker, 6, ann=30, bob=SILENT)
    assert looks(speaker, 1, bob=SILENT) is None
