"""What a font or its place on the line makes of a character: Greek letters and boxes of symbol fonts, raised figures."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Fonts whose letters are signs, by their published tables; a code is that of the file, with or without 0xF000.
_SYMBOL = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…│─↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
)
_WINGDINGS = {
    0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x45: "☜", 0x46: "☞", 0x4A: "☺", 0x51: "✈", 0x52: "☼", 0x6C: "●", 0x6D: "❍",
    0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "❑", 0x72: "❒", 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9E: "·",
    0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA4: "◉", 0xA5: "◎", 0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xDF: "←",
    0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    0x80: "⓪", **{0x81 + n: chr(ord("①") + n) for n in range(10)}, **{0x8C + n: chr(ord("❶") + n) for n in range(10)},
}  # fmt: skip
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x98: "●", 0xA2: "■", 0xA3: "□"}
_FONTS = {
    "symbol": {at + n: c for at, row in zip((0x20, 0xA0), _SYMBOL, strict=True) for n, c in enumerate(row)},
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
}
_OWN = re.compile("[\uf020-\uf0ff]")
_RAISED = re.compile(r"[\[(（]?\d{1,3}[\])）]?", re.ASCII)
_UP, _DOWN = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"), str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def sign(code: int, font: str = "") -> str:
    """The sign that a font draws for a code; the character of the code itself where that is not known.

    >>> sign(0xF0AE, "Symbol"), sign(0x52, "Wingdings 2"), sign(0x2460)
    ('→', '☑', '①')
    """
    low = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    return _FONTS.get(font.lower(), {}).get(low) or chr(code)


def with_signs(text: str, font: str) -> str:
    """A text in which the characters that only a symbol font draws are the signs that are seen."""
    return _OWN.sub(lambda m: sign(ord(m[0]), font), text)


def raised(text: str, up: bool = True) -> str:
    """Raised or lowered figures as such: glued to a number of the text, the call of a note would make another of it.

    A longer text is only set higher and stays.

    >>> raised("3"), raised("[12]"), raised("2", up=False), raised("2023")
    ('³', '[¹²]', '₂', '2023')
    """
    return text.translate(_UP if up else _DOWN) if _RAISED.fullmatch(text) else text


def with_raised(pieces: Iterable[tuple[str, int]]) -> str:
    """A text from pieces each of which is raised (1), lowered (2) or neither (0); neighbours alike are one."""
    out: list[str] = []
    held, how = "", 0
    for piece, place in (*pieces, ("", -1)):
        if place != how:
            out.append(raised(held, how == 1) if how else held)
            held, how = "", place
        held += piece
    return "".join(out)
