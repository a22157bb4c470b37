"""Patterns taken apart: parse(pattern) gives a tree of what it consists of, in the form that CPython's parser has.

It is for programs that look into patterns (generators of examples, lexers that want widths); Gila itself compiles patterns
natively. Whether a pattern is right is left to that: parse() compiles it first, so that every error is the same, and what
is read here afterwards is known to be a valid pattern.
"""
import re
import unicodedata

from re._constants import *
from re._constants import _NamedIntConstant  # not public, but programs ask for its type

FLAGS = {'i': SRE_FLAG_IGNORECASE, 'L': SRE_FLAG_LOCALE, 'm': SRE_FLAG_MULTILINE, 's': SRE_FLAG_DOTALL,
         'x': SRE_FLAG_VERBOSE, 'a': SRE_FLAG_ASCII, 't': SRE_FLAG_TEMPLATE, 'u': SRE_FLAG_UNICODE}
_CHARACTERS = {'a': 7, 'b': 8, 'f': 12, 'n': 10, 'r': 13, 't': 9, 'v': 11, '\\': 92}
_CLASSES = {'d': CATEGORY_DIGIT, 'D': CATEGORY_NOT_DIGIT, 's': CATEGORY_SPACE, 'S': CATEGORY_NOT_SPACE,
            'w': CATEGORY_WORD, 'W': CATEGORY_NOT_WORD}
_PLACES = {'A': AT_BEGINNING_STRING, 'b': AT_BOUNDARY, 'B': AT_NON_BOUNDARY, 'Z': AT_END_STRING}
_HEX_DIGITS = {'x': 2, 'u': 4, 'U': 8}
_OF_ONE_CHARACTER = frozenset({ANY, RANGE, IN, LITERAL, NOT_LITERAL, CATEGORY})
_REPEATS = frozenset({MIN_REPEAT, MAX_REPEAT, POSSESSIVE_REPEAT})
_BLANKS = ' \t\n\r\v\f'


class State:
    """What holds for a whole pattern: its flags and its groups."""

    def __init__(self):
        self.flags = 0
        self.groupdict = {}
        self.groupwidths = [None]  # by number; None while the group is open
        self.str = None

    @property
    def groups(self):
        return len(self.groupwidths)

    def opengroup(self, name=None):
        """The number of a group that begins."""
        number = self.groups
        self.groupwidths.append(None)
        if name is not None:
            self.groupdict[name] = number
        return number

    def closegroup(self, gid, p):
        self.groupwidths[gid] = p.getwidth()

    def checkgroup(self, gid):
        return gid < self.groups and self.groupwidths[gid] is not None


class SubPattern:
    """A part of a pattern: a sequence of (what, its details)."""

    def __init__(self, state, data=None):
        self.state = state
        self.data = [] if data is None else data
        self.width = None

    def __repr__(self):
        return repr(self.data)

    def __len__(self):
        return len(self.data)

    def __delitem__(self, index):
        del self.data[index]

    def __getitem__(self, index):
        found = self.data[index]
        return SubPattern(self.state, found) if isinstance(index, slice) else found

    def __setitem__(self, index, code):
        self.data[index] = code

    def insert(self, index, code):
        self.data.insert(index, code)

    def append(self, code):
        self.data.append(code)

    def getwidth(self):
        """(the least, the greatest number of characters that it matches)"""
        if self.width is None:
            lowest = highest = 0
            for what, details in self.data:
                if what is SUCCESS:
                    break
                low, high = self._width_of(what, details)
                lowest += low
                highest += high
            self.width = min(lowest, MAXREPEAT - 1), min(highest, MAXREPEAT)
        return self.width

    def _width_of(self, what, details):
        if what in _OF_ONE_CHARACTER:
            return 1, 1
        if what is BRANCH:
            widths = [part.getwidth() for part in details[1]]
            return min(low for low, _ in widths), max(high for _, high in widths)
        if what in _REPEATS:
            low, high = details[2].getwidth()
            return low * details[0], high * details[1]
        if what is SUBPATTERN:
            return details[-1].getwidth()
        if what is ATOMIC_GROUP:
            return details.getwidth()
        if what is GROUPREF:
            return self.state.groupwidths[details] or (0, MAXREPEAT)
        if what is GROUPREF_EXISTS:
            low, high = details[1].getwidth()
            if not details[2]:
                return 0, high
            other_low, other_high = details[2].getwidth()
            return min(low, other_low), max(high, other_high)
        return 0, 0

    def dump(self, level=0):
        """Print it, a line for each thing."""
        for what, details in self.data:
            self._dump_one(level, what, details)

    def _dump_one(self, level, what, details):
        space = '  ' * level
        if what is IN:
            print(f'{space}{what}')
            for kind, value in details:
                print(f'{space}  {kind} {value}')
        elif what is BRANCH:
            print(f'{space}{what}')
            for number, part in enumerate(details[1]):
                if number:
                    print(f'{space}OR')
                part.dump(level + 1)
        elif what is GROUPREF_EXISTS:
            print(f'{space}{what} {details[0]}')
            details[1].dump(level + 1)
            if details[2]:
                print(f'{space}ELSE')
                details[2].dump(level + 1)
        elif isinstance(details, tuple):
            words = ' '.join(str(one) for one in details if not isinstance(one, SubPattern))
            print(f'{space}{what} {words}')
            for one in details:
                if isinstance(one, SubPattern):
                    one.dump(level + 1)
        else:
            print(f'{space}{what} {details}')


