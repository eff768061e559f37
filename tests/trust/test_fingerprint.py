"""The fingerprint a person compares is the one other tools show."""

import hashlib

from tests.trust.conftest import Open
from trust import fingerprint, fingerprint_lines, packed_crt


def test_it_is_sha256_of_the_file_that_phones_download(open_here: Open) -> None:
    root = open_here().authority.root
    assert fingerprint(root).replace(" ", "").lower() == hashlib.sha256(packed_crt(root)).hexdigest()


def test_its_lines_are_the_same_in_four_rows_of_eight(open_here: Open) -> None:
    root = open_here().authority.root
    lines = fingerprint_lines(root)
    assert [len(line.split()) for line in lines] == [8, 8, 8, 8]
    assert " ".join(lines) == fingerprint(root)
