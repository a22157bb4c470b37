"""The tables of RFC 3454, which say how text is prepared for comparing (names of hosts and of users).

The RFC is about Unicode 3.2: what was not assigned then counts as not assigned, as far as can be told from the character.
"""
import unicodedata

_NOTHING = (frozenset([0xad, 0x34f, 0x1806, 0x200b, 0x200c, 0x200d, 0x2060, 0xfeff, 0x180b, 0x180c, 0x180d])
            | frozenset(range(0xfe00, 0xfe10)))
_CONTROLS = frozenset([0x6dd, 0x70f, 0x180e, 0x200c, 0x200d, 0x2028, 0x2029, 0x2060, 0x2061, 0x2062, 0x2063, 0xfeff,
                       *range(0x206a, 0x2070), *range(0xfff9, 0xfffd), *range(0x1d173, 0x1d17b)])


def in_table_a1(code):
    """Not assigned."""
    if unicodedata.category(code) != 'Cn':
        return False
    number = ord(code)
    return not (0xfdd0 <= number < 0xfdf0) and number & 0xffff not in (0xfffe, 0xffff)


def in_table_b1(code):
    """Mapped to nothing."""
    return ord(code) in _NOTHING


def map_table_b3(code):
    """In lower case, for comparing without normalization."""
    return code.casefold() if ord(code) >= 0x80 or code.isupper() else code


def map_table_b2(a):
    """In lower case, for comparing after NFKC."""
    folded = map_table_b3(a)
    normal = unicodedata.normalize('NFKC', folded)
    again = unicodedata.normalize('NFKC', ''.join(map(map_table_b3, normal)))
    return again if normal != again else folded


def in_table_c11(code):
    """The space."""
    return code == ' '


def in_table_c12(code):
    """Other spaces."""
    return unicodedata.category(code) == 'Zs' and code != ' '


def in_table_c11_c12(code):
    return unicodedata.category(code) == 'Zs'


def in_table_c21(code):
    """Control characters of ASCII."""
    return ord(code) < 128 and unicodedata.category(code) == 'Cc'


def in_table_c22(code):
    """Other control characters."""
    number = ord(code)
    return number >= 128 and (unicodedata.category(code) == 'Cc' or number in _CONTROLS)


def in_table_c21_c22(code):
    return unicodedata.category(code) == 'Cc' or ord(code) in _CONTROLS


def in_table_c3(code):
    """Private use."""
    return unicodedata.category(code) == 'Co'


def in_table_c4(code):
    """No characters."""
    number = ord(code)
    return 0xfdd0 <= number < 0xfdf0 or number & 0xffff in (0xfffe, 0xffff)


def in_table_c5(code):
    """Surrogates."""
    return unicodedata.category(code) == 'Cs'


def in_table_c6(code):
    """Not for plain text."""
    return 0xfff9 <= ord(code) <= 0xfffd


def in_table_c7(code):
    """Descriptions of ideographs."""
    return 0x2ff0 <= ord(code) <= 0x2ffb


def in_table_c8(code):
    """What changes how text is shown, and what is deprecated."""
    number = ord(code)
    return number in (0x340, 0x341, 0x200e, 0x200f) or 0x202a <= number <= 0x202e or 0x206a <= number <= 0x206f


def in_table_c9(code):
    """Tags."""
    return ord(code) == 0xe0001 or 0xe0020 <= ord(code) <= 0xe007f


def in_table_d1(code):
    """Letters from right to left."""
    return unicodedata.bidirectional(code) in ('R', 'AL')


def in_table_d2(code):
    """Letters from left to right."""
    return unicodedata.bidirectional(code) == 'L'
