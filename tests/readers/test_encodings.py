"""Which encoding a file is read in, and what is said about bytes that are lost."""

import random
import sys
from pathlib import Path

import pytest

from gonghui_nlp.errors import InputError, ReadingError
from gonghui_nlp.readers import decode, read, read_file

SIMPLIFIED = "学校工会在春节前走访看望了18名患病教职工，发放慰问金9600元。\r\n一、送温暖\r\n"
TRADITIONAL = "學校工會在春節前走訪看望了18名患病教職工，發放慰問金9600元。\n一、送溫暖\n"


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8-sig"),
        (SIMPLIFIED, "utf-16", "utf-16"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (SIMPLIFIED + "㐀㐁", "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (TRADITIONAL, "utf-8", "utf-8"),
        ("plain ascii, 9600", "ascii", "utf-8"),
        ("", "utf-8", "utf-8"),
    ],
)
def test_the_encoding_is_found_and_the_text_comes_back(text, encoding, named):
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.issues) == (text, named, ())


def test_undecodable_bytes_are_named_where_they_stand():
    decoded = decode(SIMPLIFIED.encode("gbk") * 20 + b"\xff\xff" + "完".encode("gbk"))
    assert decoded.encoding == "gb18030"
    (issue,) = decoded.issues
    assert issue.code == "undecodable"
    assert decoded.text[issue.start : issue.end] == issue.text == "\ufffd\ufffd"
    assert decoded.text.endswith("完")


def test_damaged_utf8_stays_utf8():
    data = (SIMPLIFIED * 20).encode()
    decoded = decode(data[:100] + data[101:])
    assert decoded.encoding == "utf-8"
    assert [i.code for i in decoded.issues] == ["undecodable"]


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03binary\x00", bytes(range(256)) * 40])
def test_a_binary_file_is_no_text(data):
    with pytest.raises(ReadingError):
        decode(data)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b"%PDF-1.4", "PDF"),
        (b"PK\x03\x04", "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
    ],
)
def test_broken_files_of_other_formats_under_the_name_of_a_text_are_a_named_failure(tmp_path, head, said):
    (tmp_path / "a.txt").write_bytes(head + "工会".encode())
    source = read_file(tmp_path / "a.txt")
    assert source.status == "failed"
    assert said in source.message


def test_an_empty_file_is_empty_and_not_failed(tmp_path):
    (tmp_path / "a.txt").write_bytes(b" \n")
    assert read_file(tmp_path / "a.txt").status == "empty"


def test_a_folder_is_read_in_the_order_of_names_and_other_files_are_passed_over(tmp_path):
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.txt", "sub/a.txt", "notes.jsonl", ".hidden.txt"):
        (tmp_path / name).write_text("工会", encoding="utf-8")
    assert [s.name for s in read(tmp_path)] == ["a.txt", "b.txt", "sub/a.txt"]


def test_wrong_calls_raise_at_once(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "nope")
    with pytest.raises(InputError, match="encoding 'gb99' is unknown"):
        read(tmp_path, encoding="gb99")


BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
LONG = SIMPLIFIED * 12
RULES = "━" * 40 + "\r\n┌─┬─┐\r\n│★│◆│\r\n└─┴─┘\r\n"


def told(decoded, code="encoding_doubt"):
    return [i.message for i in decoded.issues if i.code == code]


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00"])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_a_mark_that_lies_is_not_believed(mark, encoding):
    decoded = decode(mark + LONG.encode(encoding))
    assert decoded.text == LONG
    assert (mark, encoding) == (b"\xef\xbb\xbf", "utf-8") or "byte-order mark says" in told(decoded)[0]


def test_a_mark_told_twice_is_told_once():
    assert decode(b"\xef\xbb\xbf" * 3 + LONG.encode()).text == LONG


@pytest.mark.parametrize("behind", [b"\0", "一、送温暖，慰问困难职工十八名。".encode() * 3])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_what_stands_behind_utf16_is_named(encoding, behind):
    decoded = decode(LONG.encode(encoding) + behind)
    assert decoded.text.startswith(LONG)
    assert any(i.end > len(LONG) for i in decoded.issues)


