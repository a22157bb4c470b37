"""Reports about what profile has measured."""
import os
import sys
from functools import cmp_to_key
import enum

__all__ = ['Stats', 'SortKey']


class SortKey(str, enum.Enum):
    """What a report is sorted by."""

    CALLS = 'calls', 'ncalls'
    CUMULATIVE = 'cumulative', 'cumtime'
    FILENAME = 'filename', 'module'
    LINE = 'line'
    NAME = 'name'
    NFL = 'nfl'
    PCALLS = 'pcalls'
    STDNAME = 'stdname'
    TIME = 'time', 'tottime'

    def __new__(cls, *values):
        made = str.__new__(cls, values[0])
        made._value_ = values[0]
        for other in values[1:]:
            cls._value2member_map_[other] = made
        made._all_values = values
        return made


# name -> ((field of the row, direction)..., words). A row is (cc, nc, tt, ct, file, line, name, text).
_ORDERS = {
    'calls': (((1, -1),), 'call count'), 'ncalls': (((1, -1),), 'call count'),
    'cumtime': (((3, -1),), 'cumulative time'), 'cumulative': (((3, -1),), 'cumulative time'),
    'filename': (((4, 1),), 'file name'), 'module': (((4, 1),), 'file name'), 'line': (((5, 1),), 'line number'),
    'name': (((6, 1),), 'function name'), 'nfl': (((6, 1), (4, 1), (5, 1)), 'name/file/line'),
    'pcalls': (((0, -1),), 'primitive call count'), 'stdname': (((7, 1),), 'standard name'),
    'time': (((2, -1),), 'internal time'), 'tottime': (((2, -1),), 'internal time'),
}


def func_std_string(func):
    """file:line(name)"""
    if func[:2] == ('~', 0):
        name = func[2]
        return '{%s}' % name[1:-1] if name.startswith('<') and name.endswith('>') else name
    return '%s:%d(%s)' % func


def func_strip_path(func):
    """The function with the name of its file alone."""
    return os.path.basename(func[0]), *func[1:]


def _add(one, other):
    """The sum of two entries."""
    callers = dict(one[4])
    for caller, figures in other[4].items():
        callers[caller] = tuple([a + b for a, b in zip(callers[caller], figures)]) if caller in callers else figures
    return (*[a + b for a, b in zip(one[:4], other[:4])], callers)


def f8(x):
    return f'{x:8.3f}'


