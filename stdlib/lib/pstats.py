"""Reports about what profile has measured.

An entry of the figures is (primitive calls, calls, own time, time with callees, callers), by (file, line, name).
"""
import enum
import os
import sys
from dataclasses import dataclass
from functools import cmp_to_key

__all__ = ['Stats', 'SortKey', 'FunctionProfile', 'StatsProfile']


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


@dataclass(unsafe_hash=True)
class FunctionProfile:
    """The figures of one function, rounded as in a report."""

    ncalls: str
    tottime: float
    percall_tottime: float
    cumtime: float
    percall_cumtime: float
    file_name: str
    line_number: int


@dataclass(unsafe_hash=True)
class StatsProfile:
    """The time of all, and the functions by name."""

    total_tt: float
    func_profiles: dict[str, FunctionProfile]


def func_get_function_name(func):
    return func[2]


def func_std_string(func):
    """file:line(name)"""
    if func[:2] == ('~', 0):
        name = func[2]
        return '{%s}' % name[1:-1] if name.startswith('<') and name.endswith('>') else name
    return '%s:%d(%s)' % func


def func_strip_path(func):
    """The function with the name of its file alone."""
    return os.path.basename(func[0]), *func[1:]


def add_callers(target, source):
    """The callers of both; what both have is added."""
    callers = dict(target)
    for caller, figures in source.items():
        if caller in callers:
            known = callers[caller]
            figures = tuple([a + b for a, b in zip(figures, known)]) if isinstance(figures, tuple) else figures + known
        callers[caller] = figures
    return callers


def add_func_stats(target, source):
    """The sum of two entries."""
    return *[a + b for a, b in zip(target[:4], source[:4])], add_callers(target[4], source[4])


def count_calls(callers):
    """How many calls there were, of callers that are only counted."""
    return sum(callers.values())


def f8(x):
    return f'{x:8.3f}'


class TupleComp:
    """Compares rows by several fields, each upwards (1) or downwards (-1)."""

    def __init__(self, comp_select_list):
        self.comp_select_list = comp_select_list

    def compare(self, left, right):
        for index, direction in self.comp_select_list:
            if left[index] != right[index]:
                return -direction if left[index] < right[index] else direction
        return 0


