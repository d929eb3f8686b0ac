"""Signs without sense that forums put behind every line against copying: …合法权益 qq<T~^."""

from __future__ import annotations

from collections.abc import Sequence

from gonghui_nlp.compiling import compiled
from gonghui_nlp.outline.lines import Line

_HAN = "\u3400-\u9fff"
_JAM = compiled(f"(?:(?<=[{_HAN}。；：！？，、）”]) +|^)([^\\s{_HAN}](?:[^{_HAN}\n]{{1,10}})?[^\\s{_HAN}])$")
# Dates, numbers, ranges and what else may end a line without Chinese.
_PLAIN = compiled(
    r"[\d\s./:：,，%％+~—（）()-]*|[A-Za-z]+|[（(]?[A-Za-z\d]+[）)]?[。；！]?|[。；：！？，、“”（）《》…—-]+"
)
_LOOK = 24
_LEAST, _SHARE = 5, 3


def jams(text: str, lines: Sequence[Line]) -> list[tuple[int, int]]:
    """The stretches of such signs, where every third line or more ends with one and hardly two are the same.

    >>> import re
    >>> text = "\\n".join(f"开展送温暖活动。 {x}" for x in ("q<T~^", "Jp}@T.", "2f<s^9", "K*b*{", "oD4$E"))
    >>> [text[a:b] for a, b in jams(text, [Line(m.start(), m.end(), 0, False) for m in re.finditer(".+", text)])][:2]
    ['q<T~^', 'Jp}@T.']
    """
    found: list[tuple[int, int]] = []
    for line in lines:
        if text[line.end - 1] >= "\u2e80":
            continue
        low = max(line.start, line.end - _LOOK)
        m = _JAM.search(text[low : line.end])
        if m and (m.start(1) or low == line.start) and not _PLAIN.fullmatch(m[1]):
            found.append((low + m.start(1), line.end))
    several = len(found) >= _LEAST and len(found) * _SHARE >= len(lines)
    return found if several and len({text[a:b] for a, b in found}) * 10 >= len(found) * 9 else []


def cut_off(text: str, lines: Sequence[Line], spans: Sequence[tuple[int, int]]) -> None:
    """End the lines before such signs; a line of nothing else stays as it is."""
    begun = {end: start for start, end in spans}
    for line in lines:
        start = begun.get(line.end, line.start)
        if start > line.start:
            line.end = line.start + len(text[line.start : start].rstrip())
