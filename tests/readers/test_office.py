"""LibreOffice as a fallback: what it may do, and that nothing of it is left. A script stands for it here."""

from __future__ import annotations

import os
import shutil
import sys
import time
import zipfile
from pathlib import Path

import pytest

from gonghui_nlp.errors import ReadingError
from gonghui_nlp.readers import DOUBTS, office, read_file

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the script that stands for it needs a shell")
WRITTEN = Path(__file__).parent / "data" / "libreoffice.zip"


def damaged():
    """An old Word file whose beginning is overwritten: our reader says so."""
    with zipfile.ZipFile(WRITTEN) as held:
        data = bytearray(held.read("numbered.doc"))
    at = data.find(b"\xec\xa5\x01\x01") if b"\xec\xa5\x01\x01" in data else data.find(b"\xec\xa5")
    data[at : at + 2] = b"\xee\xa5"
    return bytes(data)


@pytest.fixture
def script(tmp_path, monkeypatch):
    """Puts a program called soffice on the path that runs these lines; ``$out`` is where it is to write."""

    def make(*lines):
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        program = folder / "soffice"
        head = '#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\nout=$2\nmkdir -p "$out"\n'
        program.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)

    return make


@pytest.fixture
def word_file(tmp_path):
    path = tmp_path / "旧.wps"
    path.write_bytes(damaged())
    return path


def test_what_it_reads_is_read_and_said_to_be_its_reading(script, word_file, tmp_path):
    with zipfile.ZipFile(WRITTEN) as held:
        (tmp_path / "made.docx").write_bytes(held.read("numbered.docx"))
    script(f'cp "{tmp_path}/made.docx" "$out/text.docx"')
    source = read_file(word_file)
    assert source.status == "ok" and source.text.startswith("砚山厂工会2023年工作总结\n一、送温暖")
    assert source.message == (
        "read by LibreOffice; our own reader says that it is a damaged document: its text is missing"
    )
    assert [issue.code in DOUBTS for issue in source.issues] == [True] and source.derived


def test_what_it_makes_up_is_no_text(script, word_file, tmp_path):
    from formats import docx, p

    (tmp_path / "made.docx").write_bytes(docx(p("xq\\‚Så]O21012131t^å]O;`Óžÿöðßþ€ÆØøßÞþæœŒ")))
    script(f'cp "{tmp_path}/made.docx" "$out/text.docx"')
    assert read_file(word_file).status == "failed"
    assert "no Chinese text" in read_file(word_file).message


def test_without_it_and_where_it_fails_our_own_word_stands(script, word_file, monkeypatch):
    script("exit 1")
    said = "is a damaged document: its text is missing"
    assert read_file(word_file).message == f"{said}; LibreOffice does not read it either"
    monkeypatch.setattr(office, "found", lambda: None)
    assert (read_file(word_file).status, read_file(word_file).message) == ("failed", said)


def test_an_old_word_file_that_is_cut_off_is_damaged_and_not_passed_over(tmp_path, monkeypatch):
    monkeypatch.setattr(office, "found", lambda: None)
    with zipfile.ZipFile(WRITTEN) as held:
        data = held.read("numbered.doc")
    (tmp_path / "a.doc").write_bytes(data[: len(data) * 3 // 4])
    source = read_file(tmp_path / "a.doc")
    assert (source.status, source.format) == ("failed", "doc")
    assert source.message.startswith("is a damaged document: ")


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return True


def wait_until_gone(pid):
    for _ in range(200):
        if not alive(pid):
            return True
        time.sleep(0.02)
    return False


def test_one_that_hangs_is_killed_with_its_children(script, tmp_path):
    script(f'sleep 600 & echo $! > "{tmp_path}/child"; sleep 600')
    before = set(Path(tmp_path).iterdir())
    with pytest.raises(ReadingError, match="takes longer"):
        office.read(b"x", ".doc", shutil.which("soffice") or "", 0.3)
    assert wait_until_gone(int((tmp_path / "child").read_text()))
    assert set(Path(tmp_path).iterdir()) - before <= {tmp_path / "child"}


def test_it_ends_with_the_process_that_asked_for_it(script, tmp_path):
    script(f'sleep 600 & echo $! > "{tmp_path}/child"; sleep 600')
    code = "import sys; from gonghui_nlp.readers import office; office.read(b'x', '.doc', sys.argv[1])"
    pid = os.spawnv(os.P_NOWAIT, sys.executable, [sys.executable, "-c", code, shutil.which("soffice") or ""])
    for _ in range(500):
        if (tmp_path / "child").exists() and (tmp_path / "child").read_text().strip():
            break
        time.sleep(0.02)
    child = int((tmp_path / "child").read_text())
    assert alive(child)
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    assert wait_until_gone(child)
