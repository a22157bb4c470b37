"""Many may read at once, one writes alone. ./run.sh programs/threads/readers_and_writers.py

What to watch: no sum is ever wrong, and three readers are inside at once. The lock is made of one condition: readers
count themselves, a writer waits until nobody is inside. A writer that waits keeps new readers out, or they could keep
it waiting for ever. The writers move money between two accounts, in two steps; a reader that came between the steps
would see a sum that never was.

With a GIL the readers take turns all the same; without it they really read side by side.
"""
import threading


class ReadWriteLock:
    def __init__(self):
        self.changed = threading.Condition()
        self.readers = self.waiting_writers = 0
        self.writing = False
        self.most_readers = 0

    def begin_reading(self):
        with self.changed:
            self.changed.wait_for(lambda: not self.writing and not self.waiting_writers)
            self.readers += 1
            self.most_readers = max(self.most_readers, self.readers)

    def end_reading(self):
        with self.changed:
            self.readers -= 1
            if not self.readers:
                self.changed.notify_all()

    def begin_writing(self):
        with self.changed:
            self.waiting_writers += 1
            self.changed.wait_for(lambda: not self.writing and not self.readers)
            self.waiting_writers -= 1
            self.writing = True

    def end_writing(self):
        with self.changed:
            self.writing = False
            self.changed.notify_all()


def main():
    lock, accounts, sums = ReadWriteLock(), [500, 500], set()
    together = threading.Barrier(4)

    def read():
        lock.begin_reading()
        together.wait()
        lock.end_reading()
        for _ in range(300):
            lock.begin_reading()
            sums.add(accounts[0] + accounts[1])
            lock.end_reading()

    def write(amount):
        for _ in range(100):
            lock.begin_writing()
            accounts[0] -= amount
            accounts[1] += amount
            lock.end_writing()

    readers = [threading.Thread(target=read) for _ in range(3)]
    for thread in readers:
        thread.start()
    # The three readers are inside at the same time. A writer that waited already would keep the last of them out, and all
    # would wait for ever: try it with `gila explore`.
    together.wait()
    writers = [threading.Thread(target=write, args=(amount,)) for amount in (3, -2)]
    for thread in writers:
        thread.start()
    for thread in readers + writers:
        thread.join()
    print("sums that were seen:", sorted(sums))
    print("readers at once, at most:", lock.most_readers)
    print("accounts:", accounts)


main()
