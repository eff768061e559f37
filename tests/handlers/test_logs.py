"""The log for programs: one object a line, whatever is logged."""

import json
import logging
import subprocess
import sys

from handlers.logs import JsonLines
from tests.browser.running import ROOT


def formatted(message: str, *arguments: object, broken: bool = False) -> str:
    record = logging.LogRecord("parley.store", logging.WARNING, __file__, 1, message, arguments, None)
    record.created, record.msecs = 1_700_000_000.25, 250.0
    if broken:
        try:
            raise ValueError("two\nlines")
        except ValueError:
            record.exc_info = sys.exc_info()
    return JsonLines().format(record)


def test_a_line_is_one_object_with_the_time_in_utc() -> None:
    assert json.loads(formatted("%d gone", 3)) == {
        "at": "2023-11-14T22:13:20.250Z",
        "level": "warning",
        "logger": "parley.store",
        "message": "3 gone",
    }


def test_a_break_and_a_line_break_stay_within_the_line() -> None:
    line = formatted('a "quoted"\nthing', broken=True)
    assert "\n" not in line
    told = json.loads(line)
    assert told["message"] == 'a "quoted"\nthing'
    assert "ValueError: two\nlines" in told["trace"]


def test_each_form_goes_to_stderr_from_the_level_on() -> None:
    program = "from handlers.logs import begin_logging; import logging, sys; begin_logging('warning', sys.argv[1]);"
    program += "logging.getLogger('parley').info('not this'); logging.getLogger('parley').error('this')"

    def logs(form: str) -> str:
        done = subprocess.run([sys.executable, "-c", program, form], cwd=ROOT, capture_output=True, check=True)
        return done.stderr.decode()

    assert json.loads(logs("json"))["message"] == "this"
    assert logs("text").endswith(" E parley: this\n")
