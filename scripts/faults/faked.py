"""A server that believes another clock: Debian's libfaketime stands between it and the machine's, and may jump.

A newcomer's first mistake is to fake the monotonic clock, too: a machine whose clock is set does not live faster.
"""

import ssl
from pathlib import Path

from scripts.faults.victim import Victim

MISSING = "libfaketime is missing, by which a server's clock jumps. On Debian: apt-get install libfaketime"
NO_CHECK_TIME = 0x200000  # X509_V_FLAG_NO_CHECK_TIME of OpenSSL's x509_vfy.h, which Python gives no name


def library() -> Path:
    """Where Debian's package has it. Raises RuntimeError where there is none."""
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    if not found:
        raise RuntimeError(MISSING)
    return found[0]


class Faked(Victim):
    """Its clock is the machine's and so much more or less, as `set_clock` says; at first it is right."""

    def __init__(self, folder: Path, *flags: str) -> None:
        self._clock = folder / "clock"
        fake = {
            "LD_PRELOAD": str(library()),
            "FAKETIME_TIMESTAMP_FILE": str(self._clock),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
        super().__init__(folder, *flags, before=["env", *(f"{name}={value}" for name, value in fake.items())])
        self.set_clock(0)

    def set_clock(self, days: int) -> None:
        """From now on, also while it runs."""
        beside = self._clock.with_suffix(".new")
        beside.write_text(f"{days:+d}d\n", "ascii")
        beside.replace(self._clock)

    def context(self) -> ssl.SSLContext:
        """Phones whose clocks are right, and who look at all of its certificate but when it is good."""
        context = super().context()
        context.verify_flags |= ssl.VerifyFlags(NO_CHECK_TIME)
        return context
