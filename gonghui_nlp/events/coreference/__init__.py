"""Mentions of the same activity: near ones merged into one, far ones linked to the first."""
