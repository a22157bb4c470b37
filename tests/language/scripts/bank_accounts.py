"""Accounts, transactions and a statement, with exceptions of their own and a context manager for all-or-nothing."""
from functools import total_ordering


class BankError(Exception):
    pass


class InsufficientFunds(BankError):
    def __init__(self, account, amount):
        super().__init__(f"{account.owner} has {account.balance}, needs {amount}")
        self.missing = amount - account.balance


class Frozen(BankError):
    pass


@total_ordering
class Money:
    __slots__ = ("cents",)

    def __init__(self, amount, cents=None):
        self.cents = round(amount * 100) if cents is None else cents

    def __add__(self, other):
        return Money(0, self.cents + other.cents) if isinstance(other, Money) else NotImplemented

    def __sub__(self, other):
        return Money(0, self.cents - other.cents) if isinstance(other, Money) else NotImplemented

    def __mul__(self, factor):
        return Money(0, round(self.cents * factor))

    __rmul__ = __mul__

    def __neg__(self):
        return Money(0, -self.cents)

    def __eq__(self, other):
        return isinstance(other, Money) and self.cents == other.cents

    def __lt__(self, other):
        return self.cents < other.cents

    def __hash__(self):
        return hash(self.cents)

    def __bool__(self):
        return self.cents != 0

    def __str__(self):
        sign = "-" if self.cents < 0 else ""
        return f"{sign}{abs(self.cents) // 100}.{abs(self.cents) % 100:02d}"

    def __repr__(self):
        return f"Money({self})"


class Account:
    numbers = iter(range(1, 1000))

    def __init__(self, owner, balance=Money(0)):
        self.owner, self.balance, self.history, self.frozen = owner, balance, [], False
        self.number = next(Account.numbers)

    def change(self, amount, why):
        if self.frozen:
            raise Frozen(f"account {self.number} is frozen")
        if self.balance + amount < Money(0):
            raise InsufficientFunds(self, -amount)
        self.balance += amount
        self.history.append((why, amount))

    def statement(self):
        lines = [f"{self.owner} (number {self.number})"]
        running = Money(0)
        for why, amount in self.history:
            running += amount
            lines.append(f"  {why:<12}{amount!s:>10}{running!s:>10}")
        return "\n".join(lines)


class Savings(Account):
    rate = 0.025

    def add_interest(self):
        self.change(self.balance * self.rate, "interest")


class Transaction:
    """All accounts change, or none."""

    def __init__(self, *accounts):
        self.accounts = accounts

    def __enter__(self):
        self.saved = [(a, a.balance, len(a.history)) for a in self.accounts]
        return self

    def __exit__(self, kind, value, traceback):
        if kind is not None:
            for account, balance, length in self.saved:
                account.balance = balance
                del account.history[length:]
            print(f"rolled back: {value}")
        return kind is not None and issubclass(kind, BankError)


ann, bob = Account("Ann"), Savings("Bob")
ann.change(Money(100), "opening")
bob.change(Money(50.55), "opening")
with Transaction(ann, bob):
    ann.change(-Money(30.25), "to Bob")
    bob.change(Money(30.25), "from Ann")
with Transaction(ann, bob):
    bob.change(Money(500), "from Ann")
    ann.change(-Money(500), "to Bob")
bob.frozen = True
with Transaction(ann, bob):
    ann.change(-Money(1), "to Bob")
    bob.change(Money(1), "from Ann")
bob.frozen = False
bob.add_interest()
print(ann.statement())
print(bob.statement())
print(sorted([ann, bob], key=lambda a: a.balance)[0].owner, max(ann.balance, bob.balance), Money(1) == Money(1.0), {Money(2)}, 3 * Money(1.5), bool(Money(0)))
try:
    ann.change(-Money(1000), "too much")
except InsufficientFunds as error:
    print(type(error).__name__, error, error.missing)
try:
    Money(1) + 1
except TypeError as error:
    print(error)
