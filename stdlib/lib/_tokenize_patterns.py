"""What tokens look like, as regular expressions by the names that tokenize is known for; loaded when one is asked for.

The tokenizer itself goes by patterns of its own; these are for programs that build on them: highlighters, converters.
"""
import re
from itertools import permutations, product
from token import EXACT_TOKEN_TYPES

import tokenize as _tokenizer


def group(*choices):
    """One of several patterns."""
    return f"({'|'.join(choices)})"


def any(*choices):
    """Any number of them."""
    return group(*choices) + '*'


def maybe(*choices):
    """One of them or nothing."""
    return group(*choices) + '?'


def _prefixes():
    """All prefixes of strings, in all orders and cases, the empty one too."""
    found = {''}
    for letters in ('b', 'r', 'u', 'f', 'br', 'fr'):
        for order in permutations(letters):
            found.update(''.join(case) for case in product(*[(letter, letter.upper()) for letter in order]))
    return found


def _string_ends(quote):
    """(the rest of a string in one quote, of one in three)"""
    other = rf'[^{quote}\\]*'
    single = rf'{other}(?:\\.{other})*{quote}'
    triple = rf'{other}(?:(?:\\.|{quote}(?!{quote}{quote})){other})*{quote * 3}'
    return single, triple


Whitespace = r'[ \f\t]*'
Comment = r'#[^\r\n]*'
Ignore = Whitespace + any(r'\\\r?\n' + Whitespace) + maybe(Comment)
Name = r'\w+'

Hexnumber, Binnumber, Octnumber = (rf'0[{letter}](?:_?[{digits}])+' for letter, digits in (
    ('xX', '0-9a-fA-F'), ('bB', '01'), ('oO', '0-7')))
Decnumber = r'(?:0(?:_?0)*|[1-9](?:_?[0-9])*)'
Intnumber = group(Hexnumber, Binnumber, Octnumber, Decnumber)
_digits = r'[0-9](?:_?[0-9])*'
Exponent = '[eE][-+]?' + _digits
Pointfloat = group(rf'{_digits}\.(?:{_digits})?', rf'\.{_digits}') + maybe(Exponent)
Expfloat = _digits + Exponent
Floatnumber = group(Pointfloat, Expfloat)
Imagnumber = group(_digits + '[jJ]', Floatnumber + '[jJ]')
Number = group(Imagnumber, Floatnumber, Intnumber)

_all_prefixes = _prefixes()
StringPrefix = group(*sorted(_all_prefixes, key=lambda prefix: (-len(prefix), prefix)))
(Single, Single3), (Double, Double3) = _string_ends("'"), _string_ends('"')
Triple = group(StringPrefix + "'''", StringPrefix + '"""')
_whole = [StringPrefix + quote + rf'[^\n{quote}\\]*(?:\\.[^\n{quote}\\]*)*' for quote in '\'"']
String = group(*[text + quote for text, quote in zip(_whole, '\'"')])
# A string that may go on in the next line.
ContStr = group(*[text + group(quote, r'\\\r?\n') for text, quote in zip(_whole, '\'"')])

Special = group(*map(re.escape, sorted(EXACT_TOKEN_TYPES, reverse=True)))
Funny = group(r'\r?\n', Special)
PlainToken = group(Number, Funny, String, Name)
Token = Ignore + PlainToken
PseudoExtras = group(r'\\\r?\n|\Z', Comment, Triple)
PseudoToken = Whitespace + group(PseudoExtras, Number, Funny, ContStr, Name)

# What begins a string, and how it ends then.
endpats = {prefix + quote: end for prefix in _all_prefixes for quote, end in (
    ("'", Single), ('"', Double), ("'''", Single3), ('"""', Double3))}
single_quoted = {prefix + quote for prefix in _all_prefixes for quote in '\'"'}
triple_quoted = {prefix + quote * 3 for prefix in _all_prefixes for quote in '\'"'}

NAMES = [name for name in globals() if not name.startswith('_') and not hasattr(_tokenizer, name) and name not in (
    're', 'permutations', 'product', 'EXACT_TOKEN_TYPES')]