class Stats:
    """The figures of one or more runs: of Profile objects, or files that they have written.

    The steps of a report are methods of their own, so that a subclass changes how its lines look.
    """

    sort_arg_dict_default = _ORDERS

    def __init__(self, *args, stream=None):
        self.stream = stream or sys.stdout
        first, *others = args or (None,)
        self.init(first)
        self.add(*others)

    def init(self, arg):
        """Begin with the figures of one run."""
        self.all_callees = None  # made when somebody asks for them
        self.files, self.fcn_list, self.stats = [], None, {}
        self.total_tt = self.total_calls = self.prim_calls = self.max_name_len = 0
        self.top_level, self.sort_arg_dict = set(), {}
        self.load_stats(arg)
        self.get_top_level_stats()

    def load_stats(self, arg):
        """The figures of a file or a Profile."""
        if arg is None:
            return
        if isinstance(arg, str):
            import marshal
            with open(arg, 'rb') as file:
                self.stats = marshal.load(file)
            try:
                import time
                arg = f'{time.ctime(os.stat(arg).st_mtime)}    {arg}'
            except OSError:
                pass
            self.files = [arg]
        elif hasattr(arg, 'create_stats'):
            arg.create_stats()
            self.stats, arg.stats = arg.stats, {}
        if not self.stats:
            raise TypeError(f'Cannot create or construct a {self.__class__!r} object from {arg!r}')

    def get_top_level_stats(self):
        """Add up the figures."""
        for func, (cc, nc, tt, _, callers) in self.stats.items():
            self.total_calls += nc
            self.prim_calls += cc
            self.total_tt += tt
            if ('jprofile', 0, 'profiler') in callers:
                self.top_level.add(func)
            self.max_name_len = max(self.max_name_len, len(func_std_string(func)))

    def add(self, *arg_list):
        """Add further figures."""
        for item in reversed(arg_list):
            if type(item) is not type(self):
                item = Stats(item)
            self.files += item.files
            self.total_calls += item.total_calls
            self.prim_calls += item.prim_calls
            self.total_tt += item.total_tt
            self.top_level |= item.top_level
            self.max_name_len = max(self.max_name_len, item.max_name_len)
            self.fcn_list = None
            for func, entry in item.stats.items():
                known = self.stats.get(func, (0, 0, 0, 0, {}))
                self.stats[func] = add_func_stats(known, entry)
        return self

    def dump_stats(self, filename):
        """Write the figures to a file."""
        import marshal
        with open(filename, 'wb') as file:
            marshal.dump(self.stats, file)

    def strip_dirs(self):
        """Show files without their folders."""
        stripped, width = {}, 0
        for func, (cc, nc, tt, ct, callers) in self.stats.items():
            entry = cc, nc, tt, ct, {func_strip_path(caller): figures for caller, figures in callers.items()}
            func = func_strip_path(func)
            stripped[func] = add_func_stats(stripped[func], entry) if func in stripped else entry
            width = max(width, len(func_std_string(func)))
        self.top_level = {func_strip_path(func) for func in self.top_level}
        self.stats, self.max_name_len, self.fcn_list, self.all_callees = stripped, width, None, None
        return self

    def calc_callees(self):
        """Whom each function has called."""
        if self.all_callees:
            return
        self.all_callees = {}
        for func, entry in self.stats.items():
            self.all_callees.setdefault(func, {})
            for caller, figures in entry[4].items():
                self.all_callees.setdefault(caller, {})[func] = figures

    # --- the order ---

    def get_sort_arg_defs(self):
        """The orders by name, and by the beginnings of names; the longest that two have in common means neither."""
        if not self.sort_arg_dict:
            known, ambiguous = {}, set()
            for name, order in self.sort_arg_dict_default.items():
                for size in range(len(name), 0, -1):
                    short = name[:size]
                    if short in known:
                        ambiguous.add(short)
                        break
                    known[short] = order
            self.sort_arg_dict = {short: order for short, order in known.items() if short not in ambiguous}
        return self.sort_arg_dict

    def sort_stats(self, *field):
        """Sort reports by these fields (SortKey or their names; any beginning that means one alone will do)."""
        if not field:
            self.fcn_list = 0
            return self
        if len(field) == 1 and isinstance(field[0], int):
            field = ({-1: 'stdname', 0: 'calls', 1: 'time', 2: 'cumulative'}[field[0]],)
        elif any(type(one) is not type(field[0]) for one in field):
            raise TypeError("Can't have mixed argument type")
        known, select, words = self.get_sort_arg_defs(), [], []
        for name in field:
            order, word = known[name.value if isinstance(name, SortKey) else name]
            select += order
            words.append(word)
        self.sort_type = ', '.join(words)
        rows = [(cc, nc, tt, ct, *func, func_std_string(func), func)
                for func, (cc, nc, tt, ct, _) in self.stats.items()]
        rows.sort(key=cmp_to_key(TupleComp(select).compare))
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

    def eval_print_amount(self, sel, list, msg):
        """(the functions that a restriction leaves, the message with a line about it)"""
        chosen = list
        if isinstance(sel, str):
            import re
            try:
                pattern = re.compile(sel)
            except re.error:
                return chosen, f'{msg}   <Invalid regular expression {sel!r}>\n'
            chosen = [func for func in list if pattern.search(func_std_string(func))]
        elif isinstance(sel, float) and 0.0 <= sel < 1.0:
            chosen = list[:int(len(list) * sel + 0.5)]
        elif isinstance(sel, int) and 0 <= sel < len(list):
            chosen = list[:sel]
        if len(chosen) != len(list):
            msg += f'   List reduced from {len(list)!r} to {len(chosen)!r} due to restriction <{sel!r}>\n'
        return chosen, msg

    def get_print_list(self, sel_list):
        """(the width for their names, the functions to show): those that all restrictions leave."""
        if self.fcn_list:
            chosen, message = self.fcn_list[:], f'   Ordered by: {self.sort_type}\n'
        else:
            chosen, message = list(self.stats), '   Random listing order was used\n'
        for selection in sel_list:
            chosen, message = self.eval_print_amount(selection, chosen, message)
        if not chosen:
            return 0, chosen
        self._print(message)
        width = self.max_name_len
        if len(chosen) < len(self.stats):
            width = max([len(func_std_string(func)) for func in chosen])
        return width + 2, chosen

    def get_stats_profile(self):
        """The figures as objects, in the order of a report."""
        found = StatsProfile(float(f8(self.total_tt)) if self.stats else 0, {})
        for func in self.fcn_list or self.stats:
            cc, nc, tt, ct, _ = self.stats[func]
            found.func_profiles[func[2]] = FunctionProfile(
                str(nc) if nc == cc else f'{nc}/{cc}', float(f8(tt)), float(f8(tt / nc)) if nc else -1,
                float(f8(ct)), float(f8(ct / cc)) if cc else -1, func[0], func[1])
        return found

    def print_stats(self, *amount):
        """Print a line for each function."""
        for filename in self.files:
            self._print(filename)
        if self.files:
            self._print()
        indent = ' ' * 8
        for func in self.top_level:
            self._print(f'{indent} {func_get_function_name(func)}')
        primitive = f'({self.prim_calls} primitive calls) ' if self.total_calls != self.prim_calls else ''
        self._print(f'{indent} {self.total_calls} function calls {primitive}in {self.total_tt:.3f} seconds')
        self._print()
        _, chosen = self.get_print_list(amount)
        if chosen:
            self.print_title()
            for func in chosen:
                self.print_line(func)
            self._print('\n')
        return self

    def print_title(self):
        self._print('   ncalls  tottime  percall  cumtime  percall filename:lineno(function)')

    def print_line(self, func):
        """The line of a function."""
        cc, nc, tt, ct, _ = self.stats[func]
        calls = str(nc) if nc == cc else f'{nc}/{cc}'
        self._print(f'{calls.rjust(9)} {f8(tt)} {f8(tt / nc) if nc else " " * 8} {f8(ct)} '
                    f'{f8(ct / cc) if cc else " " * 8} {func_std_string(func)}')

    def print_callees(self, *amount):
        """Print whom each function has called."""
        width, chosen = self.get_print_list(amount)
        if chosen:
            self.calc_callees()
            self.print_call_heading(width, 'called...')
            for func in chosen:
                self.print_call_line(width, func, self.all_callees.get(func, {}))
            self._print('\n')
        return self

    def print_callers(self, *amount):
        """Print who has called each function."""
        width, chosen = self.get_print_list(amount)
        if chosen:
            self.print_call_heading(width, 'was called by...')
            for func in chosen:
                self.print_call_line(width, func, self.stats[func][4], '<-')
            self._print('\n')
        return self

    def print_call_heading(self, name_size, column_title):
        self._print('Function '.ljust(name_size) + column_title)
        # Only some profilers measure calls by their caller; others count them.
        if any(isinstance(figures, tuple) for entry in self.stats.values() for figures in entry[4].values()):
            self._print(' ' * name_size + '    ncalls  tottime  cumtime')

    def print_call_line(self, name_size, source, call_dict, arrow='->'):
        """The lines of a function: a line for each of the others."""
        self._print(func_std_string(source).ljust(name_size) + arrow, end=' ')
        if not call_dict:
            self._print()
        indent = ''
        for func in sorted(call_dict):
            figures = call_dict[func]
            if isinstance(figures, tuple):
                nc, cc, tt, ct = figures
                calls = f'{nc:d}' if nc == cc else f'{nc:d}/{cc:d}'
                text = f'{calls.rjust(7 + 2 * len(indent))} {f8(tt)} {f8(ct)}  {func_std_string(func)}'
                width = name_size + 1
            else:
                text, width = f'{func_std_string(func)}({figures!r}) {f8(self.stats[func][3])}', name_size + 3
            self._print(indent * width + text)
            indent = ' '
