"""pstats: steps of a report, orders and their abbreviations, figures added up, figures as objects, files of figures."""
import io
import marshal
import os
import pstats
from pstats import SortKey

A, B, C = ('/x/a.py', 1, 'first'), ('/y/b.py', 20, 'second'), ('~', 0, '<built-in method len>')
FIGURES = {A: (1, 3, 0.5, 2.0, {}), B: (2, 2, 1.0, 1.0, {A: (2, 2, 1.0, 1.0)}), C: (4, 4, 0.25, 0.25, {A: (1, 1, 0.05, 0.05),
                                                                                                  B: (3, 3, 0.2, 0.2)})}


class Source:
    def create_stats(self):
        self.stats = dict(FIGURES)


def made(*sources):
    return pstats.Stats(*sources, stream=io.StringIO())


def shown(stats):
    text = stats.stream.getvalue()
    stats.stream.seek(0)
    stats.stream.truncate()
    return text


stats = made(Source())
print(stats.total_calls, stats.prim_calls, stats.total_tt, stats.max_name_len, stats.top_level)
for order in ((), ('calls',), ('cumulative',), ('cumu',), (SortKey.TIME, SortKey.NAME), (0,), (1,), (2,), (-1,), ('nfl',), ('module',)):
    stats.sort_stats(*order).print_stats()
    print(order, shown(stats))
for wrong in (('c',), ('cum',), ('nonsense',), ('calls', 1), (7,)):
    try:
        stats.sort_stats(*wrong)
    except (KeyError, TypeError) as error:
        print(wrong, type(error).__name__, error)
stats.strip_dirs().sort_stats('time').reverse_order().print_stats('first|second', 1)
stats.print_stats(0.5)
stats.print_stats('(')
stats.print_stats('nothing matches')
stats.print_callers()
stats.print_callees('first')
print(shown(stats))
print(stats.get_print_list((2,)), stats.eval_print_amount(1, [A, B], 'said: '), sorted(stats.get_sort_arg_defs())[:6])
print(stats.get_stats_profile().func_profiles['first'], stats.get_stats_profile().total_tt)
print(pstats.add_callers({A: (1, 1, 1, 1)}, {A: (1, 2, 3, 4), B: (5, 5, 5, 5)}), pstats.add_callers({A: 1}, {A: 2}),
      pstats.count_calls({A: 1, B: 4}))
print(pstats.add_func_stats((1, 1, 1.0, 1.0, {}), (2, 3, 4.0, 5.0, {A: 1})), pstats.func_get_function_name(A),
      pstats.func_std_string(C), pstats.func_strip_path(A), pstats.TupleComp([(0, -1)]).compare((1,), (2,)))

counted = made()
counted.stats = {A: (1, 1, 1.0, 1.0, {('jprofile', 0, 'profiler'): 1}), B: (1, 1, 1.0, 1.0, {A: 3})}
counted.get_top_level_stats()
counted.print_stats()
counted.print_callers('second')
print(shown(counted), counted.top_level)

path = os.path.join(os.environ['TMPDIR'], 'figures')
stats.dump_stats(path)
with open(path, 'rb') as file:
    print(marshal.load(file) == stats.stats)
both = made(path).add(path, Source())
print(both.total_calls, both.stats[('a.py', 1, 'first')], len(both.files), made().stats)
for source in (5, 'no such file'):
    try:
        pstats.Stats(source)
    except (TypeError, OSError) as error:
        print(type(error).__name__, error)


class Short(pstats.Stats):
    def print_title(self):
        print('calls', file=self.stream)

    def print_line(self, func):
        print(self.stats[func][1], func[2], file=self.stream)


short = Short(Source(), stream=io.StringIO())
short.print_stats()
print(shown(short))
