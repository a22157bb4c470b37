"""Many threads move money between accounts: ./run.sh programs/bank.py

What to watch: a transfer takes two locks, always in the order of the account numbers, so that two opposite
transfers cannot wait for each other for ever; the sum of all money never changes.
"""
import threading


class Account:
    def __init__(self, number, balance):
        self.number, self.balance = number, balance
        self.lock = threading.Lock()


def transfer(source, target, amount):
    first, second = sorted((source, target), key=lambda account: account.number)
    with first.lock, second.lock:
        if source.balance < amount:
            return False
        source.balance -= amount
        target.balance += amount
        return True


class Teller(threading.Thread):
    def __init__(self, accounts, seed, count):
        super().__init__()
        self.accounts, self.state, self.count = accounts, seed, count
        self.done = self.refused = 0

    def random(self, limit):
        self.state = (self.state * 1103515245 + 12345) & 0x7FFFFFFF
        return (self.state >> 8) % limit

    def run(self):
        for _ in range(self.count):
            source, target = self.random(len(self.accounts)), self.random(len(self.accounts))
            if source != target:
                if transfer(self.accounts[source], self.accounts[target], 1 + self.random(50)):
                    self.done += 1
                else:
                    self.refused += 1


def main():
    accounts = [Account(n, 100) for n in range(10)]
    tellers = [Teller(accounts, seed, 2000) for seed in range(1, 7)]
    for teller in tellers:
        teller.start()
    for teller in tellers:
        teller.join()
    print("money in all accounts:", sum(a.balance for a in accounts))
    print("below zero:", [a.number for a in accounts if a.balance < 0])
    print("transfers tried:", sum(t.done + t.refused for t in tellers))


if __name__ == "__main__":
    main()
