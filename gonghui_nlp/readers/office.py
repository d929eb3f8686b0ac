"""LibreOffice, where it is installed, for an old Office file that nothing here reads.

It gets a folder and a settings profile of its own, runs no macro, loads nothing from outside, and is killed with all it
started when it takes too long or when the process that asked for it dies.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from gonghui_nlp.errors import ReadingError
from gonghui_nlp.readers.decoded import DAMAGE, Decoded
from gonghui_nlp.readers.plausible import doubtful, evidence

KINDS = frozenset({"doc", "works"})
PATIENCE = 120.0
_NAMES = ("soffice", "libreoffice", "soffice.com")
_SAFE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution"><value>true</value></prop>
<prop oor:name="DisableActiveContent"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"><value>2</value></prop></item>
</oor:items>
"""
# The shell waits for the pipe that we hold: when we die it ends the whole group, and so does the end of the work.
_GUARD = '("$@" </dev/null >/dev/null 2>&1; kill -9 0) & cat >/dev/null; rm -rf "$0"; kill -9 0'


def found() -> str | None:
    """Where LibreOffice is; None where it is not installed."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def read(data: bytes, suffix: str, program: str, patience: float = PATIENCE) -> Decoded:
    """The plain text of an Office file as LibreOffice sees it; ReadingError where that does not read it either."""
    from gonghui_nlp.readers.docx import read as read_docx

    place = Path(tempfile.mkdtemp(prefix="gonghui-office-"))
    try:
        (place / "profile" / "user").mkdir(parents=True)
        (place / "profile" / "user" / "registrymodifications.xcu").write_text(_SAFE, encoding="utf-8")
        given, made = place / f"text{suffix}", place / "made"
        given.write_bytes(data)
        command = [program, f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless", "--norestore"]
        command += ["--nolockcheck", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(made), str(given)]
        _run(command, place, patience)
        written = made / "text.docx"
        if not written.is_file():
            raise ReadingError("LibreOffice does not read it either")
        return _checked(read_docx(written.read_bytes()))
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _checked(decoded: Decoded) -> Decoded:
    """What was made of a damaged file may be other characters: that is no text."""
    text = decoded.text
    strange = sum(end - start for start, end in doubtful(text))
    if not text.strip() or evidence(text).is_doubtful or strange > DAMAGE * len(text):
        raise ReadingError("what LibreOffice makes of it is no Chinese text")
    return decoded


def _run(command: list[str], place: Path, patience: float) -> None:
    """Runs a program until it ends; ReadingError where it takes too long."""
    environment = {**os.environ, "HOME": str(place), "TMPDIR": str(place)}
    if os.name != "posix":  # pragma: no cover - Windows has neither the shell nor groups
        try:
            subprocess.run(command, timeout=patience, env=environment, capture_output=True, check=False)
        except subprocess.TimeoutExpired as error:
            raise ReadingError(_late(patience)) from error
        return
    guarded = ["/bin/sh", "-c", _GUARD, str(place), *command]
    quiet = subprocess.DEVNULL
    running = subprocess.Popen(
        guarded, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet, env=environment, cwd=place, start_new_session=True
    )
    try:
        running.wait(patience)
    except subprocess.TimeoutExpired as error:
        raise ReadingError(_late(patience)) from error
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        if running.stdin:
            running.stdin.close()


def _late(patience: float) -> str:
    return f"LibreOffice takes longer than {patience:.0f} seconds"
