"""What belongs to an event: when, where, who took part, under which name, with what result, held by whom."""
