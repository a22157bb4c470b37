"""The tools that show what happened inside: timelines and comparisons."""
