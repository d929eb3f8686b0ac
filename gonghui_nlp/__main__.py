"""``python -m gonghui_nlp`` is the ``gonghui`` command."""

from gonghui_nlp.cli import main

main()
