"""Whose a file is that root makes in the folder of a server that runs as somebody else: that somebody's.

A newcomer's first mistake is to leave it with root, who typed the command: the server could neither start on it nor
remove it.
"""

import os
from pathlib import Path

from store.blobs import make_directory


def owner_of(folder: Path) -> Path:
    """Whose example is followed there: the folder's own, or while there is none that of the nearest above it."""
    folder = folder.absolute()
    return next(path for path in (folder, *folder.parents) if path.exists())


def make_directory_for(example: Path, folder: Path) -> None:
    """Makes `folder`, which is `example` or below it, and those between: all of `example`'s owner when root calls.

    Raises OSError.
    """
    folder = folder.absolute()
    make_directory(folder)
    for path in (folder, *folder.parents):
        if path == example:
            return
        _give_one(path, example)


def give(path: Path, example: Path) -> None:
    """When root calls, `path` and all below it get the owner and the group of `example`; else nothing happens.

    No link is followed, for the folder belongs to somebody who could put one there meanwhile. Raises OSError.
    """
    if not _is_root():
        return
    _give_one(path, example)
    if path.is_symlink() or not path.is_dir():
        return
    whose = example.stat()
    for _, folders, files, handle in os.fwalk(path):
        for name in (*folders, *files):
            os.chown(name, whose.st_uid, whose.st_gid, dir_fd=handle, follow_symlinks=False)


def _give_one(path: Path, example: Path) -> None:
    if _is_root():
        whose = example.stat()
        os.chown(path, whose.st_uid, whose.st_gid, follow_symlinks=False)


def _is_root() -> bool:
    return os.name == "posix" and os.geteuid() == 0
