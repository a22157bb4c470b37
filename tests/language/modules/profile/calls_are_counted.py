# The profiler counts calls, tells recursive ones apart, and knows who called whom.
import cProfile
import io
import pstats


def fib(n):
    return 1 if n < 2 else fib(n - 1) + fib(n - 2)


def outer():
    return fib(5)


profiler = cProfile.Profile()
print(profiler.runcall(outer))
out = io.StringIO()
stats = pstats.Stats(profiler, stream=out).strip_dirs().sort_stats(pstats.SortKey.CALLS)
stats.print_stats('fib|outer')
print([line.split()[0] for line in out.getvalue().splitlines() if line.endswith(('(fib)', '(outer)'))])
key = [func for func in stats.stats if func[2] == 'fib'][0]
print(sorted((caller[2], figures[0]) for caller, figures in stats.stats[key][4].items()))
