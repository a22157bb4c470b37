"""The compiler of patterns by the name that CPython has for it. Gila's is native."""
import re

from re._constants import *
from re import _parser


def isstring(obj):
    """Is it text or bytes?"""
    return isinstance(obj, (str, bytes))


def compile(p, flags=0):
    """The compiled form of a pattern, or of what _parser.parse() has made of one."""
    if isstring(p):
        return re.compile(p, flags)
    return re.compile(p.state.str, p.state.flags & ~SRE_FLAG_DEBUG)
