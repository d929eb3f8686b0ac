"""A figure that a notebook shows without pyplot. Imports matplotlib: to be imported where a figure is made."""

from io import BytesIO

from matplotlib.figure import Figure


class Shown(Figure):
    """A matplotlib figure with a picture of itself for notebooks."""

    def _repr_png_(self) -> bytes:
        held = BytesIO()
        self.savefig(held, format="png", dpi=80, bbox_inches="tight")
        return held.getvalue()
