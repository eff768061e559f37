"""A household for the tests: an authority made by trust/, and a home folder whose browsers trust it.

Browsers are never told to ignore certificate errors: that hides exactly what a phone would stumble over
(a clicked-through certificate gets no service worker). Chromium on Linux reads the NSS database of its HOME.
"""

import os
import ssl
import subprocess
from pathlib import Path

from trust import open_household, present

NAME = "Parley's tests"


class TestHousehold:
    """Certificates in `certs`, for a server on this machine, and a `home` where they are trusted."""

    __test__ = False

    def __init__(self, folder: Path) -> None:
        self.certs = folder / "certs"
        self.home = folder / "home"
        open_household(self.certs, label="parley-tests", hosts=["localhost", "127.0.0.1"], now=present())
        self.root = self.certs / "authority" / "root.pem"
        trust_in(self.home / ".pki" / "nssdb", self.root)

    def environment(self) -> dict[str, str]:
        """This process's environment, but with the household's home."""
        return {**os.environ, "HOME": str(self.home), "XDG_CONFIG_HOME": str(self.home / ".config")}

    def context(self) -> ssl.SSLContext:
        """For clients in Python: trusts the household, and nobody else."""
        return ssl.create_default_context(cafile=str(self.root))


def trust_in(database: Path, root: Path) -> None:
    """Makes an NSS database that trusts `root` (PEM) for servers, and nothing else of ours."""
    database.mkdir(parents=True, exist_ok=True)
    where = ["-d", f"sql:{database}"]
    subprocess.run(["certutil", "-N", *where, "--empty-password"], check=True)
    # C: trusted to issue certificates of servers, and not of mail or code
    subprocess.run(["certutil", "-A", *where, "-n", NAME, "-t", "C,,", "-i", str(root)], check=True)
