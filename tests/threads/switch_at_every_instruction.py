# -X switch=every: the textbook lost update shows at once, and a lock mends it.
import threading


class Counter:
    def __init__(self):
        self.value = 0
        self.lock = threading.Lock()

    def add(self, times):
        for _ in range(times):
            self.value += 1

    def add_locked(self, times):
        for _ in range(times):
            with self.lock:
                self.value += 1


def run(method):
    threads = [threading.Thread(target=method, args=(300,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


counter = Counter()
for attempt in range(20):
    counter.value = 0
    run(counter.add)
    if counter.value != 1200:
        break
print('an update was lost:', counter.value < 1200)
counter.value = 0
run(counter.add_locked)
print('with a lock:', counter.value)
