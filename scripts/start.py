"""The first command: makes .venv if need be, installs what Parley needs, and starts the server with it.

Everything after the name is handed to server.py: `python3 scripts/start.py --help`.
"""

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts import environment


def main() -> int:
    """Becomes the server where the system can do that, so that signals reach it; else waits for it."""
    try:
        python = environment.ensure("requirements.txt")
    except environment.NotPossibleError as reason:
        print(reason, file=sys.stderr)
        return 2
    command = [str(python), str(environment.ROOT / "server.py"), *sys.argv[1:]]
    if os.name == "posix":
        os.execv(command[0], command)
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
