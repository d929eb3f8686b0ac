"""Text as the rules read it: folded to one width and script, with a way back to every raw offset."""
