"""Which backups go when there are too many: the oldest of a house, and none of another.

A newcomer's first mistake is to count those of a folder: two houses may share it.
"""

import shutil

from store.backups.kept import Kept, pass_over
from store.backups.marks import marks_in, of_house


def prune(newest: Kept, keep: int) -> list[Kept]:
    """Removes all but `keep` of the backups beside `newest` and of its house, and answers which went, oldest first.

    Those of another house stay, and so does one of which it cannot be read whose it is. One that may not be removed
    stays, the log says so, and the others go. What is being removed no longer counts.
    """
    gone = []
    for kept in reversed(list(of_house(marks_in(newest.manifest()), newest.path.parent))[keep:]):
        try:
            leaving = kept.path.rename(kept.path.with_name(f".{kept.path.name}.gone"))
            shutil.rmtree(leaving)
            gone.append(kept)
        except PermissionError as error:
            pass_over(kept.path, error)
    return gone
