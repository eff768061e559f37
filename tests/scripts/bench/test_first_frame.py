"""How first pictures are judged. That they come in a browser: tests/browser/test_benches.py."""

import pytest

from scripts.bench.first_frame import quick_camera, table


def after(camera: float) -> dict[str, float]:
    """A join whose picture comes so many ms after the camera is open."""
    return {"press": 0.0, "camera": 80.0, "described": 90.0, "connected": 120.0, "picture": 80.0 + camera}


def test_half_of_the_pictures_in_time_are_enough(capsys: pytest.CaptureFixture[str]) -> None:
    assert table("joining", [after(700), after(150), after(160), after(900)], 300, [50.0])
    shown = capsys.readouterr().out
    assert "| together, from the press | 240 ms | 980 ms |" in shown
    assert "| the first one of the page, from the press | 780 ms | 780 ms |" in shown


def test_late_ones_are_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert not table("joining", [after(90), after(310), after(320), after(90)], 300, [50.0])


def test_the_camera_is_as_quick_as_a_real_one() -> None:
    given = {"args": ["--a", "--use-fake-device-for-media-stream=fps=10"], "env": {}}
    assert quick_camera(given) == {"args": ["--a", "--use-fake-device-for-media-stream=fps=30"], "env": {}}
