"""Printing of nested data on lines of limited width.

Here are the functions, the printer with its options, and the text of an object on one line. How objects are laid out on
several lines is in _pprint_layout.
"""
import io
import sys

from _pprint_layout import Layout, items_in_order, recursion

__all__ = ['pprint', 'pformat', 'isreadable', 'isrecursive', 'saferepr', 'PrettyPrinter', 'pp']


class PrettyPrinter:
    """Prints objects so that each line is at most width long, if that can be.

    indent      added for each level of nesting
    width       the most characters of a line
    depth       the most levels of nesting; deeper ones are '...'
    stream      where to (default: sys.stdout)
    compact     several items on a line?
    sort_dicts  dicts by their keys, or in their order?
    underscore_numbers  underscores between groups of digits?
    """

    def __init__(self, indent=1, width=80, depth=None, stream=None, *,
                 compact=False, sort_dicts=True, underscore_numbers=False):
        self._indent_per_level, self._width, self._depth = int(indent), int(width), depth
        for wrong, complaint in ((self._indent_per_level < 0, 'indent must be >= 0'),
                                 (depth is not None and depth <= 0, 'depth must be > 0'),
                                 (self._width == 0, 'width must be != 0')):
            if wrong:
                raise ValueError(complaint)
        self._stream = sys.stdout if stream is None else stream
        self._compact, self._sort_dicts, self._underscore_numbers = bool(compact), sort_dicts, underscore_numbers

    def pprint(self, object):
        """Prints an object."""
        # Without a console there may be no stdout.
        if self._stream is not None:
            Layout(self, self._stream.write).put(object, 0, 0, 0)
            self._stream.write('\n')

    def pformat(self, object):
        """The text that pprint() prints."""
        pieces = io.StringIO()
        Layout(self, pieces.write).put(object, 0, 0, 0)
        return pieces.getvalue()

    def isreadable(self, object):
        """Would eval() make the object of its text?"""
        _, readable, recursive = self.format(object, {}, 0, 0)
        return readable and not recursive

    def isrecursive(self, object):
        """Does the object hold itself?"""
        return self.format(object, {}, 0, 0)[2]

    # --- on one line ---

    def format(self, object, context, maxlevels, level):
        """(text, readable?, recursive?) of an object; subclasses may know better."""
        kind = type(object)
        shown = getattr(kind, '__repr__', None)
        if shown is int.__repr__ and issubclass(kind, int):
            return f'{object:_d}' if self._underscore_numbers else repr(object), True, False
        if shown is dict.__repr__ and issubclass(kind, dict):
            items = items_in_order(object) if self._sort_dicts else object.items()
            return self.__container(object, '{%s}', items, context, maxlevels, level)
        if shown is list.__repr__ and issubclass(kind, list):
            return self.__container(object, '[%s]', object, context, maxlevels, level)
        if shown is tuple.__repr__ and issubclass(kind, tuple):
            frame = '(%s,)' if len(object) == 1 else '(%s)'
            return self.__container(object, frame, object, context, maxlevels, level)
        text = repr(object)
        return text, kind in _SCALARS or bool(text) and text[0] != '<', False

    def __container(self, obj, frame, items, context, maxlevels, level):
        if not obj:
            return frame % '', True, False
        again = id(obj) in context
        if maxlevels and level >= maxlevels:
            return frame % '...', False, again
        if again:
            return recursion(obj), False, True
        context[id(obj)] = 1
        texts, readable, recursive = [], True, False
        for item in items:
            parts = []
            # The items of a dict are pairs.
            for part in item if frame == '{%s}' else (item,):
                text, is_readable, is_recursive = self.format(part, context, maxlevels, level + 1)
                parts.append(text)
                readable, recursive = readable and is_readable, recursive or is_recursive
            texts.append(': '.join(parts))
        del context[id(obj)]
        return frame % ', '.join(texts), readable, recursive


# What is readable however it looks.
_SCALARS = frozenset({type(None), bool, float, complex, str, bytes, bytearray})


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    """Prints an object on a stream (default: sys.stdout)."""
    PrettyPrinter(indent, width, depth, stream, compact=compact, sort_dicts=sort_dicts,
                  underscore_numbers=underscore_numbers).pprint(object)


def pp(object, *args, sort_dicts=False, **kwargs):
    """pprint() that leaves dicts in their order."""
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    """The text that pprint() prints."""
    return PrettyPrinter(indent, width, depth, compact=compact, sort_dicts=sort_dicts,
                         underscore_numbers=underscore_numbers).pformat(object)


def saferepr(object):
    """The repr of an object, with a mark where it holds itself."""
    return PrettyPrinter().format(object, {}, None, 0)[0]


def isreadable(object):
    """Would eval() make the object of its text?"""
    return PrettyPrinter().format(object, {}, None, 0)[1]


def isrecursive(object):
    """Does the object hold itself?"""
    return PrettyPrinter().format(object, {}, None, 0)[2]
