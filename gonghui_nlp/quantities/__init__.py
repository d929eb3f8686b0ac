"""Quantities: sums of money, people, things, rates, durations and dates, each with the value it states."""

from gonghui_nlp.quantities.found import Quantities
from gonghui_nlp.quantities.numerals import Numeral, parse_numeral
from gonghui_nlp.quantities.scanner import scan

__all__ = ["Numeral", "Quantities", "parse_numeral", "scan"]
