"""What people see: the terminal, the page, and what a notebook shows for a Document."""

from gonghui_nlp.display.page import notebook
from gonghui_nlp.schema import show_as

show_as(notebook)
