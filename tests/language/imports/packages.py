import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "_pkg"))
import shapes
print(shapes.__name__, shapes.__doc__, shapes.version, shapes.__package__, os.path.basename(shapes.__file__), shapes.__path__ == [os.path.dirname(shapes.__file__)])
import shapes.square
from shapes.square import Square as S
from shapes import square
print(square is shapes.square, S(3).area(), shapes.area_of(S(4)), S.__module__, "shapes.base" in sys.modules)
import shapes.deep.leaf as leaf
print(leaf.where, leaf.version, leaf.sibling.value, leaf.Square is S)
from shapes import *
print("Shape" in dir(), "area_of" in dir(), "version" in dir(), "_private" in dir())
import namespace_only.part
print(namespace_only.part.value)
print(repr(shapes).startswith("<module 'shapes' from '"), type(shapes).__name__, shapes.__spec__.name)
