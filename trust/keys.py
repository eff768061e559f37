"""Private keys and the files they live in: P-256, mode 0600, written whole or not at all."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from trust.errors import FolderNotWritable, KeyUnreadable

SECRET = 0o600  # only the person who runs the server; Windows keeps the folder's own rights
PUBLIC = 0o644


def new_key() -> ec.EllipticCurvePrivateKey:
    """A fresh P-256 key: what every phone speaks, and quick on a Raspberry Pi."""
    return ec.generate_private_key(ec.SECP256R1())


def packed_key(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The key as PEM, without a passphrase: a server that starts by itself has nobody to ask."""
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def read_key(path: Path, next_step: str) -> ec.EllipticCurvePrivateKey:
    """The P-256 key in a file; what others may read of it is taken away.

    Raises KeyUnreadable, its sentence ending in `next_step`, when there is none to be had.
    """
    try:
        packed = path.read_bytes()
    except OSError as failure:
        raise KeyUnreadable(f"{path} cannot be read: {reason(failure)}. {next_step}") from failure
    try:
        key = serialization.load_pem_private_key(packed, password=None)
    except TypeError:
        raise KeyUnreadable(f"{path} is locked with a passphrase. {next_step}") from None
    except (ValueError, UnsupportedAlgorithm):
        raise KeyUnreadable(f"{path} is damaged: it is not a private key. {next_step}") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise KeyUnreadable(f"{path} is not a key Parley made. {next_step}")
    close_to_others(path)
    return key


def close_to_others(path: Path) -> None:
    """Makes a key file readable by its owner only, where the system has such a thing."""
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        try:
            path.chmod(SECRET)
        except OSError:  # somebody else's file, which this user may read: theirs to close
            return


def write_whole(path: Path, content: bytes, mode: int) -> None:
    """Replaces a file in one step: after a crash it holds the old content or the new.

    Raises FolderNotWritable when that cannot be.
    """
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            _write(beside, content, mode)
            os.replace(beside, path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as failure:
        raise not_writable(path.parent, failure) from failure


def not_writable(folder: Path, failure: OSError) -> FolderNotWritable:
    """The sentence for a folder that refuses."""
    return FolderNotWritable(
        f"The folder {folder} cannot be written: {reason(failure)}. "
        "Give this user the right to write there, or choose another folder with --certs."
    )


def reason(failure: OSError) -> str:
    """What the system says, in lower case and without its number."""
    return (failure.strerror or type(failure).__name__).lower()


def _write(path: Path, content: bytes, mode: int) -> None:
    """Writes a new file that nobody else could read even for a moment, and waits for the disk."""
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    with os.fdopen(number, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
