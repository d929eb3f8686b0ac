"""The colours of labels in displaCy: those of our pages. spaCy finds them by an entry point."""

from gonghui_nlp.schema import EVENT_TYPES

COLOURS = {
    **dict.fromkeys(EVENT_TYPES, "#e6f0ff"),
    "amount": "#ffe0b8",
    "headcount": "#d4f0d0",
    "count": "#f0e2fa",
    "rate": "#f0e2fa",
    "duration": "#f0e2fa",
    "date": "#c9dcf5",
    "section": "#fbd9cb",
    "part": "#fbd9cb",
    "item": "#fbd9cb",
    "safeguarding": "#f3b396",
    "participation": "#aebff4",
    "education": "#9bd3bf",
    "building": "#d3b2ee",
    "self_building": "#d3b2ee",
    "none": "#dadce0",
}
"""By label, for ``displacy.render(doc, style="span", options={"spans_key": "events"})``."""
