"""The frame of our pages: templates in which everything is escaped, our style and script, and a policy for both."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from gonghui_nlp.display.body import body
from gonghui_nlp.display.escaped import shown
from gonghui_nlp.words import spoken, word

if TYPE_CHECKING:
    from jinja2 import Environment

GENERATOR = '<meta name="generator" content="gonghui_nlp">'
"""By this a page of ours is known, and may be replaced."""

_EARLY = 'document.documentElement.classList.add("early")'


@lru_cache(maxsize=8)
def asset(name: str) -> Markup:
    """A style sheet or a script of ours, as it stands in the page."""
    return Markup(files("gonghui_nlp.display").joinpath("web", name).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Whatever a template fills in is escaped, and what a page cannot show is shown by a sign."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("gonghui_nlp.display", "web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: shown(value) if type(value) is str else value,
    )
    made.globals.update(word=word, body=body)
    return made


def written(template: str, script_name: str = "page.js", **given: Any) -> str:
    """The page of a template, with our style and script in it and nothing from anywhere else."""
    style, script = asset("page.css"), asset(script_name)
    policy = f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)} {_hash(_EARLY)}; base-uri 'none'; form-action 'none'"
    language = "zh-Hans" if spoken() == "zh" else "en"
    return (
        environment()
        .get_template(template)
        .render(style=style, script=script, early=Markup(_EARLY), policy=policy, language=language, **given)
    )


def _hash(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"
