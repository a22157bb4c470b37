"""Five philosophers, five forks. ./run.sh programs/threads/philosophers.py [deadlock]

What to watch: everyone needs both forks beside his plate. If all take the left one first, each may hold one and wait
for the other for ever; here all take the fork with the lower number first, so the circle cannot close. With the word
`deadlock` they are greedy, and a barrier sees to it that all hold their left fork: Gila then says who waits for whom,
and ends with status 1.

Both builds show the same: a lock is a lock, with or without a GIL.
"""
import sys
import threading

SEATS, MEALS = 5, 200


class Table:
    def __init__(self, greedy):
        self.forks = [threading.Lock() for _ in range(SEATS)]
        self.meals = [0] * SEATS
        self.greedy = greedy
        self.all_hold_left = threading.Barrier(SEATS)

    def forks_of(self, seat):
        left, right = seat, (seat + 1) % SEATS
        return (left, right) if self.greedy else sorted((left, right))

    def dine(self, seat):
        first, second = self.forks_of(seat)
        for _ in range(MEALS):
            with self.forks[first]:
                if self.greedy:
                    self.all_hold_left.wait()
                with self.forks[second]:
                    self.meals[seat] += 1


def main():
    table = Table("deadlock" in sys.argv[1:])
    philosophers = [threading.Thread(target=table.dine, args=(seat,), name=f"philosopher {seat}") for seat in range(SEATS)]
    for philosopher in philosophers:
        philosopher.start()
    for philosopher in philosophers:
        philosopher.join()
    print("meals:", table.meals)


main()
