import os
import sys
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "_pkg"))
import circular_a
print(circular_a.circular_b.later())
try:
    import circular_from_a
except ImportError as e:
    print(str(e).split(" (")[0])
print("circular_from_a" in sys.modules)
