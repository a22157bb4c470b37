"""The names of what patterns consist of, for programs that take patterns apart (re._parser).

The numbers are CPython's. Gila's own matcher does not use them.
"""
import re as _re
from re import error

MAGIC = 20220615


class _NamedIntConstant(int):
    """A number that shows its name."""

    def __new__(cls, value, name):
        self = super().__new__(cls, value)
        self.name = name
        return self

    def __repr__(self):
        return self.name

    __reduce__ = None


MAXREPEAT = _NamedIntConstant(0xFFFFFFFF, 'MAXREPEAT')
MAXGROUPS = _NamedIntConstant(0x3FFFFFFF, 'MAXGROUPS')


def _named(words, prefix=''):
    """Constants of these names, numbered from 0."""
    found = [_NamedIntConstant(number, prefix + word) for number, word in enumerate(words.split())]
    globals().update({one.name: one for one in found})
    return found


OPCODES = _named('FAILURE SUCCESS ANY ANY_ALL ASSERT ASSERT_NOT AT BRANCH CATEGORY CHARSET BIGCHARSET GROUPREF '
                 'GROUPREF_EXISTS IN INFO JUMP LITERAL MARK MAX_UNTIL MIN_UNTIL NOT_LITERAL NEGATE RANGE REPEAT REPEAT_ONE SUBPATTERN '
                 'MIN_REPEAT_ONE ATOMIC_GROUP POSSESSIVE_REPEAT POSSESSIVE_REPEAT_ONE GROUPREF_IGNORE IN_IGNORE '
                 'LITERAL_IGNORE NOT_LITERAL_IGNORE GROUPREF_LOC_IGNORE IN_LOC_IGNORE LITERAL_LOC_IGNORE '
                 'NOT_LITERAL_LOC_IGNORE GROUPREF_UNI_IGNORE IN_UNI_IGNORE LITERAL_UNI_IGNORE NOT_LITERAL_UNI_IGNORE '
                 'RANGE_UNI_IGNORE MIN_REPEAT MAX_REPEAT')
del OPCODES[-2:]  # only the parser knows those
ATCODES = _named('BEGINNING BEGINNING_LINE BEGINNING_STRING BOUNDARY NON_BOUNDARY END END_LINE END_STRING LOC_BOUNDARY '
                 'LOC_NON_BOUNDARY UNI_BOUNDARY UNI_NON_BOUNDARY', 'AT_')
CHCODES = _named('DIGIT NOT_DIGIT SPACE NOT_SPACE WORD NOT_WORD LINEBREAK NOT_LINEBREAK LOC_WORD LOC_NOT_WORD UNI_DIGIT '
                 'UNI_NOT_DIGIT UNI_SPACE UNI_NOT_SPACE UNI_WORD UNI_NOT_WORD UNI_LINEBREAK UNI_NOT_LINEBREAK',
                 'CATEGORY_')

SRE_FLAG_TEMPLATE = 1
SRE_FLAG_IGNORECASE, SRE_FLAG_LOCALE, SRE_FLAG_MULTILINE, SRE_FLAG_DOTALL, SRE_FLAG_UNICODE = (
    int(flag) for flag in (_re.I, _re.L, _re.M, _re.S, _re.U))
SRE_FLAG_VERBOSE, SRE_FLAG_DEBUG, SRE_FLAG_ASCII = (int(flag) for flag in (_re.X, _re.DEBUG, _re.A))
