"""Which encoding a file is read in, and what is said about bytes that are lost."""

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


@pytest.mark.parametrize("head", [b"%PDF-1.4", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG"])
def test_other_formats_under_the_name_of_a_text_are_a_named_failure(tmp_path, head):
    (tmp_path / "a.txt").write_bytes(head + "工会".encode())
    source = read_file(tmp_path / "a.txt")
    assert source.status == "failed"
    assert "under the name of a text" in source.message


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
