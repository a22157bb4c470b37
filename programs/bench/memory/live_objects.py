"""Ten million small objects, alive at once: the heap must stay compact and the collector linear."""


class Small:
    __slots__ = ("value",)

    def __init__(self, value):
        self.value = value


kept = [Small(i) for i in range(10_000_000)]
print(len(kept), kept[5_000_000].value)
