"""The bench of many devices runs to its end: they come, are cut off, and come back with what was said meanwhile."""

import pytest

from scripts.bench import devices
from scripts.bench.devices import Devices, main, next_ones, said_meanwhile
from scripts.bench.house import running_house


def test_it_prints_what_each_takes_and_how_all_come_back(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices, "CALM_SECONDS", 0.1)
    monkeypatch.setattr(devices, "QUIET_SECONDS", 0.1)
    main(["--devices", "5"])
    rows = capsys.readouterr().out.splitlines()[4:16]
    assert ["| baseline |" in row for row in rows] == [*[True, False] * 2, False, *[True, False] * 2, *[False] * 3]


def test_each_device_hears_what_is_said_while_all_are_here() -> None:
    with running_house(store="memory") as house:
        anna, ben = house.join_all(["Anna", "Ben"])
        crowd = Devices([ben.place] * 3)
        crowd.open()
        crowd.hear_from(anna.place)
        assert crowd.heard == 3
        crowd.swarm.close()


def test_each_has_the_next_ones_on_its_screen_and_is_told_of_them() -> None:
    with running_house(store="memory") as house:
        people = house.join_all(["Anna", "Ben", "Cleo"])
        shown = next_ones(people, 20)
        assert shown[1] == [people[2].person, people[0].person]
        crowd, late = Devices([one.place for one in people[:2]], shown), Devices([people[2].place])
        crowd.open()
        crowd.swarm.run_until(lambda: crowd.watching == 2, 30)
        late.open()
        crowd.swarm.run_until(lambda: crowd.changes >= 2, 30)
        for one in (crowd, late):
            one.swarm.close()


def test_who_comes_back_without_what_was_said_is_an_error() -> None:
    with running_house(store="memory") as house:
        anna, ben = house.join_all(["Anna", "Ben"])
        crowd = Devices([ben.place] * 3)
        crowd.open()
        assert crowd.greeted == 3
        crowd.swarm.cut_all()
        crowd.epoch, crowd.after = said_meanwhile(anna.place)
        crowd.open()
        assert (crowd.greeted, crowd.caught_up) == (3, 3)
        crowd.swarm.cut_all()
        crowd.after += 1
        with pytest.raises(RuntimeError, match="said meanwhile"):
            crowd.open()
        crowd.swarm.close()
