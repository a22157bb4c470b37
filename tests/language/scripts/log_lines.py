# Parsing log lines: regular expressions, aggregation, sorting by several keys, formatting.
import re
from collections import Counter, defaultdict, deque
from itertools import pairwise

LINES = """\
2024-03-01 10:00:01 INFO  web.1 GET /index.html 200 12ms
2024-03-01 10:00:02 INFO  web.2 GET /api/users 200 48ms
2024-03-01 10:00:02 WARN  web.1 GET /slow 200 1503ms
2024-03-01 10:00:04 ERROR web.2 POST /api/users 500 87ms
Traceback: something odd
2024-03-01 10:00:09 INFO  web.1 GET /index.html 304 3ms
2024-03-01 10:01:30 ERROR db.1 connection lost
2024-03-01 10:01:31 INFO  web.2 DELETE /api/users/7 204 20ms
""".splitlines()

PATTERN = re.compile(r"""
    (?P<date>\d{4}-\d\d-\d\d)\s(?P<time>(\d\d):(\d\d):(\d\d))\s
    (?P<level>INFO|WARN|ERROR)\s+
    (?P<host>\w+)\.(?P<number>\d+)\s
    (?P<rest>.*)""", re.VERBOSE)
REQUEST = re.compile(r"^(GET|POST|DELETE)\s(\S+)\s(\d{3})\s(\d+)ms$")


def parse(lines):
    last = None
    for number, line in enumerate(lines, 1):
        if m := PATTERN.fullmatch(line):
            last = m.groupdict()
            last["seconds"] = sum(int(p) * 60 ** i for i, p in enumerate(reversed(m["time"].split(":"))))
            if r := REQUEST.match(m["rest"]):
                last["method"], last["path"], status, took = r.groups()
                last |= {"status": int(status), "took": int(took)}
            yield number, last
        else:
            if last is not None:
                last.setdefault("extra", []).append(line)


records = [r for _, r in parse(LINES)]
print(len(records), Counter(r["level"] for r in records).most_common())
by_path = defaultdict(list)
for r in records:
    if "path" in r:
        by_path[re.sub(r"/\d+", "/{id}", r["path"])].append(r["took"])
for path, times in sorted(by_path.items(), key=lambda item: (-len(item[1]), item[0])):
    print(f"{path:<18}{len(times):>3} {min(times):>5} {max(times):>5} {sum(times) / len(times):8.2f}")
gaps = [(b["seconds"] - a["seconds"], a["time"], b["time"]) for a, b in pairwise(records)]
print(max(gaps), sorted(gaps, reverse=True)[1:3])
print([r.get("extra") for r in records if "extra" in r], [r["rest"] for r in records if "method" not in r])
print(re.findall(r"\b(\w)(\w*)\b", "one two three")[:2], re.split(r"[,;]\s*", "a, b;c,  d"), re.sub(r"(?i)get", lambda m: m[0].lower(), "GET Get"))
recent = deque((r["path"] for r in records if "path" in r), maxlen=2)
print(list(recent), "{:%}".format(1 / 3), f"{1e6:,.0f} {255:#06x} {-1.5:+.1e} {'x':*^5}")
