"""The codec mac-turkish, whose work is native."""
from encodings._native import names

globals().update(names('mac-turkish'))
