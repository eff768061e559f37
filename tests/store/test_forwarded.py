"""What passed through calls only grows, whichever calls come and go, and is counted once."""

from store.forwarded import COUNTED, Forwarded, nothing


def test_minutes_add_up_and_the_end_adds_only_what_is_new() -> None:
    passed = Forwarded()
    passed.minute("one", {"in_packets": 10, "out_octets": 500, "seconds": 60, "layers": {"h": 1}})
    passed.minute("two", {"in_packets": 1})
    passed.minute("one", {"in_packets": 5})
    assert passed.totals == nothing() | {"in_packets": 16, "out_octets": 500}
    passed.over("one", {"in_packets": 18, "out_octets": 700})
    assert passed.totals == nothing() | {"in_packets": 19, "out_octets": 700}


def test_a_call_that_was_shorter_than_a_minute_counts_whole() -> None:
    passed = Forwarded()
    passed.over("one", dict.fromkeys(COUNTED, 3))
    assert passed.totals == dict.fromkeys(COUNTED, 3)


def test_another_call_of_the_same_name_is_counted_from_nothing() -> None:
    passed = Forwarded()
    passed.over("one", {"in_packets": 100})
    passed.minute("one", {"in_packets": 7})
    passed.over("one", {"in_packets": 9})
    assert passed.totals["in_packets"] == 109


def test_what_came_late_is_no_longer_lost_and_the_total_does_not_fall_for_it() -> None:
    passed = Forwarded()
    passed.minute("one", {"in_lost": 10})
    passed.minute("one", {"in_lost": -4})
    assert passed.totals["in_lost"] == 10
    passed.minute("one", {"in_lost": 5})
    assert passed.totals["in_lost"] == 11
    passed.over("one", {"in_lost": 8})
    assert passed.totals["in_lost"] == 11


def test_a_unit_that_was_lost_takes_nothing_back_and_counts_on() -> None:
    passed = Forwarded()
    passed.minute("one", {"in_packets": 1000})
    passed.begin_anew()
    passed.minute("one", {"in_packets": 20})
    passed.over("one", {"in_packets": 30})
    assert passed.totals["in_packets"] == 1030
