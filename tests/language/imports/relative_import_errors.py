import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "_pkg"))
for source in ("from . import x", "from .x import y", "from .. import z"):
    try:
        exec(source)
    except ImportError as e:
        print(source, "->", e)
ns = {"__name__": "shapes.deep.leaf", "__package__": "shapes.deep"}
import shapes.deep
exec("from . import sibling; print(sibling.value)", ns)
exec("from ..base import Shape; print(Shape.__name__)", ns)
try:
    exec("from .... import x", ns)
except ImportError as e:
    print(e)
