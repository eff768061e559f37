"""The quick part of the proxy, and that its weather is bad."""

import random

from scripts.faults import proxy
from scripts.faults.proxy import Weather


def test_phones_behind_a_bad_proxy_all_end_with_the_same() -> None:
    assert [one for one in proxy.run(long=False) if not one.holds] == []


def test_the_weather_is_as_bad_as_was_said() -> None:
    weather = Weather(random.Random(1), drop=0.1, double=0.2, delay=0.1, cut=0.1)
    drawn = [weather.next() for _ in range(10_000)]
    assert sum(weather.done.values()) + drawn.count("pass") == 10_000
    for name, share in (("drop", 0.1), ("double", 0.2), ("delay", 0.1), ("cut", 0.1), ("pass", 0.5)):
        assert abs(drawn.count(name) / 10_000 - share) < 0.02
    fair = Weather(random.Random(1), drop=0, double=0, delay=0, cut=0)
    assert {fair.next() for _ in range(100)} == {"pass"}