class _Reader:
    """Reads a valid pattern from left to right; `text` has the bytes of a pattern of bytes as characters."""

    def __init__(self, text, state):
        self.text, self.place, self.state = text, 0, state

    def peek(self, size=1):
        return self.text[self.place:self.place + size]

    def take(self, size=1):
        found = self.peek(size)
        self.place += len(found)
        return found

    def follows(self, text):
        """Pass over a text if it comes next."""
        if not self.text.startswith(text, self.place):
            return False
        self.place += len(text)
        return True

    def until(self, end):
        """What comes before a text, which is passed over too."""
        begin, self.place = self.place, self.text.index(end, self.place)
        found = self.text[begin:self.place]
        self.place += len(end)
        return found

    def digits(self, most, kind='0123456789'):
        begin = self.place
        while self.place < len(self.text) and self.place - begin < most and self.text[self.place] in kind:
            self.place += 1
        return self.text[begin:self.place]

    # --- alternatives and sequences ---

    def alternatives(self, verbose):
        parts = [self.sequence(verbose)]
        while self.follows('|'):
            parts.append(self.sequence(verbose))
        if len(parts) == 1:
            return parts[0]
        return self._joined(parts)

    def _joined(self, parts):
        """A branch. What all parts begin with stands before it, and a choice of characters is a set."""
        found = SubPattern(self.state)
        while all(parts) and all(part[0] == parts[0][0] for part in parts):
            found.append(parts[0][0])
            for part in parts:
                del part[0]
        members = []
        for part in parts:
            if len(part) == 1 and part[0][0] is LITERAL:
                members.append(part[0])
            elif len(part) == 1 and part[0][0] is IN and part[0][1][0][0] is not NEGATE:
                members += part[0][1]
            else:
                found.append((BRANCH, (None, parts)))
                return found
        found.append((IN, list(dict.fromkeys(members))))
        return found

    def sequence(self, verbose):
        found = SubPattern(self.state)
        while self.peek() not in ('', '|', ')'):
            char = self.take()
            if verbose and char in _BLANKS:
                continue
            if verbose and char == '#':
                end = self.text.find('\n', self.place)
                self.place = len(self.text) if end < 0 else end + 1
                continue
            if char in '*+?' or char == '{' and (bounds := self.bounds()):
                self.repeat(found, {'*': (0, MAXREPEAT), '+': (1, MAXREPEAT), '?': (0, 1)}.get(char) or bounds)
            elif char == '(':
                self.parenthesis(found, verbose)
            else:
                found.append(self.single(char))
        for index in reversed(range(len(found))):
            inner = self._plain_group(found[index])
            if inner is not None:
                found.data[index:index + 1] = inner.data
        return found

    def _plain_group(self, code):
        """What is in a group that changes nothing, or None."""
        if code[0] is SUBPATTERN:
            number, added, removed, inner = code[1]
            if number is None and not added and not removed:
                return inner
        return None

    def single(self, char):
        if char == '.':
            return ANY, None
        if char == '^':
            return AT, AT_BEGINNING
        if char == '$':
            return AT, AT_END
        if char == '[':
            return self.set()
        if char == '\\':
            return self.escape()
        return LITERAL, ord(char)

    # --- repetitions ---

    def bounds(self):
        """(least, most) behind an opening brace, or None when it is just a character."""
        begin = self.place
        if self.peek() != '}':
            low = high = self.digits(len(self.text))
            if self.follows(','):
                high = self.digits(len(self.text))
            elif not low:
                high = None
            if high is not None and self.follows('}'):
                return int(low or 0), int(high) if high else MAXREPEAT
        self.place = begin
        return None

    def repeat(self, found, bounds):
        item = found[-1:]
        inner = self._plain_group(item[0])
        if inner is not None:
            item = inner
        kind = MIN_REPEAT if self.follows('?') else POSSESSIVE_REPEAT if self.follows('+') else MAX_REPEAT
        found[-1] = kind, (*bounds, item)

    # --- groups ---

    def parenthesis(self, found, verbose):
        if not self.follows('?'):
            return self.group(found, verbose)
        if self.follows('P<'):
            return self.group(found, verbose, name=self.until('>'))
        if self.follows('P='):
            found.append((GROUPREF, self.state.groupdict[self.until(')')]))
        elif self.follows('#'):
            self.until(')')
        elif self.follows('('):
            self.condition(found, verbose)
        elif self.follows('>'):
            found.append((ATOMIC_GROUP, self.inside(verbose)))
        elif self.peek() in '=!<':
            self.assertion(found, verbose)
        else:
            self.flags(found, verbose)

    def inside(self, verbose):
        """What is there up to the closing parenthesis."""
        found = self.alternatives(verbose)
        self.follows(')')
        return found

    def group(self, found, verbose, name=None):
        number = self.state.opengroup(name)
        inner = self.inside(verbose)
        self.state.closegroup(number, inner)
        found.append((SUBPATTERN, (number, 0, 0, inner)))

    def assertion(self, found, verbose):
        direction = -1 if self.follows('<') else 1
        wanted = self.take() == '='
        inner = self.inside(verbose)
        found.append((ASSERT if wanted else ASSERT_NOT, (direction, inner)))

    def condition(self, found, verbose):
        name = self.until(')')
        number = self.state.groupdict.get(name) or int(name)
        yes, no = self.sequence(verbose), None
        if self.follows('|'):
            no = self.sequence(verbose)
        self.follows(')')
        found.append((GROUPREF_EXISTS, (number, yes, no)))

    def flags(self, found, verbose):
        added = removed = 0
        while self.peek() not in ':)-':
            added |= FLAGS[self.take()]
        if self.follows('-'):
            while self.peek() != ':':
                removed |= FLAGS[self.take()]
        if self.follows(')'):
            return  # they hold for the whole pattern, and are known
        self.follows(':')
        verbose = (verbose or bool(added & SRE_FLAG_VERBOSE)) and not removed & SRE_FLAG_VERBOSE
        found.append((SUBPATTERN, (None, added, removed, self.inside(verbose))))

    # --- characters ---

    def set(self):
        negative = self.follows('^')
        members = []
        while not members or self.peek() != ']':
            first = self.member()
            if self.peek() != '-' or self.peek(2) == '-]':
                members.append(first)
                continue
            self.take()
            members.append((RANGE, (first[1], self.member()[1])))
        self.take()
        members = list(dict.fromkeys(members))
        if len(members) == 1 and members[0][0] is LITERAL:
            return (NOT_LITERAL if negative else LITERAL), members[0][1]
        return IN, [(NEGATE, None), *members] if negative else members

    def member(self):
        char = self.take()
        if char != '\\':
            return LITERAL, ord(char)
        kind = self.peek()
        if kind in _CLASSES:
            return CATEGORY, _CLASSES[self.take()]
        if kind in '01234567':
            return LITERAL, int(self.digits(3, '01234567'), 8)
        return LITERAL, self.character()

    def escape(self):
        kind = self.peek()
        if kind in _CLASSES:
            return IN, [(CATEGORY, _CLASSES[self.take()])]
        if kind in _PLACES:
            return AT, _PLACES[self.take()]
        if kind == '0':
            return LITERAL, int(self.digits(3, '01234567'), 8)
        if kind.isdigit():
            number = self.peek(3)
            if len(number) == 3 and not number.strip('01234567'):
                return LITERAL, int(self.take(3), 8)
            return GROUPREF, int(self.digits(2))
        return LITERAL, self.character()

    def character(self):
        """The code point of the character that an escape stands for."""
        kind = self.take()
        if kind in _HEX_DIGITS:
            return int(self.take(_HEX_DIGITS[kind]), 16)
        if kind == 'N':
            self.follows('{')
            return ord(unicodedata.lookup(self.until('}')))
        return _CHARACTERS.get(kind, ord(kind))


def parse(str, flags=0, state=None):
    """The tree of a pattern. `re.error` for what is none."""
    import warnings
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')  # whoever compiles the pattern is warned
        compiled = re.compile(str, int(flags) & ~SRE_FLAG_DEBUG)
    if state is None:
        state = State()
    state.flags, state.str = flags | compiled.flags, str
    text = str.decode('latin-1') if isinstance(str, (bytes, bytearray)) else str
    found = _Reader(text, state).alternatives(bool(compiled.flags & SRE_FLAG_VERBOSE))
    if flags & SRE_FLAG_DEBUG:
        found.dump()
    return found