@pytest.mark.parametrize(("first", "second"), [("gb18030", "big5"), ("big5", "gb18030"), ("utf-8", "gb18030")])
def test_one_encoding_after_the_other_is_read_in_both(first, second):
    texts = [(TRADITIONAL if e == "big5" else SIMPLIFIED) * 9 for e in (first, second)]
    decoded = decode(texts[0].encode(first) + texts[1].encode(second))
    assert decoded.text == "".join(texts)
    assert any("are read as" in message for message in told(decoded))


def test_a_line_of_utf8_in_a_gbk_file_is_read_as_such():
    data = LONG.encode("gbk") + "发放慰问金九千六百元。\n".encode() + LONG.encode("gbk")
    decoded = decode(data)
    assert decoded.text == LONG + "发放慰问金九千六百元。\n" + LONG
    assert "1 line(s), the first of them line 25, are read as utf-8" in told(decoded)[0]


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-8"])
def test_two_hundred_kilobytes_of_ascii_in_front_hide_nothing(encoding):
    text = "20190308,18,9600\n" * 12_000 + (TRADITIONAL if encoding == "big5" else SIMPLIFIED)
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["gbk", "gb18030"])
@pytest.mark.parametrize("text", [RULES + SIMPLIFIED, RULES * 9 + "慰问困难职工", "★慰问★", "━━━━"])
def test_rules_and_boxes_have_no_vote(text, encoding):
    assert decode(text.encode(encoding)).text == text


def test_big5_signs_that_are_letters_in_hong_kong():
    assert decode((TRADITIONAL + "⑴甲⑵乙").encode("big5")).text.endswith("⑴甲⑵乙")
    assert decode((TRADITIONAL + "二〇一四年").encode("big5hkscs")).text.endswith("二〇一四年")


def test_the_escapes_of_hz_are_read_and_other_escapes_are_refused():
    assert decode(SIMPLIFIED.encode("hz")).text == SIMPLIFIED
    with pytest.raises(ReadingError, match="ISO 2022"):
        decode(b"\x1b$)A\x0eJGR;\x0f\n" * 9)


@pytest.mark.parametrize("by", ["latin-1", "gb18030"])
def test_utf8_twice_is_read_back_and_told(by):
    # An even number of bytes a line, as GB needs them.
    text = "学校工会在春节前走访看望了困难职工，发放慰问金。\n一、送温暖慰\n"
    decoded = decode(text.encode().decode(by, "ignore").encode())
    assert told(decoded)
    if by == "latin-1":
        assert decoded.text == text


def test_padding_with_nul_bytes_is_left_out_and_told():
    decoded = decode(LONG.encode("gbk") + b"\0" * 64)
    assert decoded.text == LONG
    assert told(decoded, "undecodable") == ["64 NUL bytes at the end are left out"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("우리 노동조합은 어려운 조합원을 방문하였다. ", "euc_kr"), ("組合員の生活を支え、", "euc_jp")],
)
def test_another_language_is_never_read_without_saying_so(text, encoding):
    assert told(decode((text * 9).encode(encoding)))


def test_the_named_encoding_is_used_and_what_it_makes_of_the_text_is_told():
    from gonghui_nlp.readers import decode_as

    assert told(decode_as(LONG.encode("gbk"), "big5hkscs"))
    assert told(decode_as(LONG.encode("gbk"), "utf-8"), "undecodable")


def test_real_lists_of_rare_names_are_no_doubt():
    assert not decode("组织职工到黄山、华山、秦始皇兵马俑、洛阳、朱家尖、沈家门等地旅游。".encode("gbk")).issues


def test_random_bytes_are_no_text_or_told():
    draw = random.Random(4)
    for _ in range(60):
        data = draw.randbytes(draw.randint(40, 2000))
        try:
            assert decode(data).issues
        except ReadingError:
            continue


def test_of_many_made_files_none_is_silently_read_wrongly():
    if not (BENCHMARKS / "encodings.py").exists():
        pytest.skip("the benchmarks are not beside the tests")
    sys.path.insert(0, str(BENCHMARKS.parent))
    from benchmarks import encodings

    counts, silent = encodings.run(300, seed=11)
    assert not silent
    assert sum(n for (_, how), n in counts.items() if how == "rightly") > 200
