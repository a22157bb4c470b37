# The second script that gila_startup_order watches: a bit of everything, so that what most scripts need lies together.
def describe(items):
    table = {name: len(name) for name in items}
    for name, length in sorted(table.items(), key=lambda item: -item[1]):
        if length > 2 and not name.startswith("_"):
            yield f"{name:>6} {length} {length / 2:.1f}"


class Counter:
    def __init__(self, start=0):
        self.count = start

    def add(self, step):
        self.count += step
        return self


try:
    counter = Counter().add(2).add(3)
    print("hello", counter.count, list(describe(["one", "three", "_x"])))
    print([x * x for x in range(5)], "naïve, a,b".split(","), "-".join(("a", "b")), 7 // 2, 2**70)
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith("VmHWM"):
                print(line.split()[1])
except OSError as error:
    print("no file", error)
