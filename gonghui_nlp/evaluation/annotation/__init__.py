"""What was found, out to annotation tools and corrected back as gold."""

from .gold import to_gold
from .tasks import Arc, Mark, Refused, Task, task_of
from .tools import TOOLS, read_export, register_tool, write_export

__all__ = [
    "TOOLS",
    "Arc",
    "Mark",
    "Refused",
    "Task",
    "read_export",
    "register_tool",
    "task_of",
    "to_gold",
    "write_export",
]
