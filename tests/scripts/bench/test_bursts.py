"""What is read off the packets of cameras."""

from collections import defaultdict

from calls.track import Layer
from scripts.bench.bursts import Came, rows, written_down
from tests.calls.test_track import Stage


def test_packets_of_one_picture_are_compared_and_those_of_another_are_not() -> None:
    first = [Came(0.0, 1, 900), Came(0.001, 1, 900), Came(0.002, 1, 901), Came(0.04, 2, 700)]
    assert dict(rows([first, [Came(0.5, 9, 900), Came(0.501, 9, 900)]])) == {
        "packets of a picture": "2",
        "from one to the next, p50": "1 ms",
        "from one to the next, p99": "1 ms",
        "of those behind the first as long as the one before": "67%",
        "of those behind the first a byte longer": "33%",
    }


def test_what_a_camera_sends_is_written_down_and_taken_as_ever() -> None:
    found = defaultdict[int, list[Came]](list)
    take = Layer.take
    with written_down(found):
        stage = Stage("l")
        stage.frame(0, 1, now=5)
    assert Layer.take is take
    layer = stage.layers[0]
    assert layer.reception.octets > 0
    assert [(one.timestamp, one.octets) for one in found[layer.ssrc]] == [(3000, layer.reception.octets)]
