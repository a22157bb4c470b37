# Accounts with validation, a ledger, and errors of their own.
from collections import defaultdict
from functools import total_ordering


class BankError(Exception):
    """Base of all errors here."""


class InsufficientFunds(BankError):
    def __init__(self, account, amount):
        super().__init__(f"{account.owner!r} has {account.balance:.2f}, needs {amount:.2f}")
        self.account = account
        self.shortfall = amount - account.balance


@total_ordering
class Account:
    _count = 0

    def __init__(self, owner, balance=0.0):
        type(self)._count += 1
        self.number = f"{self._count:04d}"
        self.owner = owner
        self._balance = balance
        self.history = []

    @property
    def balance(self):
        return self._balance

    @balance.setter
    def balance(self, value):
        if value < 0:
            raise ValueError("balance must not be negative")
        self.history.append((self._balance, value))
        self._balance = value

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError(f"cannot deposit {amount}")
        self.balance += amount
        return self

    def withdraw(self, amount):
        if amount > self.balance:
            raise InsufficientFunds(self, amount)
        self.balance -= amount
        return self

    def __eq__(self, other):
        if not isinstance(other, Account):
            return NotImplemented
        return self.balance == other.balance

    def __lt__(self, other):
        if not isinstance(other, Account):
            return NotImplemented
        return self.balance < other.balance

    def __repr__(self):
        return f"<{type(self).__name__} {self.number} {self.owner}: {self.balance:,.2f}>"


class Savings(Account):
    rate = 0.03

    def accrue(self, years=1):
        for _ in range(years):
            self.balance *= 1 + self.rate
        return self


def transfer(source, target, amount):
    try:
        source.withdraw(amount)
    except InsufficientFunds as error:
        raise BankError(f"transfer of {amount} failed") from error
    target.deposit(amount)


def main():
    ann, bob, eve = Account("Ann", 120), Savings("Bob", 1_000), Account("Eve")
    ann.deposit(30.5).withdraw(10)
    bob.accrue(3)
    print(ann, bob, eve, sep="\n")
    try:
        transfer(eve, ann, 5)
    except BankError as error:
        print(type(error).__name__, error, "|", error.__cause__, "|", error.__cause__.shortfall)
    for bad in (-5, 0):
        try:
            ann.deposit(bad)
        except ValueError as error:
            print("refused:", error)
    print(sorted([ann, bob, eve]), max(ann, bob) is bob, ann <= bob, ann != eve)
    try:
        ann < 3
    except TypeError as error:
        print(error)
    by_kind = defaultdict(list)
    for account in (ann, bob, eve):
        by_kind[type(account).__name__].append(account.number)
    print(dict(by_kind), len(bob.history), bob.history[0])
    try:
        eve.balance = -1
    except ValueError as error:
        print(error)


if __name__ == "__main__":
    main()
