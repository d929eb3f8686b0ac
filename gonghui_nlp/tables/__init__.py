"""Documents as tables: pandas frames, files of several formats, and back."""

from gonghui_nlp.tables.columns import COLUMNS, TABLES, kind_of
from gonghui_nlp.tables.copies import Completed
from gonghui_nlp.tables.frames import Tables, read_tables, to_frames
from gonghui_nlp.tables.own import columns_of, register_table, tables_of
from gonghui_nlp.tables.rows import rows
from gonghui_nlp.tables.writers import CsvWriter, TableWriter, register_writer, writer_of

__all__ = [
    "COLUMNS", "TABLES", "Completed", "CsvWriter", "TableWriter", "Tables", "columns_of", "kind_of", "read_tables", "register_table",
    "register_writer", "rows", "tables_of", "to_frames", "writer_of",
]  # fmt: skip
