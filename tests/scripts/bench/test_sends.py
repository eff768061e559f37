"""The bench of sends runs to its end, and its metronome keeps its pace whatever comes back."""

import pytest

from scripts.bench.sends import Metronome, Ring, as_many_as_go, main, running_house


def test_it_prints_rate_cpu_and_waits_beside_their_baselines(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--writers", "3", "--seconds", "1"])
    rows = capsys.readouterr().out.splitlines()[4:10]
    assert ["| baseline |" in row for row in rows] == [True, False, False, True, False, False]


def test_it_runs_on_a_loop_of_somebody_else(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--writers", "2", "--seconds", "0.2", "--loop", "asyncio"])
    assert capsys.readouterr().out.startswith("sends, TLS, asyncio: ")


def test_every_message_that_was_sent_is_answered_and_counted() -> None:
    with running_house(store="memory") as house:
        ring = Ring([house.join(name) for name in ("Anna", "Ben")])
        as_many_as_go(house, ring, 0.2)
        assert len(ring.seconds) == sum(writer.number for writer in ring.writers) >= 16
        assert not any(writer.sent for writer in ring.writers)
        metronome = Metronome(ring, 100)
        metronome.take(0.1)
        metronome.take(0.1)
        assert sum(len(writer.sent) for writer in ring.writers) == 10
        assert ring.writers[0].sent[-1] > ring.writers[0].sent[0] + 0.07  # what was due later waits from later
        ring.close()
