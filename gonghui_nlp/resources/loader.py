"""Reading the knowledge files, a user's over ours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from gonghui_nlp.compiling import compiled, parsed
from gonghui_nlp.errors import InputError
from gonghui_nlp.resources.catalogue import FIXED, Shows, Table, is_open, keys_of, table_of

REMOVED = "-"  # in front of an entry's key: the entry is taken away
_LISTED = compiled(r"\s*\[\[\s*([\w.-]+)\s*\]\]")
_SUFFIXES = (".tsv", ".toml", ".txt")


class Row(dict[str, str]):
    """An entry of a table, cell by column; ``where`` names file and line, ``own`` is True for a user's."""

    where: str = ""
    own: bool = False


class Entry(dict[str, Any]):
    """An entry of a list in a TOML file; ``where`` names file and line, ``own`` is True for a user's."""

    where: str = ""
    own: bool = False


class Resources:
    """The knowledge of a run: ours, with the files of a user's folder over it.

    The folder holds files of the same names as ours (``events/triggers/welfare.tsv``, ``outline/styles.toml``). An
    entry of a user's file is added to ours, takes the place of the entry with the same key, or, with ``-`` in front
    of the key, takes it away. InputError for an unknown file, a wrong column or an entry without a fitting example;
    it names file, line and what to do. Equal contents are equal Resources.

    >>> Resources().rows("quantities/festivals.tsv")[0]["name"]
    '元旦'
    """

    def __init__(self, folder: str | Path | None = None) -> None:
        self.folder = None if folder is None else Path(folder)
        self._own = {} if self.folder is None else _contents(self.folder)
        self.built: dict[Any, Any] = {}
        for name in self._own:
            if name.endswith(".tsv"):
                self.rows(name)
            elif name.endswith(".toml"):
                self.toml(name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Resources) and self._own == other._own

    def __hash__(self) -> int:
        return hash(tuple(sorted(self._own.items())))

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (self.folder, self._own)

    def names(self, folder: str) -> list[str]:
        """The files of a folder, in order of name, ours and the user's."""
        return sorted({n for n in (*_ours(), *self._own) if n.rpartition("/")[0] == folder})

    def text(self, name: str) -> str:
        """A file as a whole, which is none that a user may have (:data:`.catalogue.FIXED`).

        >>> "貝" in Resources().text("text/traditional.txt")
        True
        """
        return _read(name)

    def rows(self, name: str) -> list[Row]:
        """The entries of a table, ours in their order, then the user's."""
        table = _table(name)
        ours = _rows(_read(name), name, table, ()) if name in _ours() else []
        if name not in self._own:
            return ours
        columns = tuple(ours[0]) if ours else _columns(self, name)
        own = _rows(self._own[name], self._path(name), table, columns)
        merged = {_key(row, table): row for row in ours}
        for row in own:
            row.own = True
            key = _key(row, table)
            if row[table.key[-1]].startswith(REMOVED):
                key = (*key[:-1], key[-1].removeprefix(REMOVED))
                if merged.pop(key, None) is None:
                    raise InputError(f"{row.where}: no entry {' '.join(key)} to take away; correct it or leave it out")
                continue
            _check(row, table)
            merged[key] = row
        return list(merged.values())

    def toml(self, name: str) -> dict[str, Any]:
        """A TOML file: its values by key; the user's over ours, in lists of entries the user's first."""
        ours = _toml(_read(name), name, own=False)
        if name not in self._own:
            return ours
        keys = keys_of(name)
        path = self._path(name)
        own = _toml(self._own[name], path)
        return _over(own, ours, keys, path)

    def _path(self, name: str) -> str:
        return str(self.folder / name) if self.folder else name


def opened(folder: str | Path | None) -> Resources:
    """The Resources of a folder, read once as long as none of its files changes."""
    if folder is None:
        return _shipped()
    path = Path(folder)
    stamps = tuple((str(f), s.st_mtime_ns, s.st_size) for f in _own_files(path) for s in (f.stat(),))
    return _unchanged(str(path), stamps)


