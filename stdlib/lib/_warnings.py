"""The core of warnings under the name that CPython gives its native half."""
from warnings import _defaultaction, _filters_mutated, _onceregistry, filters, warn, warn_explicit
