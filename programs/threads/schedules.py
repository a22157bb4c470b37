"""A race that a plain run practically never shows, and the schedule that does.

What to watch: two threads draw money from one account. Each looks whether there is enough and then takes it; when the
other one comes between the look and the taking, the account is overdrawn. A thread would have to lose its turn at one of
a few instructions, so a thousand plain runs look right. `gila explore` runs the program under many schedules, finds one
that breaks it, and shows where a thread was stopped:

    gila explore programs/threads/schedules.py             # two outcomes: 20, and -60 by a schedule that it prints
    gila explore programs/threads/schedules.py mended      # one outcome, whatever the schedule

The schedule that is printed (`gila -X schedule=... programs/threads/schedules.py`) gives the same again each time: under a
debugger, with prints added, or in a lecture. Without the lock the same can happen at any time; there is no schedule to choose.
"""
import contextlib
import sys
import threading


class Account:
    def __init__(self, balance, lock):
        self.balance = balance
        self.lock = lock

    def draw(self, amount):
        """Takes the amount if there is enough; was there?"""
        with self.lock:
            if self.balance < amount:
                return False
            self.balance -= amount
            return True


def main(lock):
    account = Account(100, lock)
    people = [threading.Thread(target=account.draw, args=(80,)) for _ in range(2)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    print("balance:", account.balance)


if __name__ == "__main__":
    main(threading.Lock() if "mended" in sys.argv else contextlib.nullcontext())
