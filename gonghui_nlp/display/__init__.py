"""What people see: the terminal, the page, and what a notebook shows for a Document and what it holds."""
