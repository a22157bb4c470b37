"""A table-driven state machine: a vending machine and a protocol checker, with entry and exit hooks."""


class StateError(Exception):
    pass


class Machine:
    start = None
    table = {}

    def __init__(self):
        self.state, self.trace = self.start, []

    def __init_subclass__(cls):
        cls.states = {s for s, _ in cls.table} | {t for t, *_ in cls.table.values()}
        unreachable = cls.states - {cls.start} - {t for t, *_ in cls.table.values()}
        if unreachable:
            raise TypeError(f"{cls.__name__}: unreachable {sorted(unreachable)}")

    def fire(self, event, *args):
        try:
            target, *guards = self.table[self.state, event]
        except KeyError:
            raise StateError(f"{event} makes no sense when {self.state}") from None
        for guard in guards:
            if not getattr(self, guard)(*args):
                self.trace.append(f"{event} refused")
                return False
        if hook := getattr(self, f"exit_{self.state}", None):
            hook()
        self.trace.append(f"{self.state}->{target}")
        self.state = target
        if hook := getattr(self, f"enter_{target}", None):
            hook(*args)
        return True


class Vending(Machine):
    start = "idle"
    table = {
        ("idle", "coin"): ("ready", "add"), ("ready", "coin"): ("ready", "add"),
        ("ready", "choose"): ("serving", "enough"), ("ready", "cancel"): ("idle",),
        ("serving", "done"): ("idle",), ("idle", "break"): ("broken",), ("broken", "repair"): ("idle",),
    }
    prices = {"tea": 150, "coffee": 200}

    def __init__(self):
        super().__init__()
        self.credit, self.log = 0, []

    def add(self, value):
        if value not in (50, 100, 200):
            return False
        self.credit += value
        return True

    def enough(self, what):
        return what in self.prices and self.credit >= self.prices[what]

    def enter_serving(self, what):
        self.credit -= self.prices[what]
        self.log.append(f"served {what}")

    def enter_idle(self, *args):
        if self.credit:
            self.log.append(f"returned {self.credit}")
            self.credit = 0

    def exit_broken(self):
        self.log.append("mended")


v = Vending()
for event in [("coin", 100), ("coin", 3), ("choose", "coffee"), ("coin", 200), ("choose", "cake"), ("choose", "coffee"), ("done",), ("coin", 50), ("cancel",), ("break",), ("coin", 50), ("repair",), ("choose", "tea")]:
    try:
        v.fire(*event)
    except StateError as error:
        print(error)
print(v.trace, v.log, v.credit, sep="\n")
print(sorted(Vending.states))
try:
    class Bad(Machine):
        start = "a"
        table = {("a", "x"): ("b",), ("c", "y"): ("a",)}
except TypeError as error:
    print(error)


def checker(pattern):
    """Accepts words of a tiny pattern language: letters, * after a letter, . for any."""
    steps, i = [], 0
    while i < len(pattern):
        star = pattern[i + 1:i + 2] == "*"
        steps.append((pattern[i], star))
        i += 2 if star else 1

    def accepts(word):
        def close(states):
            todo, out = list(states), set(states)
            while todo:
                s = todo.pop()
                if s < len(steps) and steps[s][1] and s + 1 not in out:
                    out.add(s + 1)
                    todo.append(s + 1)
            return out
        states = close({0})
        for c in word:
            moved = set()
            for s in states:
                if s < len(steps) and steps[s][0] in (c, "."):
                    moved.add(s if steps[s][1] else s + 1)
            states = close(moved)
        return len(steps) in states
    return accepts


for pattern, words in {"ab*c": ["ac", "abbbc", "abb", "bc"], "a.c*": ["abc", "axccc", "ac", "a"], ".*x": ["x", "aax", "xa"], "": ["", "a"], "a*b*": ["", "aabb", "ba"]}.items():
    accepts = checker(pattern)
    print(pattern or "(empty)", [w for w in words if accepts(w)])
