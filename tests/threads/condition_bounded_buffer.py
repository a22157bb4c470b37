import threading


class Buffer:
    def __init__(self, size):
        self.items, self.size = [], size
        self.condition = threading.Condition()
        self.most = 0

    def put(self, x):
        with self.condition:
            while len(self.items) >= self.size:
                self.condition.wait()
            self.items.append(x)
            self.most = max(self.most, len(self.items))
            self.condition.notify_all()

    def get(self):
        with self.condition:
            self.condition.wait_for(lambda: self.items)
            x = self.items.pop(0)
            self.condition.notify_all()
            return x


b = Buffer(3)
got = []


def produce(me):
    for i in range(200):
        b.put((me, i))


def consume():
    while (x := b.get()) is not None:
        got.append(x)


producers = [threading.Thread(target=produce, args=(n,)) for n in range(3)]
consumers = [threading.Thread(target=consume) for _ in range(2)]
for t in producers + consumers:
    t.start()
for t in producers:
    t.join()
for _ in consumers:
    b.put(None)
for t in consumers:
    t.join()
print(len(got), len(set(got)), b.most <= 3, b.items)
c = threading.Condition()
with c:
    print(c.wait(timeout=0.05), c.wait_for(lambda: False, timeout=0.05), c.wait_for(lambda: 5))
try:
    c.notify()
except RuntimeError as e:
    print(e)
