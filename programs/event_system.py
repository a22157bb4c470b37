"""Publish and subscribe: ./run.sh programs/event_system.py

What to watch: handlers are ordinary functions and bound methods; a decorator subscribes them; priorities
order them; one handler may stop an event, and an error in one handler does not keep it from the others.
"""


class Event:
    def __init__(self, name, **data):
        self.name, self.stopped = name, False
        self.__dict__.update(data)

    def stop(self):
        self.stopped = True


class Bus:
    def __init__(self):
        self.handlers, self.history, self.errors = {}, [], []

    def on(self, pattern, priority=0, once=False):
        def subscribe(handler):
            entries = self.handlers.setdefault(pattern, [])
            entries.append((priority, len(entries), handler, once))
            entries.sort(key=lambda entry: (-entry[0], entry[1]))
            return handler
        return subscribe

    def off(self, handler):
        for entries in self.handlers.values():
            entries[:] = [entry for entry in entries if entry[2] != handler]

    def matching(self, name):
        parts = name.split(".")
        patterns = [".".join(parts[:i]) + (".*" if i < len(parts) else "") for i in range(len(parts), 0, -1)] + ["*"]
        for pattern in patterns:
            for entry in list(self.handlers.get(pattern, ())):
                yield pattern, entry

    def emit(self, name, **data):
        event = Event(name, **data)
        self.history.append(name)
        called = 0
        for pattern, (_, _, handler, once) in self.matching(name):
            if event.stopped:
                break
            if once:
                self.off(handler)
            try:
                handler(event)
                called += 1
            except Exception as error:
                self.errors.append((name, type(error).__name__, str(error)))
        return called


class Account:
    def __init__(self, bus, owner):
        self.bus, self.owner, self.balance = bus, owner, 0

    def deposit(self, amount):
        self.balance += amount
        return self.bus.emit("account.deposit", account=self, amount=amount)

    def withdraw(self, amount):
        if amount > self.balance:
            self.bus.emit("account.refused", account=self, amount=amount)
        else:
            self.balance -= amount
            self.bus.emit("account.withdraw", account=self, amount=amount)


class Statistics:
    def __init__(self):
        self.sums = {}

    def count(self, event):
        self.sums[event.name] = self.sums.get(event.name, 0) + event.amount


def main():
    bus = Bus()
    statistics = Statistics()
    bus.on("account.*")(statistics.count)

    @bus.on("account.deposit", priority=10)
    def check(event):
        if event.amount > 10_000:
            print(f"  ! {event.amount} needs a second look; stopped")
            event.stop()

    @bus.on("account.deposit")
    def greet(event):
        print(f"  {event.account.owner} pays in {event.amount}")

    @bus.on("account.deposit", once=True)
    def welcome(event):
        print(f"  welcome, {event.account.owner}!")

    @bus.on("account.refused")
    def broken(event):
        raise LookupError(f"no mail address of {event.account.owner}")

    @bus.on("*", priority=-1)
    def log(event):
        print(f"  [{event.name}]")

    account = Account(bus, "Ada")
    for amount in (100, 50, 20_000):
        print(f"deposit {amount}: {account.deposit(amount)} handlers")
    print("withdraw:")
    account.withdraw(30)
    account.withdraw(10 ** 6)
    bus.off(greet)
    print(f"without the greeting: {account.deposit(5)} handlers")
    print(statistics.sums, bus.errors, bus.history, account.balance, sep="\n")
    print("nobody listens:", Bus().emit("anything.at.all"))


if __name__ == "__main__":
    main()
