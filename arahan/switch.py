"""Replace several folders and files at once, so that a kill at any moment leaves all the old or all the new ones.

New entries are written whole into a staging folder, then a journal says that they count. From there on every step can be
done again: the entries change places with the old ones (Linux swaps two names in one system call), and `recover` does what
a killed process left undone. Source: renameat2(2), flag RENAME_EXCHANGE.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_NO_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


def switch(staging: Path, target: Path, names: Sequence[str], journal: Path) -> None:
    """Move `names` from `staging` to `target` and drop what stood there. All three paths must be on one file system."""
    _sync_tree(staging)
    inodes = {name: (staging / name).stat().st_ino for name in names}
    write_whole(journal, json.dumps(inodes))
    recover(staging, target, journal)


def recover(staging: Path, target: Path, journal: Path) -> bool:
    """Finish a switch that was cut off, or clear away a staging area that never counted; True when there was a switch."""
    pending = journal.exists()
    if pending:
        for name, inode in json.loads(journal.read_text()).items():
            if (staging / name).exists() and (staging / name).stat().st_ino == inode:
                _exchange(staging / name, target / name)
        _sync(target)
        journal.unlink()
        _sync(journal.parent)
    if staging.exists():
        shutil.rmtree(staging)
    return pending


def write_whole(path: Path, text: str) -> None:
    """Write a small file so that it is there whole or not at all."""
    draft = path.with_name(path.name + ".new")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    _sync(path.parent)


def second_name(folder: Path) -> Path:
    """Keep the parquet files of `folder` under a name that is free, FOLDER.replaced-1 or so, which is returned.

    Hard links, so that nothing is copied and the folder itself stays whole; copies where the file system has none.
    """
    number = 1
    while (saved := folder.with_name(f"{folder.name}.replaced-{number}")).exists():
        number += 1
    for path in sorted(folder.rglob("*.parquet")):
        place = saved / path.relative_to(folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            place.hardlink_to(path)
        except OSError:
            shutil.copy2(path, place)
    return saved


def _exchange(new: Path, old: Path) -> None:
    """Put `new` in the place of `old`, which takes the place of `new` where the system can swap."""
    if not os.path.lexists(old):
        new.rename(old)
    elif old.is_file() and not old.is_symlink():
        new.replace(old)
    elif not _swap(new, old):
        old.rename(new.with_name(new.name + ".old"))
        new.rename(old)


def _swap(one: Path, other: Path) -> bool:
    """Swap two names in one step; False where the system or the file system cannot."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    if renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    if (code := ctypes.get_errno()) in _NO_EXCHANGE:
        return False
    raise OSError(code, os.strerror(code), str(other))


def _sync_tree(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder):
        _sync(path)


def _sync(path: Path) -> None:
    """Make sure that a file's content or a folder's names are on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
