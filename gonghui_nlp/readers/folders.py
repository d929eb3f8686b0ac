"""What is in a folder: every entry by name, the texts to read and the reason for each that is not read."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from gonghui_nlp.errors import InputError
from gonghui_nlp.readers.formats import own_format
from gonghui_nlp.readers.kinds import HEAD, NO_TEXT, kind_of

# Where these are met the file is opened only when it is read.
_EXPECTED = frozenset(".txt .text .doc .docx .wps .pdf .htm .html .mht .mhtml .rtf .odt .md .zip".split())
_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]{1,20}:/")
_SPECIAL = (
    (stat.S_ISFIFO, "pipe"),
    (stat.S_ISSOCK, "socket"),
    (stat.S_ISCHR, "device"),
    (stat.S_ISBLK, "device"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file or folder that was met: ``name`` is unique in its run, ``status`` says what becomes of it.

    ``read`` is a text to be read. ``failed`` and ``skipped`` are not, ``message`` says why, and ``kind`` in a
    word what a skipped one is (``picture``, ``hidden``, ``linked folder``, ``pipe``). ``place`` is where it lies, as
    plain text: of an archive all entries are held, and a Path takes three times as much.
    """

    name: str
    place: str | os.PathLike[str]
    status: Literal["read", "failed", "skipped"] = "read"
    message: str = ""
    kind: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "place", os.fspath(self.place))

    @property
    def path(self) -> Path:
        """Where it lies."""
        return Path(self.place)


def find_files(paths: Iterable[str | os.PathLike[str]]) -> list[Entry]:
    """Everything at ``paths`` and below, in the order of the names.

    A file below a folder is named by its path from that folder; a file given by itself by its name. Two
    inputs with one name are told apart by the folder they were found in. Links to folders are not followed.
    Raises InputError for a path that does not exist or cannot be looked at.
    """
    found: dict[str, Entry] = {}
    for given in paths:
        refuse_address(given)
        root = Path(given)
        try:
            mode = root.stat().st_mode
        except (OSError, ValueError) as error:
            missing = isinstance(error, FileNotFoundError)
            reason = "no such file or folder" if missing else getattr(error, "strerror", None) or str(error)
            raise InputError(f"{str(root)[:200]}: {reason}; give a text file or a folder of text files") from error
        entries = _below(root) if stat.S_ISDIR(mode) else [_entry(root.name, root, mode, given=True)]
        for entry in entries:
            found.setdefault(os.fspath(entry.place), entry)
    return sorted(_told_apart(list(found.values())), key=lambda e: e.name)


def refuse_address(given: str | os.PathLike[str]) -> None:
    """InputError for the address of a store or a site, which is no path."""
    text = os.fspath(given)
    if isinstance(text, str) and _ADDRESS.match(text) and not os.path.lexists(text):
        raise InputError(
            f"{text[:200]}: is an address, not a path; copy its files here (aws s3 sync, rclone copy, wget) or mount it, "
            "and give that folder"
        )


def is_regular(path: Path) -> bool:
    """Whether reading the path ends: neither a pipe nor a device nor a socket; raises OSError."""
    return stat.S_ISREG(path.stat().st_mode)


def _below(root: Path) -> Iterator[Entry]:
    """The entries below a folder; an explicit stack, so that depth is no matter."""
    todo = [""]
    while todo:
        inside = todo.pop()
        try:
            with os.scandir(root / inside) as listed:
                names = sorted(e.name for e in listed)
        except OSError as error:
            name = inside or root.name
            yield Entry(name, root / inside, "failed", f"folder cannot be opened: {error.strerror}")
            continue
        for name in names:
            here = f"{inside}/{name}" if inside else name
            if entry := _met(here, root / here):
                yield entry
            else:
                todo.append(here)


def _met(here: str, path: Path) -> Entry | None:
    """What stands at a path below a folder; None for a folder that is to be looked into."""
    if path.name.startswith("."):
        return Entry(here, path, "skipped", "hidden: its name begins with a dot", "hidden")
    link = os.path.islink(path)  # noqa: PTH114 – Path.is_symlink raises for a path that is too long
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return Entry(here, path, "failed", "is a link to nothing" if link else f"cannot be opened: {error.strerror}")
    if not stat.S_ISDIR(mode):
        return _entry(here, path, mode)
    if link:
        message = "is a link to a folder, which is not followed; give that folder itself"
        return Entry(here, path, "skipped", message, "linked folder")
    return None


def _entry(name: str, path: Path, mode: int, given: bool = False) -> Entry:
    for test, what in _SPECIAL:
        if test(mode):
            return Entry(name, path, "skipped", f"is a {what}, not a file", what)
    suffix = path.suffix.lower()
    if given or suffix in _EXPECTED or own_format(suffix):
        return Entry(name, path)
    if path.name.startswith("~$"):
        return Entry(name, path, "skipped", "is the lock file of an Office program", "lock file")
    try:
        with path.open("rb") as file:
            kind = kind_of(file.read(HEAD), suffix)
    except OSError:
        return Entry(name, path)  # whoever reads it says why not
    if kind in NO_TEXT and kind != "ole":
        return Entry(name, path, "skipped", f"is {NO_TEXT[kind]}", kind)
    return Entry(name, path)


def _told_apart(entries: list[Entry]) -> list[Entry]:
    """The entries under names that are valid text and different from each other."""
    count: dict[str, int] = {}
    for entry in entries:
        count[entry.name] = count.get(entry.name, 0) + 1
    taken: set[str] = set()
    out = []
    for entry in entries:
        name = entry.name if count[entry.name] == 1 else f"{entry.path.parent.name}/{entry.name}"
        name = writable(name)
        if name in taken:
            name = writable(entry.path.as_posix())
        out.append(replace(entry, name=free(name, taken)))
    return out


def writable(name: str) -> str:
    """A name whose bytes are no valid UTF-8 must still be writable into the tables."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def free(name: str, taken: set[str]) -> str:
    """The name, with a number where it is taken; it is taken from now on."""
    n, alone = 2, name
    while name in taken:
        name, n = f"{alone}~{n}", n + 1
    taken.add(name)
    return name
