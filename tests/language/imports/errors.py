import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "_pkg"))
for source in ("import no_such_module", "import shapes.nothing", "from shapes import nothing", "import os.nothing", "from os import nothing", "import no_such.sub", "import with_getattr.sub", "from with_getattr import lazy; print(lazy)", "from with_getattr import zz", "import raises", "import broken_syntax", "from math import sinus", "import sys.path", "from no_such import *", "__import__('')", "__import__(5)"):
    try:
        exec(source)
    except (ImportError, ValueError, SyntaxError, TypeError) as e:
        text = str(e).replace(os.path.dirname(os.path.abspath(__file__)), "HERE")
        print(source, "->", type(e).__name__, text.split(" (/")[0].removesuffix(" (unknown location)"), getattr(e, "name", None))
print("raises" in sys.modules, "broken_syntax" in sys.modules)
try:
    import raises
except ValueError as e:
    print("again", e)
sys.modules["blocked"] = None
try:
    import blocked
except ImportError as e:
    print(type(e).__name__, e)
# A separator makes no module of a file in a folder of the path.
try:
    __import__("shapes/square")
except ImportError as e:
    print(type(e).__name__, e)
