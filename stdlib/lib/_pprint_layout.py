"""Objects laid out on lines, for the module pprint.

There is a way of writing for each kind of object whose __repr__ is known; all others stay on their line, however long it is.
A place is a column, the number of characters that must still fit behind the object on its last line ("after"), and a level of
nesting.
"""
import collections
import re
import sys
import types

_WORD = re.compile(r'\S+\s*|\s+')

# __repr__: the way of writing what has it.
_ways = {}


def _writes(*kinds):
    def note(way):
        _ways.update((kind.__repr__, way) for kind in kinds)
        return way
    return note


class _AnyOrder:
    """Makes anything sortable: what cannot be compared goes by the names of the types, and then by addresses."""

    __slots__ = ('value', 'rank')

    def __init__(self, value):
        self.value, self.rank = value, (str(type(value)), id(value))

    def __lt__(self, other):
        try:
            return self.value < other.value
        except TypeError:
            return self.rank < other.rank


def in_order(values):
    """The values sorted, whatever they are."""
    return sorted(values, key=_AnyOrder)


def items_in_order(mapping):
    """The items of a mapping sorted."""
    return sorted(mapping.items(), key=lambda item: (_AnyOrder(item[0]), _AnyOrder(item[1])))


def recursion(obj):
    """What is shown of an object within itself."""
    return f'<Recursion on {type(obj).__name__} with id={id(obj)}>'


class Layout:
    """An object on its way to a stream."""

    def __init__(self, printer, write):
        self.printer, self.write = printer, write
        # The containers that are being written, by their ids.
        self.inside = {}

    def on_line(self, obj, level):
        """The text of an object on one line."""
        return self.printer.format(obj, {**self.inside}, self.printer._depth, level)[0]

    def put(self, obj, column, after, level):
        """Writes an object: on the line if it fits there, else in the way of its kind."""
        if id(obj) in self.inside:
            self.write(recursion(obj))
            return
        text = self.on_line(obj, level)
        way = None
        if column + len(text) + after > self.printer._width:
            way = _ways.get(type(obj).__repr__) or _dataclass_way(obj)
        if way is None:
            self.write(text)
            return
        self.inside[id(obj)] = 1
        way(self, obj, column, after, level + 1)
        del self.inside[id(obj)]

    def open(self, text, column):
        """Writes the beginning of an object; the column behind it."""
        self.write(text)
        return column + len(text)

    def indented(self, column):
        """The column of what is in brackets that end at a column; the first line is moved there."""
        step = self.printer._indent_per_level
        self.write(' ' * (step - 1))
        return column + step

    def lines(self, things, column, after):
        """Each thing, with what must fit behind it. A new line begins before all but the first."""
        things = [*things]
        for left, thing in zip(range(len(things) - 1, -1, -1), things):
            yield thing, 1 if left else after
            if left:
                self.write(',\n' + ' ' * column)

    def put_items(self, items, column, after, level):
        """The items of a sequence or set."""
        column = self.indented(column)
        if self.printer._compact:
            self._put_compact([*items], column, after, level)
            return
        for item, behind in self.lines(items, column, after):
            self.put(item, column, behind, level)

    def _put_compact(self, items, column, after, level):
        """As many items on a line as fit."""
        whole = left = self.printer._width - column + 1
        before, new_line = '', ',\n' + ' ' * column
        for number, item in enumerate(items, 1):
            last = number == len(items)
            if last:
                whole, left = whole - after, left - after
            text = self.on_line(item, level)
            # With a comma and a space.
            size = len(text) + 2
            if size > left:
                left, before = whole, before and new_line
            self.write(before)
            if size <= left:
                self.write(text)
                left, before = left - size, ', '
            else:
                self.put(item, column, after if last else 1, level)
                before = new_line

    def put_pairs(self, pairs, column, after, level):
        """The items of a dict."""
        for (key, value), behind in self.lines(pairs, column, after):
            inner = self.open(self.on_line(key, level) + ': ', column)
            self.put(value, inner, behind, level)

    def put_fields(self, fields, column, after, level):
        """name=value, as constructors have it."""
        for (name, value), behind in self.lines(fields, column, after):
            inner = self.open(f'{name}=', column)
            if id(value) in self.inside:
                # repr() shows it so.
                self.write('...')
            else:
                self.put(value, inner, behind, level)

    def put_pieces(self, pieces, column):
        """Literals one below the other."""
        self.write(('\n' + ' ' * column).join(pieces))


# --- containers ---

@_writes(dict)
def _dict(layout, obj, column, after, level):
    layout.write('{')
    column = layout.indented(column)
    items = items_in_order(obj) if layout.printer._sort_dicts else obj.items()
    layout.put_pairs(items, column, after + 1, level)
    layout.write('}')


def _unless_empty(way):
    """Empty objects have nothing to lay out."""
    def write(layout, obj, *place):
        if len(obj):
            way(layout, obj, *place)
        else:
            layout.write(repr(obj))
    return write


@_writes(collections.OrderedDict)
@_unless_empty
def _ordered_dict(layout, obj, column, after, level):
    inner = layout.open(f'{type(obj).__name__}(', column)
    layout.put([*obj.items()], inner, after + 1, level)
    layout.write(')')


@_writes(collections.defaultdict)
@_unless_empty
def _default_dict(layout, obj, column, after, level):
    inner = column + len(type(obj).__name__) + 1
    factory = layout.on_line(obj.default_factory, level)
    layout.write(f"{type(obj).__name__}({factory},\n{' ' * inner}")
    _dict(layout, obj, inner, after + 1, level)
    layout.write(')')


