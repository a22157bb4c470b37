"""A pool whose idle workers take work from the others. ./run.sh programs/threads/work_stealing.py

What to watch: all work begins at one worker, and none is lost or done twice. Every worker has a deque of its own. It
puts new work at the right end and takes from there: what came last is still at hand. Who has nothing left steals from
the left end of another's, where the oldest and mostly largest piece lies. No lock is needed: append, pop and popleft
of a deque are each one step, in both builds.

The work is the naive Fibonacci tree, which is as uneven as work can be: all of it begins at one worker.
"""
import collections
import threading

WORKERS = 4


class Pool:
    def __init__(self):
        self.deques = [collections.deque() for _ in range(WORKERS)]
        self.totals = [0] * WORKERS  # each worker adds to its own: nothing is shared, nothing lost
        self.open = 1  # pieces that are not done
        self.open_lock = threading.Lock()

    def next_piece(self, me):
        try:
            return self.deques[me].pop()
        except IndexError:
            pass
        for victim in range(1, WORKERS):
            try:
                return self.deques[(me + victim) % WORKERS].popleft()
            except IndexError:
                pass
        return None

    def count_open(self, by):
        with self.open_lock:
            self.open += by

    def work(self, me):
        while self.open:
            piece = self.next_piece(me)
            if piece is None:
                continue
            if piece < 12:
                self.totals[me] += fibonacci(piece)
                self.count_open(-1)
            else:
                self.count_open(1)  # one piece becomes two
                self.deques[me].append(piece - 1)
                self.deques[me].append(piece - 2)


def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


def main():
    pool = Pool()
    pool.deques[0].append(20)
    workers = [threading.Thread(target=pool.work, args=(me,)) for me in range(WORKERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    print("fibonacci(20) by", WORKERS, "workers:", sum(pool.totals))
    print("by one:", fibonacci(20))


main()
