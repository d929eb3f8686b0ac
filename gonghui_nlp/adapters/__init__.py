"""Other ecosystems: the spaCy component, and the one use of jieba."""
