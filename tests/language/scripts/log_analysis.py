"""Parses server log lines made up with seeded random, groups them, finds sessions and slow paths, prints a histogram."""
import random
from collections import Counter, defaultdict, namedtuple
from itertools import groupby
from operator import attrgetter

Entry = namedtuple("Entry", "time user method path status ms")


def make_lines(n, seed):
    rng, t = random.Random(seed), 0
    paths = ["/", "/index", "/search?q=a", "/item/17", "/item/99", "/cart", "/login", "/static/a.css"]
    for i in range(n):
        t += rng.choice([1, 1, 2, 5, 40])
        user = rng.choice(["ann", "bob", "cyd", "-"])
        status = rng.choices([200, 304, 404, 500], [80, 10, 8, 2])[0]
        ms = int(rng.lognormvariate(3, 1))
        yield f'{t:>6} {user} "{rng.choice(["GET", "GET", "POST"])} {rng.choice(paths)}" {status} {ms}ms'
        if i % 97 == 96:
            yield rng.choice(["", "garbage", f'{t} ann "GET" 200', f'{t} ann "GET /" abc 5ms'])


def parse(lines):
    bad = []
    entries = []
    for number, line in enumerate(lines, 1):
        try:
            head, request, tail = line.split('"')
            time, user = head.split()
            method, path = request.split()
            status, ms = tail.split()
            entries.append(Entry(int(time), user, method, path, int(status), int(ms.removesuffix("ms"))))
        except ValueError as error:
            bad.append((number, str(error)))
    return entries, bad


def percentile(values, p):
    values = sorted(values)
    at = (len(values) - 1) * p / 100
    low = int(at)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (at - low)


def sessions(entries, gap=60):
    for user, items in groupby(sorted(entries, key=attrgetter("user", "time")), key=attrgetter("user")):
        current = []
        for e in items:
            if current and e.time - current[-1].time > gap:
                yield user, current
                current = []
            current.append(e)
        yield user, current


entries, bad = parse(make_lines(1200, seed=31))
print(len(entries), bad)
print(Counter(e.status for e in entries).most_common(), Counter(e.method for e in entries))
by_path = defaultdict(list)
for e in entries:
    by_path[e.path.partition("?")[0]].append(e.ms)
print(f"{'path':<14}{'n':>5}{'mean':>8}{'p50':>7}{'p95':>8}{'max':>6}")
for path, times in sorted(by_path.items(), key=lambda kv: -sum(kv[1])):
    print(f"{path:<14}{len(times):>5}{sum(times) / len(times):>8.2f}{percentile(times, 50):>7.1f}{percentile(times, 95):>8.1f}{max(times):>6}")
lengths = defaultdict(list)
for user, items in sessions(entries):
    lengths[user].append(len(items))
print({u: (len(v), max(v), sum(v)) for u, v in sorted(lengths.items())})
buckets = Counter(min(e.ms // 20, 7) for e in entries)
for b in range(8):
    print(f"{b * 20:>4}{'+' if b == 7 else ' '} {'#' * (buckets[b] // 10)} {buckets[b]}")
slow = max(entries, key=attrgetter("ms"))
print(slow, slow._asdict()["ms"], [e.path for e in entries if e.status == 500][:5])
windows = {}
for e in entries:
    windows.setdefault(e.time // 1000, []).append(e)
print([(w, len(v), sum(x.status >= 400 for x in v)) for w, v in list(windows.items())[:5]])
