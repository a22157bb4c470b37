"""What all policies have, and the policy of the old world, compat32.

A policy is a set of settings that never change: clone() makes one with others. The parser, the messages and the
generators ask it how headers are read, kept, given out and folded.
"""
import abc

from email import charset as _charset, header
from email.utils import _has_surrogates

__all__ = ['Policy', 'Compat32', 'compat32']


def split_source(lines):
    """Name and value of a header, of the lines that a parser read: (name, value)."""
    name, _, first = lines[0].partition(':')
    return name, ''.join([first.lstrip(' \t'), *lines[1:]]).rstrip('\r\n')


class _PolicyBase:
    """Attributes that are set once. They are those of the class; keywords of the constructor override them."""

    def __init__(self, **kw):
        self._change(kw)

    def _change(self, settings):
        for name in settings:
            if not hasattr(self, name):
                raise TypeError(f'{name!r} is an invalid keyword argument for {type(self).__name__}')
            object.__setattr__(self, name, settings[name])

    def __repr__(self):
        changed = [f'{name}={value!r}' for name, value in vars(self).items()]
        return f"{type(self).__name__}({', '.join(changed)})"

    def clone(self, **kw):
        """The same policy with some attributes changed."""
        twin = object.__new__(type(self))
        twin.__dict__.update(vars(self))
        twin._change(kw)
        return twin

    def __setattr__(self, name, value):
        problem = '{!r} object attribute {!r} is read-only' if hasattr(self, name) else '{!r} object has no attribute {!r}'
        raise AttributeError(problem.format(self.__class__.__name__, name))

    def __add__(self, other):
        """This policy with what the other one changes."""
        return self.clone(**other.__dict__)


class Policy(_PolicyBase, metaclass=abc.ABCMeta):
    """The settings, and what is asked of every policy.

    raise_on_defect   whether defects are raised and not noted
    linesep           what ends a line in the output
    cte_type          '7bit', or '8bit': bodies may have bytes that are not ASCII
    max_line_length   how long lines may become; None or 0: no limit
    mangle_from_      whether generators put '>' before lines that begin with 'From '
    verify_generated_headers   whether generators refuse headers that would not be read as one again
    message_factory   makes the messages of a parser; None: the usual class
    """

    raise_on_defect = False
    linesep = '\n'
    cte_type = '8bit'
    max_line_length = 78
    mangle_from_ = False
    message_factory = None
    verify_generated_headers = True

    def handle_defect(self, obj, defect):
        """Note a defect of a message, or raise it."""
        if self.raise_on_defect:
            raise defect
        self.register_defect(obj, defect)

    def register_defect(self, obj, defect):
        """Note a defect."""
        obj.defects.append(defect)

    def header_max_count(self, name):
        """How often a header may occur; None: as often as one likes."""
        return None

    @abc.abstractmethod
    def header_source_parse(self, sourcelines):
        """(name, value) as they are kept, of the lines that a parser read."""
        raise NotImplementedError

    @abc.abstractmethod
    def header_store_parse(self, name, value):
        """(name, value) as they are kept, of what a program sets."""
        raise NotImplementedError

    @abc.abstractmethod
    def header_fetch_parse(self, name, value):
        """The value that a program gets, of what is kept."""
        raise NotImplementedError

    @abc.abstractmethod
    def fold(self, name, value):
        """The lines of a header, as a string with line ends."""
        raise NotImplementedError

    @abc.abstractmethod
    def fold_binary(self, name, value):
        """The lines of a header, as bytes."""
        raise NotImplementedError


class Compat32(Policy):
    """The behaviour of the email package of Python 3.2: headers are strings, or Header objects."""

    mangle_from_ = True

    def header_source_parse(self, sourcelines):
        return split_source(sourcelines)

    def header_store_parse(self, name, value):
        return name, value

    def header_fetch_parse(self, name, value):
        """The value; one with bytes that are no text comes as a Header that knows about them."""
        if isinstance(value, str) and _has_surrogates(value):
            return header.Header(value, charset=_charset.UNKNOWN8BIT, header_name=name)
        return value

    def fold(self, name, value):
        return self._fold(name, value, sanitize=True)

    def fold_binary(self, name, value):
        return self._fold(name, value, sanitize=self.cte_type == '7bit').encode('ascii', 'surrogateescape')

    def _fold(self, name, value, sanitize):
        if isinstance(value, str):
            if not _has_surrogates(value):
                value = header.Header(value, header_name=name)
            elif sanitize:
                value = self.header_fetch_parse(name, value)
            else:
                # What came in as bytes goes out as the same bytes.
                return f'{name}: {value}{self.linesep}'
        limit = 0 if self.max_line_length is None else self.max_line_length
        return f'{name}: {value.encode(linesep=self.linesep, maxlinelen=limit)}{self.linesep}'


compat32 = Compat32()
