"""Floats kept in attributes: planets pull each other."""
from math import sqrt


class Body:
    def __init__(self, x, y, z, vx, vy, vz, mass):
        self.x, self.y, self.z = x, y, z
        self.vx, self.vy, self.vz = vx, vy, vz
        self.mass = mass


def advance(bodies, pairs, dt, steps):
    for _ in range(steps):
        for a, b in pairs:
            dx = a.x - b.x
            dy = a.y - b.y
            dz = a.z - b.z
            squared = dx * dx + dy * dy + dz * dz
            force = dt / (squared * sqrt(squared))
            pull = b.mass * force
            a.vx -= dx * pull
            a.vy -= dy * pull
            a.vz -= dz * pull
            pull = a.mass * force
            b.vx += dx * pull
            b.vy += dy * pull
            b.vz += dz * pull
        for body in bodies:
            body.x += dt * body.vx
            body.y += dt * body.vy
            body.z += dt * body.vz


def energy(bodies, pairs):
    total = sum(b.mass * (b.vx ** 2 + b.vy ** 2 + b.vz ** 2) / 2 for b in bodies)
    for a, b in pairs:
        total -= a.mass * b.mass / sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2 + (a.z - b.z) ** 2)
    return total


bodies = [
    Body(0.0, 0.0, 0.0, 0.0, -0.006, 0.0, 39.5),
    Body(4.84, -1.16, -0.1, 0.6, 2.81, -0.025, 0.0377),
    Body(8.34, 4.12, -0.4, -1.01, 1.82, 0.0084, 0.0113),
    Body(12.9, -15.1, -0.22, 1.08, 0.868, -0.01, 0.00172),
    Body(15.4, -25.9, 0.18, 0.979, 0.594, -0.0347, 0.002),
]
pairs = [(a, b) for i, a in enumerate(bodies) for b in bodies[i + 1:]]
print(f"{energy(bodies, pairs):.9f}")
advance(bodies, pairs, 0.01, 180_000)
print(f"{energy(bodies, pairs):.9f}")
