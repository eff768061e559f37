"""Whose a file is that root makes in the folder of a server that runs as somebody else: that somebody's.

A newcomer's first mistake is to leave it with root, who typed the command: the server could neither start on it nor
remove it. The second is to give away what has another name elsewhere: a backup shares its files with the house.
"""

import logging
import os
import stat
from pathlib import Path

from store.blobs import make_directory

log = logging.getLogger("parley.backups")


def owner_of(folder: Path) -> Path:
    """Whose example is followed there: the folder's own, or while there is none that of the nearest above it."""
    folder = folder.resolve()
    return next(path for path in (folder, *folder.parents) if path.exists())


def make_directory_for(example: Path, folder: Path) -> None:
    """Makes `folder`, which is `example` or below it, and those between: all of `example`'s owner when root calls.

    Raises OSError.
    """
    folder, example = folder.resolve(), example.resolve()
    make_directory(folder)
    for path in (folder, *folder.parents):
        if path == example:
            return
        _give_one(path, example)


def give(path: Path, example: Path) -> None:
    """When root calls, `path` and all below it get the owner and the group of `example`; else nothing happens.

    No link is followed, for the folder belongs to somebody who could put one there meanwhile, and a file with another
    name elsewhere stays whose it is. Raises OSError.
    """
    if not _is_root():
        return
    _give_one(path, example)
    if path.is_symlink() or not path.is_dir():
        return
    whose = example.stat()
    for _, folders, files, handle in os.fwalk(path):
        for name in folders:
            _chown(name, whose, handle)
        for name in files:
            if os.stat(name, dir_fd=handle, follow_symlinks=False).st_nlink == 1:
                _chown(name, whose, handle)


def give_files(folder: Path, example: Path) -> None:
    """As `give`, but only the files that lie in `folder` itself. Raises OSError."""
    if not _is_root():
        return
    for path in folder.iterdir():
        found = path.lstat()
        if stat.S_ISREG(found.st_mode) and found.st_nlink == 1:
            _give_one(path, example)


def may_share(place: Path, example: Path) -> bool:
    """Whether a file there may be another name of one in `example`'s house: it is that owner's, or nobody else asks."""
    return not _is_root() or place.stat().st_uid == example.stat().st_uid


def _give_one(path: Path, example: Path) -> None:
    if _is_root():
        _chown(path, example.stat())


def _chown(path: Path | str, whose: os.stat_result, handle: int | None = None) -> None:
    try:
        os.chown(path, whose.st_uid, whose.st_gid, dir_fd=handle, follow_symlinks=False)
    except PermissionError:  # root of this machine is not root of a disk on the network
        log.warning("%s stays whose it is: that disk gives nothing away", path)


def _is_root() -> bool:
    return os.name == "posix" and os.geteuid() == 0
