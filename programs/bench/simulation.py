"""An object-heavy simulation: customers, queues and cashiers in a shop, minute by minute."""
from collections import deque


class Customer:
    def __init__(self, number, arrived, goods):
        self.number, self.arrived, self.goods = number, arrived, goods


class Cashier:
    def __init__(self, speed):
        self.speed = speed
        self.queue = deque()
        self.left = 0
        self.served = []

    def load(self):
        return self.left + sum(c.goods for c in self.queue)

    def work(self, minute):
        if not self.left and self.queue:
            self.left = self.queue[0].goods
        if self.left:
            self.left -= min(self.speed, self.left)
            if not self.left:
                done = self.queue.popleft()
                self.served.append(minute - done.arrived)


class Shop:
    def __init__(self, cashiers):
        self.cashiers = cashiers
        self.state = 99
        self.number = 0

    def random(self, limit):
        self.state = (self.state * 1103515245 + 12345) & 0x7FFFFFFF
        return (self.state >> 8) % limit

    def minute(self, minute):
        for _ in range(self.random(4)):
            self.number += 1
            customer = Customer(self.number, minute, 1 + self.random(20))
            min(self.cashiers, key=lambda c: c.load()).queue.append(customer)
        for cashier in self.cashiers:
            cashier.work(minute)


shop = Shop([Cashier(3 + i) for i in range(5)])
for minute in range(130_000):
    shop.minute(minute)
waits = [w for c in shop.cashiers for w in c.served]
print(shop.number, len(waits), sum(waits), max(waits))
