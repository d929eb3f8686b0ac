"""Documents as tables: pandas frames, CSV files, and back."""

from gonghui_nlp.tables.columns import COLUMNS, TABLES, kind_of
from gonghui_nlp.tables.frames import Tables, read_tables, to_frames
from gonghui_nlp.tables.rows import rows
from gonghui_nlp.tables.writers import CsvWriter

__all__ = ["COLUMNS", "TABLES", "CsvWriter", "Tables", "kind_of", "read_tables", "rows", "to_frames"]
