"""What the server logs, and how: a line for people, or one JSON object a line for programs that gather logs.

Either holds ids, counts and durations, and never a text, a token or an address of a person's own.
"""

import json
import logging
import time

FORMATS = ("text", "json")
LINE = "%(asctime)s %(levelname).1s %(name)s: %(message)s"


class JsonLines(logging.Formatter):
    """One object a line: `at` (UTC, to the ms), `level`, `logger`, `message`, and `trace` where something broke."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line = {
            "at": f"{moment}.{int(record.msecs):03}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def begin_logging(level: str, form: str) -> None:
    """From here on everything that is logged goes to stderr like that."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form == "json" else logging.Formatter(LINE))
    logging.basicConfig(level=level.upper(), handlers=[handler])
