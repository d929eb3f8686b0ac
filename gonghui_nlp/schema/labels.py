"""The sets of coded values: what a record's field may say, and nothing else."""

from __future__ import annotations

from typing import Literal, NamedTuple

Role = Literal["part", "section", "item"]
Kind = Literal["summary", "plan", "summary_plan", "other"]
Approx = Literal["exact", "over", "under", "about", "range"]
Per = Literal["total", "person", "other"]
PeopleUnit = Literal["person", "person_time"]
CountKind = Literal["count", "rate", "duration"]
Status = Literal["done", "planned", "routine"]
StatusBy = Literal["cue", "section", "document"]
Sub = Literal["work", "union"]
Function = Literal["safeguarding", "participation", "education", "building"]
FUNCTIONS: tuple[Function, ...] = ("safeguarding", "participation", "education", "building")

EVENT_TYPES = (
    "aid", "donation", "welfare", "meeting", "election", "oversight", "training", "contest", "culture_sports", "outing",
    "commendation", "inspection", "rules", "organisation", "rights", "publicity", "labour", "other",
)  # fmt: skip
"""The types of events; docs/conventions.md says what each one is."""

ISSUE_CODES = {
    "undecodable": "bytes that fit no character of the encoding",
    "encoding_doubt": "two encodings fit the bytes nearly as well",
    "noise": "foreign matter, no part of the document",
    "compilation_title": "the title of all documents of a compilation together, part of none of them",
    "joined_line": "a line end that cuts a sentence, read as if it were not there",
    "gap": "a list leaves out a number",
    "duplicate": "a list has a number twice",
    "restart": "a list begins anew",
    "lost_digit": "a mark lost a digit of its number",
    "lost_mark": "a mark lost its number",
    "fused_mark": "a mark without punctuation before it, told by the gap in its list",
    "false_mark": "what looks like a mark and is none",
    "year_contradiction": "a title and the text under it speak of two years",
    "occasion_year": "an occasion that has one year stands beside another one",
    "lost_number": "the number of a quantity was deleted or masked",
    "unreadable_number": "what stands beside a number may belong to it; it was not read",
    "impossible_date": "a day that its month does not have",
    "sum_mismatch": "the parts do not make the total",
    "parts_exceed_total": "the parts make more than the whole",
    "each_times_heads": "heads times the sum for each do not make the sum for all",
    "rate_above_one": "a share of more than the whole",
}
"""What an issue's code means."""


class Label(NamedTuple):
    """One label of a set: its name in the tables, and what a Chinese reader sees."""

    name: str
    zh: str


FUNCTION_LABELS = (
    Label("safeguarding", "维护"),
    Label("participation", "参与"),
    Label("education", "教育"),
    Label("building", "建设"),
)
SELF_BUILDING = Label("self_building", "自身建设")
"""What the classical scheme sets apart from building."""
