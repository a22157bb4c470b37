"""A package with submodules."""
print("importing shapes")
from .base import Shape
from . import square as _square

__all__ = ["Shape", "area_of"]
version = "1.0"
_private = "hidden"


def area_of(s):
    return s.area()