@lru_cache(maxsize=1)
def _shipped() -> Resources:
    """Ours, which the folders of users never push out."""
    return Resources(None)


@lru_cache(maxsize=8)
def _unchanged(folder: str, stamps: tuple[Any, ...]) -> Resources:
    return Resources(folder)


def _rebuilt(folder: Path | None, own: dict[str, str]) -> Resources:
    resources = Resources()
    resources.folder, resources._own = folder, own
    return resources


@lru_cache(maxsize=1)
def _ours() -> frozenset[str]:
    def below(folder: Traversable, path: str) -> Iterator[str]:
        for item in folder.iterdir():
            if item.is_dir():
                yield from below(item, f"{path}{item.name}/")
            elif item.name.endswith(_SUFFIXES):
                yield path + item.name

    return frozenset(below(files(__package__), ""))


@lru_cache(maxsize=256)
def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _own_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise InputError(f"resources {folder}: no such folder; give the folder that holds your knowledge files")
    return sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix in _SUFFIXES)


def _contents(folder: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in _own_files(folder):
        name = path.relative_to(folder).as_posix()
        if name in FIXED:
            raise InputError(f"{path}: this file is always ours: {FIXED[name]}; take it away")
        if name not in _ours() and not (path.suffix == ".tsv" and is_open(name.rpartition("/")[0])):
            free = sorted(_ours() - FIXED.keys())
            known = ", ".join([n for n in free if n.split("/")[0] == name.split("/")[0]] or free)
            raise InputError(f"{path}: no knowledge file has this name; rename it to one of {known}")
        try:
            found[name] = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise InputError(f"{path}: not UTF-8 ({error.reason} at byte {error.start}); save it as UTF-8") from error
    return found


def rows_of(text: str, path: str, name: str) -> list[Row]:
    """The entries of a table ``name`` in a file of one's own that stands by itself."""
    return _rows(text, path, _table(name), ())


def _table(name: str) -> Table:
    table = table_of(name)
    if table is None:
        raise InputError(f"{name}: no table of the knowledge; known are the files in gonghui_nlp/resources")
    return table


def _columns(resources: Resources, name: str) -> tuple[str, ...]:
    """The columns of a new file: those of the others in its folder."""
    sibling = next(n for n in sorted(_ours()) if n.rpartition("/")[0] == name.rpartition("/")[0])
    return tuple(resources.rows(sibling)[0])


def _rows(text: str, path: str, table: Table, columns: tuple[str, ...]) -> list[Row]:
    """The rows of a table; its first line that is no comment names the columns, in any order."""
    told = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    if not told:
        return []
    header = _header(f"{path}, line {told[0][0]}", told[0][1], table, columns)
    blank = dict.fromkeys(columns or header, "")
    rows: list[Row] = []
    for number, line in told[1:]:
        cells = line.split("\t")
        where = f"{path}, line {number}"
        if len(cells) > len(header):
            raise InputError(
                f"{where}: {len(cells)} cells under {len(header)} columns ({', '.join(header)}): one tab each"
            )
        row = Row(blank)
        row.update(zip(header, cells, strict=False))
        row.where = where
        rows.append(row)
    return rows


def _header(where: str, line: str, table: Table, columns: tuple[str, ...]) -> list[str]:
    """The columns a line names; the key's and the example must be among them, and no unknown one."""
    header = line.split("\t")
    missing = [c for c in (*table.key, *(("example",) if table.shown else ())) if c not in header]
    unknown = [c for c in header if columns and c not in columns]
    if missing or unknown:
        wanted = ", ".join(columns or (*table.key, "example"))
        raise InputError(f"{where}: the first line names the columns, parted by tabs: {wanted}; got {line!r}")
    return header


def _key(row: Row, table: Table) -> tuple[str, ...]:
    return tuple(row[column] for column in table.key)


_SHOWN: dict[Shows, Callable[[str, str], bool]] = {
    "word": lambda cell, example: cell in example,
    "pattern": lambda cell, example: re.search(cell, example) is not None,
    "otherwise": lambda cell, example: True,
    "one of": lambda cell, example: any(word in example for word in cell.split()),
}


def _check(row: Row, table: Table) -> None:
    """Every entry of a user's has an example that shows it."""
    for column, how in table.shown.items():
        cell, example = row[column], row["example"]
        if not cell:
            raise InputError(f"{row.where}: the column {column} is empty; fill it in")
        if not example:
            raise InputError(f"{row.where}: {cell} has no example; give words of a sentence it stands in")
        try:
            shown = _SHOWN[how](cell, example)
        except re.error as error:
            raise InputError(
                f"{row.where}: {column} {cell!r} is no regular expression ({error}); correct it"
            ) from error
        if not shown:
            raise InputError(f"{row.where}: the example {example!r} does not show {cell!r}; give one that does")


def _loads(text: str) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(text)


def _toml(text: str, path: str, own: bool = True) -> dict[str, Any]:
    try:
        values = _loads(text) if own else parsed(text)
    except ValueError as error:
        raise InputError(f"{path}: not valid TOML: {error}; correct it") from error
    lines: dict[str, list[int]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if m := _LISTED.match(line):
            lines.setdefault(m[1], []).append(number)
    for name, listed in values.items():
        if isinstance(listed, list) and listed and isinstance(listed[0], dict):
            values[name] = [Entry(e) for e in listed]
            for entry, number in zip(values[name], lines.get(name, ()), strict=False):
                entry.where = f"{path}, line {number}"
    return values


def _over(own: dict[str, Any], ours: dict[str, Any], keys: tuple[str, ...], path: str) -> dict[str, Any]:
    merged = dict(ours)
    for name, value in own.items():
        if name not in ours:
            raise InputError(f"{path}: unknown key {name!r}; known are {', '.join(sorted(ours))}")
        theirs = ours[name]
        if isinstance(theirs, dict) and isinstance(value, dict):
            merged[name] = _values_over(value, theirs)
        elif isinstance(theirs, list) and isinstance(value, list):
            merged[name] = _entries_over(value, theirs, keys)
        elif type(theirs) is type(value):
            merged[name] = value
        else:
            raise InputError(f"{path}: {name} is to be written like ours, as {type(theirs).__name__}")
    return merged


def _values_over(own: dict[str, Any], ours: dict[str, Any]) -> dict[str, Any]:
    merged = dict(ours)
    for name, value in own.items():
        theirs = ours.get(name)
        merged[name] = _words_over(value, theirs) if isinstance(theirs, list) and isinstance(value, list) else value
    return merged


def _words_over(own: list[str], ours: list[str]) -> list[str]:
    gone = {word.removeprefix(REMOVED) for word in own if word.startswith(REMOVED)}
    return [word for word in dict.fromkeys((*own, *ours)) if word not in gone and not word.startswith(REMOVED)]


def _entries_over(own: list[Entry], ours: list[Entry], keys: tuple[str, ...]) -> list[Entry]:
    """The user's entries are tried first, but for those that take the place of one of ours."""
    merged = {tuple(e.get(k) for k in keys): e for e in ours}
    added: list[Entry] = []
    for entry in own:
        entry.own = True
        key = tuple(entry.get(k) for k in keys)
        if None in key:
            raise InputError(f"{entry.where}: an entry is known by its {' and '.join(keys)}; give it")
        if entry.get("remove"):
            if merged.pop(key, None) is None:
                raise InputError(f"{entry.where}: no entry {key[0]!r} to take away; correct it or leave it out")
        elif "example" not in entry:
            raise InputError(f"{entry.where}: {key[0]!r} has no example; give a text it fires on")
        elif key in merged:
            merged[key] = entry
        else:
            added.append(entry)
    return [*added, *merged.values()]
