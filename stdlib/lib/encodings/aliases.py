"""Other names of the encodings of this package."""
from encodings import _ALIASES

aliases = dict(_ALIASES)
