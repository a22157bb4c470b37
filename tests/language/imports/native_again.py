# A native module that a program imports anew is a new module with the same types in it; blocking the native half of
# datetime leaves datetime whole.
import importlib
import sys

import datetime
import math

day = datetime.date(2024, 2, 29)
old = math
del sys.modules['math']
import math
print(math is old, math.pi == old.pi, math.floor(2.5))

native = sys.modules.pop('_datetime', None)
sys.modules.pop('datetime')
sys.modules['_datetime'] = None
again = importlib.import_module('datetime')
print(again is datetime, again.date(2024, 2, 29).isoformat(), again.timedelta(days=1) * 3)
del sys.modules['_datetime'], sys.modules['datetime']
third = importlib.import_module('datetime')
print(third is datetime, isinstance(day, third.date), day + third.timedelta(1))
