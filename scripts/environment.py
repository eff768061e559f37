"""What Parley's commands need around them: a virtual environment, and a few programs of the system.

Only Python's standard library may be used here: this runs before anything is installed. Debian and Raspberry
Pi OS refuse a bare `pip install` (PEP 668), hence .venv; and they may lack even what makes one.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
FOLDER = VENV / ("Scripts" if os.name == "nt" else "bin")
OLDEST = (3, 11)


class NotPossibleError(Exception):
    """Something is missing and may not be installed from here. The text says what to do."""


def python() -> Path:
    """Where the virtual environment's Python is, made or not."""
    return FOLDER / ("python.exe" if os.name == "nt" else "python")


def works(*command: str | Path) -> bool:
    """Whether the command runs and answers 0; what it prints is nobody's business."""
    try:
        return subprocess.run([str(part) for part in command], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def apt_install(*packages: str) -> bool:
    """Installs Debian packages if this is Debian and we may; False if not, or if it did not work."""
    apt = shutil.which("apt-get")
    if apt is None:
        return False
    root = os.name == "posix" and os.geteuid() == 0
    if not root and not works("sudo", "-n", "true"):
        return False
    command = [*([] if root else ["sudo", "-n"]), "env", "DEBIAN_FRONTEND=noninteractive", apt, "-qq"]
    print(f"Installing {', '.join(packages)} …", flush=True)
    install = [*command, "install", "-y", "--no-install-recommends", *packages]
    return works(*install) or (works(*command, "update") and works(*install))


def make_venv() -> Path:
    """The virtual environment's Python; makes .venv if it is not there or was left half made.

    Raises NotPossibleError if this Python is too old or cannot make one.
    """
    if sys.version_info < OLDEST:
        raise NotPossibleError(
            f"Parley needs Python {OLDEST[0]}.{OLDEST[1]} or newer, this is {sys.version.split()[0]}. "
            "Install a newer one and start this with it."
        )
    if works(python(), "-m", "pip", "--version"):
        return python()
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    can = importlib.util.find_spec("ensurepip") is not None or apt_install(f"python{version}-venv")
    if not can:
        raise NotPossibleError(
            f"This Python cannot make virtual environments. Run: sudo apt-get install python{version}-venv\n"
            "Then run this again."
        )
    print("Making .venv …", flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
    return python()


def pip_install(*requirements: str) -> None:
    """Installs into .venv, quietly."""
    subprocess.run([str(python()), "-m", "pip", "install", "-q", *requirements], cwd=ROOT, check=True)


def ensure(name: str) -> Path:
    """The virtual environment's Python, with everything that the requirements file `name` names.

    What was installed is remembered by the hash of the files, so the second time costs nothing.
    Raises NotPossibleError if there is no environment to be had.
    """
    made = make_venv()
    text = b"".join((ROOT / file).read_bytes() for file in ("requirements.txt", name))
    done = VENV / f"{name}.installed"
    digest = hashlib.sha256(text).hexdigest()
    if not done.exists() or done.read_text("utf-8") != digest:
        print(f"Installing what {name} names …", flush=True)
        pip_install("-r", name)
        done.write_text(digest, "utf-8")
    return made