class Stats:
    """The figures of one or more runs: of Profile objects, or files that they have written."""

    sort_arg_dict_default = _ORDERS

    def __init__(self, *args, stream=None):
        self.stream = stream or sys.stdout
        self.stats, self.files, self.fcn_list, self.sort_type = {}, [], None, None
        self._words = 'Random listing order was used'
        self.add(*args)

    def add(self, *args):
        """Add further figures."""
        for source in args:
            if isinstance(source, Stats):
                found = source.stats
            elif isinstance(source, str):
                import pickle
                with open(source, 'rb') as file:
                    found = pickle.load(file)
                self.files.append(source)
            elif hasattr(source, 'create_stats'):
                source.create_stats()
                found = source.stats
            else:
                raise TypeError(f'Cannot create or construct a {self.__class__!r} object from {source!r}')
            for func, entry in found.items():
                self.stats[func] = _add(self.stats[func], entry) if func in self.stats else entry
        self.fcn_list = None
        return self

    @property
    def total_calls(self):
        return sum([entry[1] for entry in self.stats.values()])

    @property
    def prim_calls(self):
        return sum([entry[0] for entry in self.stats.values()])

    @property
    def total_tt(self):
        return sum([entry[2] for entry in self.stats.values()])

    def dump_stats(self, filename):
        """Write the figures to a file."""
        import pickle
        with open(filename, 'wb') as file:
            pickle.dump(self.stats, file)

    def strip_dirs(self):
        """Show files without their folders."""
        stripped = {}
        for func, (cc, nc, tt, ct, callers) in self.stats.items():
            entry = cc, nc, tt, ct, {func_strip_path(caller): figures for caller, figures in callers.items()}
            func = func_strip_path(func)
            stripped[func] = _add(stripped[func], entry) if func in stripped else entry
        self.stats, self.fcn_list = stripped, None
        return self

    def sort_stats(self, *field):
        """Sort reports by these fields (SortKey or their names; any beginning that means one alone will do)."""
        if not field or field == (-1,):
            field = ('stdname',) if field else ()
            if not field:
                self.fcn_list = None
                return self
        if len(field) == 1 and isinstance(field[0], int):
            field = ({0: 'calls', 1: 'time', 2: 'cumulative'}[field[0]],)
        keys, words = [], []
        for name in field:
            name = name.value if isinstance(name, SortKey) else name
            matching = [key for key in _ORDERS if key.startswith(name)]
            if name not in _ORDERS and len({_ORDERS[key] for key in matching}) != 1:
                raise KeyError(name)
            order, word = _ORDERS[name if name in _ORDERS else matching[0]]
            keys += order
            words.append(word)
        self.sort_type = ', '.join(words)

        def compare(a, b):
            for index, direction in keys:
                if a[index] != b[index]:
                    return -direction if a[index] < b[index] else direction
            return 0

        rows = [(cc, nc, tt, ct, *func, func_std_string(func), func)
                for func, (cc, nc, tt, ct, _) in self.stats.items()]
        rows.sort(key=cmp_to_key(compare))
        self.fcn_list = [row[-1] for row in rows]
        return self

    def reverse_order(self):
        """Turn the order round."""
        if self.fcn_list:
            self.fcn_list.reverse()
        return self

    # --- reports ---

    def _print(self, text='', end='\n'):
        print(text, end=end, file=self.stream)

    def _chosen(self, amount):
        """The functions to show: the first so many, a fraction, or those whose text matches."""
        if self.fcn_list:
            chosen = self.fcn_list[:]
            self._print(f'   Ordered by: {self.sort_type}\n')
        else:
            chosen = list(self.stats)
            self._print('   Random listing order was used\n')
        for selection in amount:
            before = len(chosen)
            if isinstance(selection, str):
                import re
                pattern = re.compile(selection)
                chosen = [func for func in chosen if pattern.search(func_std_string(func))]
            elif isinstance(selection, float) and 0.0 <= selection < 1.0:
                chosen = chosen[:int(before * selection + 0.5)]
            elif isinstance(selection, int) and 0 <= selection < before:
                chosen = chosen[:selection]
            if len(chosen) < before:
                self._print(f'   List reduced from {before} to {len(chosen)} due to restriction <{selection!r}>\n')
        return chosen

    def print_stats(self, *amount):
        """Print a line for each function."""
        for filename in self.files:
            self._print(filename)
        if self.files:
            self._print()
        text = f'{" " * 8} {self.total_calls} function calls'
        if self.total_calls != self.prim_calls:
            text += f' ({self.prim_calls} primitive calls)'
        self._print(f'{text} in {self.total_tt:.3f} seconds')
        self._print()
        chosen = self._chosen(amount)
        if chosen:
            self._print('   ncalls  tottime  percall  cumtime  percall filename:lineno(function)')
            for func in chosen:
                cc, nc, tt, ct, _ = self.stats[func]
                calls = str(nc) if nc == cc else f'{nc}/{cc}'
                self._print(f'{calls.rjust(9)} {f8(tt)} {f8(tt / nc) if nc else " " * 8} {f8(ct)} '
                            f'{f8(ct / cc) if cc else " " * 8} {func_std_string(func)}')
            self._print()
            self._print()
        return self

    def print_callers(self, *amount):
        """Print who has called each function."""
        self._print_relations(self._chosen(amount), 'was called by...', lambda func: self.stats[func][4], '<-')
        return self

    def print_callees(self, *amount):
        """Print whom each function has called."""
        called = {func: {} for func in self.stats}
        for func, entry in self.stats.items():
            for caller, figures in entry[4].items():
                called.setdefault(caller, {})[func] = figures
        self._print_relations(self._chosen(amount), 'called...', lambda func: called.get(func, {}), '->')
        return self

    def _print_relations(self, chosen, words, relation, arrow):
        if not chosen:
            return
        width = max([len(func_std_string(func)) for func in chosen])
        self._print(f'{"Function".ljust(width)}  {words}')
        self._print(f'{" " * width}      ncalls  tottime  cumtime')
        for func in chosen:
            name = func_std_string(func).ljust(width)
            lines = sorted(relation(func).items())
            if not lines:
                self._print(f'{name}  {arrow}')
            for other, (nc, cc, tt, ct) in lines:
                calls = str(nc) if nc == cc else f'{nc}/{cc}'
                self._print(f'{name}  {arrow} {calls.rjust(7)} {f8(tt)} {f8(ct)}  {func_std_string(other)}')
                name, arrow = ' ' * width, '  '
            arrow = arrow.strip() or ('<-' if 'by' in words else '->')
        self._print()
        self._print()
