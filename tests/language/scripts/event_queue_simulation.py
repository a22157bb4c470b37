"""A discrete event simulation: a car wash with a queue, seeded random numbers and statistics."""
import random
from collections import deque


class Simulation:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.now = 0.0
        self.events, self.counter = [], 0

    def schedule(self, delay, action, *args):
        self.counter += 1
        event = (self.now + delay, self.counter, action, args)
        low, high = 0, len(self.events)
        while low < high:
            middle = (low + high) // 2
            if self.events[middle][:2] > event[:2]:
                low = middle + 1
            else:
                high = middle
        self.events.insert(low, event)

    def run(self, until):
        handled = 0
        while self.events and self.events[-1][0] <= until:
            self.now, _, action, args = self.events.pop()
            action(*args)
            handled += 1
        return handled


class CarWash:
    def __init__(self, sim, machines):
        self.sim, self.free, self.queue = sim, machines, deque()
        self.waits, self.served, self.turned_away, self.longest = [], 0, 0, 0

    def arrive(self, number):
        self.sim.schedule(self.sim.random.expovariate(1 / 4), self.arrive, number + 1)
        if len(self.queue) >= 6:
            self.turned_away += 1
            return
        self.queue.append((number, self.sim.now))
        self.longest = max(self.longest, len(self.queue))
        self.start()

    def start(self):
        if self.free and self.queue:
            self.free -= 1
            number, since = self.queue.popleft()
            self.waits.append(self.sim.now - since)
            self.sim.schedule(self.sim.random.uniform(5, 10), self.finish, number)

    def finish(self, number):
        self.free += 1
        self.served += 1
        self.start()


for machines in (1, 2, 3):
    sim = Simulation(seed=2024)
    wash = CarWash(sim, machines)
    sim.schedule(0, wash.arrive, 1)
    handled = sim.run(until=1000)
    print(f"{machines} machines: {handled} events, {wash.served} washed, {wash.turned_away} turned away, "
          f"mean wait {sum(wash.waits) / len(wash.waits):.3f}, longest queue {wash.longest}, longest wait {max(wash.waits):.3f}")
