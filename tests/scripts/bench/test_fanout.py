"""The fan-out bench runs to its end and compares what it says it compares."""

import pytest

from protocol.answers import Done
from protocol.codec import pack_ok
from scripts.bench.fanout import main, pack_ref


@pytest.mark.parametrize("ref", [1, 127, 128, 255, 256, 65535])
def test_the_beginning_of_an_answer_is_known(ref: int) -> None:
    assert pack_ok(ref, Done()).startswith(pack_ref(ref))
    assert not pack_ok(ref + 1, Done()).startswith(pack_ref(ref))


def test_it_prints_every_way_beside_the_plain_loop(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--receivers", "3", "--messages", "25", "--rounds", "1"])
    rows = capsys.readouterr().out.splitlines()[4:9]
    assert [row.count("x tornado's write_message in a loop") for row in rows] == [0, 1, 1, 1, 1]
