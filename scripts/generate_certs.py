"""Makes this household's certificates, or brings the server's up to date: a thin shell over trust/.

`python server.py` does the same on its first start. Running it twice changes nothing; the authority that
phones installed is never replaced.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

try:
    from trust import Household, TrustError, fingerprint_lines, open_household, present, read_machine
except ModuleNotFoundError as missing:
    print(f"{missing.name} is not installed for this Python. See README.md for the command that sets Parley up.")
    sys.exit(2)

FILES = {
    "authority/root.pem": "what phones install once; public, also served as parley.crt",
    "authority/intermediate.pem": "signs for the server; public",
    "authority/intermediate.key": "its key: SECRET, keep a copy in a safe place",
    "server.pem": "what the server shows; public, issued again by itself",
    "server.key": "its key: SECRET, stays on this machine",
}


def read_arguments(arguments: list[str] | None = None) -> argparse.Namespace:
    """The flags, and `--help`."""
    parser = argparse.ArgumentParser(
        description="Makes this household's certificate authority and the server's certificate, where they are missing."
    )
    parser.add_argument(
        "--certs", type=Path, default=ROOT / "certs", metavar="DIR", help="where they are kept (certs/)"
    )
    parser.add_argument(
        "--host",
        action="append",
        default=[],
        metavar="NAME",
        help="one more name (kitchen.local) or private address the server answers to; may be given again",
    )
    return parser.parse_args(arguments)


def describe(household: Household) -> str:
    """What each file is for, what the server answers to, and what to compare on a phone."""
    width = max(map(len, FILES))
    lines = [f"Certificates in {household.folder}:"]
    lines += [f"  {name:<{width}}  {purpose}" for name, purpose in FILES.items()]
    lines += ["", "The server answers to:", *(f"  {host}" for host in household.hosts)]
    if household.left_out:
        lines += ["", "Left out, because the authority speaks for private addresses and local names only:"]
        lines += [f"  {host}" for host in household.left_out]
    lines += ["", f"{household.authority.name}: its fingerprint (SHA-256), to compare on each phone"]
    lines += [f"  {line}" for line in fingerprint_lines(household.authority.root)]
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Answers 0, or 2 after one sentence about what to put right."""
    asked = read_arguments(arguments)
    machine = read_machine()
    try:
        hosts = machine.hosts("parley.local", asked.host)
        household = open_household(asked.certs, label=machine.label, hosts=hosts, asked=asked.host, now=present())
    except TrustError as sentence:
        print(sentence, file=sys.stderr)
        return 2
    print(describe(household))
    return 0


if __name__ == "__main__":
    sys.exit(main())