@_writes(collections.Counter)
@_unless_empty
def _counter(layout, obj, column, after, level):
    # The brace is not counted: that is where the lines begin in CPython.
    layout.write(f'{type(obj).__name__}({{')
    inner = layout.indented(column + len(type(obj).__name__) + 1)
    layout.put_pairs(obj.most_common(), inner, after + 2, level)
    layout.write('})')


@_writes(collections.ChainMap)
def _chain_map(layout, obj, column, after, level):
    inner = layout.open(f'{type(obj).__name__}(', column)
    for mapping, behind in layout.lines(obj.maps, inner, after + 1):
        layout.put(mapping, inner, behind, level)
    layout.write(')')


@_writes(list)
def _list(layout, obj, column, after, level):
    layout.write('[')
    layout.put_items(obj, column, after + 1, level)
    layout.write(']')


@_writes(tuple)
def _tuple(layout, obj, column, after, level):
    end = ')' if len(obj) != 1 else ',)'
    layout.write('(')
    layout.put_items(obj, column, after + len(end), level)
    layout.write(end)


@_writes(set, frozenset)
@_unless_empty
def _set(layout, obj, column, after, level):
    plain = type(obj) is set
    start, end = ('{', '}') if plain else (f'{type(obj).__name__}({{', '})')
    layout.write(start)
    layout.put_items(in_order(obj), column + len(start) - 1, after + len(end), level)
    layout.write(end)


@_writes(collections.deque)
@_unless_empty
def _deque(layout, obj, column, after, level):
    inner = layout.open(f'{type(obj).__name__}(', column)
    layout.write('[')
    if obj.maxlen is None:
        layout.put_items(obj, inner, after + 2, level)
        layout.write('])')
    else:
        layout.put_items(obj, inner, 2, level)
        layout.write(f"],\n{' ' * inner}maxlen={layout.on_line(obj.maxlen, level)})")


# --- text ---

def _text_pieces(text, room, after):
    """Literals of a text, each no longer than the room: its lines, and these between words."""
    *others, last = text.splitlines(True)
    for line, end in [*((line, room) for line in others), (last, room - after)]:
        if len(repr(line)) <= end:
            yield repr(line)
            continue
        words, piece = _WORD.findall(line), ''
        for left, word in zip(range(len(words) - 1, -1, -1), words):
            if len(repr(piece + word)) <= (room if left else end):
                piece += word
                continue
            if piece:
                yield repr(piece)
            piece = word
        yield repr(piece)


@_writes(str)
@_unless_empty
def _str(layout, obj, column, after, level):
    outermost = level == 1
    pieces = [*_text_pieces(obj, layout.printer._width - column - outermost, after + outermost)]
    parentheses = outermost and len(pieces) > 1
    layout.write('(' * parentheses)
    layout.put_pieces(pieces, column + outermost)
    layout.write(')' * parentheses)


def _bytes_pieces(data, room, after):
    """Literals of bytes, in steps of four."""
    start = 0
    for end in range(4, len(data) + 4, 4):
        if end > len(data) // 4 * 4:
            room -= after
        if end - start > 4 and len(repr(data[start:end])) > room:
            yield repr(data[start:end - 4])
            start = end - 4
    yield repr(data[start:])


@_writes(bytes)
def _bytes(layout, obj, column, after, level):
    if len(obj) <= 4:
        layout.write(repr(obj))
        return
    outermost = level == 1
    layout.write('(' * outermost)
    layout.put_pieces(_bytes_pieces(obj, layout.printer._width - column - outermost, after + outermost), column + outermost)
    layout.write(')' * outermost)


@_writes(bytearray)
def _bytearray(layout, obj, column, after, level):
    inner = layout.open('bytearray(', column)
    _bytes(layout, bytes(obj), inner, after + 1, level + 1)
    layout.write(')')


# --- what stands for others ---

@_writes(types.MappingProxyType)
def _mapping_proxy(layout, obj, column, after, level):
    inner = layout.open('mappingproxy(', column)
    layout.put(obj.copy(), inner, after + 1, level)
    layout.write(')')


@_writes(types.SimpleNamespace)
def _namespace(layout, obj, column, after, level):
    name = 'namespace' if type(obj) is types.SimpleNamespace else type(obj).__name__
    inner = layout.open(f'{name}(', column)
    layout.put_fields(vars(obj).items(), inner, after, level)
    layout.write(')')


@_writes(collections.UserDict, collections.UserList, collections.UserString)
def _user_data(layout, obj, column, after, level):
    layout.put(obj.data, column, after, level - 1)


def _dataclass(layout, obj, column, after, level):
    from dataclasses import fields
    inner = layout.open(f'{type(obj).__name__}(', column)
    layout.put_fields([(field.name, getattr(obj, field.name)) for field in fields(obj) if field.repr], inner, after, level)
    layout.write(')')


def _dataclass_way(obj):
    """For objects of dataclasses whose __repr__ was made by the decorator."""
    dataclasses = sys.modules.get('dataclasses')
    if dataclasses is None or isinstance(obj, type) or not dataclasses.is_dataclass(obj):
        return None
    made = getattr(obj.__repr__, '__wrapped__', None)
    is_own = obj.__dataclass_params__.repr and made is not None and '__create_fn__' in made.__qualname__
    return _dataclass if is_own else None
