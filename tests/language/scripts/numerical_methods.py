"""Newton, bisection, Simpson, Runge-Kutta, least squares, Monte Carlo, the fast Fourier transform, continued fractions."""
import math
import random


def newton(f, df, x, tolerance=1e-12):
    for step in range(1, 50):
        dx = f(x) / df(x)
        x -= dx
        if abs(dx) < tolerance:
            return x, step
    raise ArithmeticError("no convergence")


def bisect(f, a, b, tolerance=1e-10):
    if f(a) * f(b) > 0:
        raise ValueError("no change of sign")
    while b - a > tolerance:
        m = (a + b) / 2
        a, b = (a, m) if f(a) * f(m) <= 0 else (m, b)
    return (a + b) / 2


def simpson(f, a, b, n=100):
    h = (b - a) / n
    return h / 3 * (f(a) + f(b) + 4 * sum(f(a + i * h) for i in range(1, n, 2)) + 2 * sum(f(a + i * h) for i in range(2, n, 2)))


def runge_kutta(f, t, y, end, n):
    h = (end - t) / n
    for _ in range(n):
        k1 = f(t, y)
        k2 = f(t + h / 2, [a + h / 2 * b for a, b in zip(y, k1)])
        k3 = f(t + h / 2, [a + h / 2 * b for a, b in zip(y, k2)])
        k4 = f(t + h, [a + h * b for a, b in zip(y, k3)])
        y = [a + h / 6 * (p + 2 * q + 2 * r + s) for a, p, q, r, s in zip(y, k1, k2, k3, k4)]
        t += h
    return y


def fit_line(points):
    n = len(points)
    sx, sy = (sum(p[i] for p in points) for i in (0, 1))
    sxx, sxy = sum(x * x for x, _ in points), sum(x * y for x, y in points)
    slope = (n * sxy - sx * sy) / (n * sxx - sx * sx)
    return slope, (sy - slope * sx) / n


def fft(values, sign=-1):
    n = len(values)
    if n == 1:
        return list(values)
    even, odd = fft(values[::2], sign), fft(values[1::2], sign)
    out = [0j] * n
    for k in range(n // 2):
        angle = sign * 2 * math.pi * k / n
        turned = complex(math.cos(angle), math.sin(angle)) * odd[k]
        out[k], out[k + n // 2] = even[k] + turned, even[k] - turned
    return out


def multiply(a, b):
    """Digits multiplied through the transform."""
    size = 1
    while size < len(a) + len(b):
        size *= 2
    fa, fb = (fft([complex(int(d)) for d in reversed(t)] + [0j] * (size - len(t))) for t in (a, b))
    back = fft([x * y for x, y in zip(fa, fb)], 1)
    carry, digits = 0, []
    for v in back:
        carry, d = divmod(round(v.real / size) + carry, 10)
        digits.append(str(d))
    return "".join(reversed(digits)).lstrip("0") or "0"


def continued(x, n):
    out = []
    for _ in range(n):
        whole = math.floor(x)
        out.append(whole)
        if x - whole < 1e-9:
            break
        x = 1 / (x - whole)
    return out


x, steps = newton(lambda x: x * x - 2, lambda x: 2 * x, 1.0)
print(f"{x:.12f} {steps} {bisect(math.cos, 0, 3):.8f} {simpson(math.sin, 0, math.pi):.9f} {simpson(lambda x: 1 / x, 1, math.e):.8f}")
position, speed = runge_kutta(lambda t, y: [y[1], -y[0]], 0, [1.0, 0.0], math.pi, 200)
print(f"{position:.8f} {abs(speed):.6f} {runge_kutta(lambda t, y: [y[0]], 0, [1.0], 1, 100)[0]:.9f}")
rng = random.Random(6)
slope, offset = fit_line([(i, 3 * i - 5 + rng.gauss(0, 0.5)) for i in range(200)])
print(f"{slope:.6f} {offset:.6f}", fit_line([(0, 1), (1, 3), (2, 5)]))
hits = sum(rng.random() ** 2 + rng.random() ** 2 < 1 for _ in range(20000))
print(hits, 4 * hits / 20000)
signal = [math.sin(2 * math.pi * 5 * i / 64) + 0.5 * math.cos(2 * math.pi * 12 * i / 64) for i in range(64)]
peaks = [k for k, v in enumerate(fft([complex(s) for s in signal])[:32]) if abs(v) > 10]
print(peaks, all(abs(a - b.real / 64) < 1e-9 for a, b in zip(signal, fft(fft([complex(s) for s in signal]), 1))))
print(multiply("123456789012345678901234567890", "987654321098765432109876543210") == str(123456789012345678901234567890 * 987654321098765432109876543210), multiply("0", "5"))
print(continued(math.pi, 5), continued(math.sqrt(2), 8), continued(3.25, 5))
for call in (lambda: bisect(math.exp, 0, 1), lambda: newton(lambda x: x * x + 1, lambda x: 2 * x, 0.5), lambda: newton(lambda x: 1, lambda x: 0, 1)):
    try:
        print(call())
    except (ValueError, ArithmeticError) as error:
        print(type(error).__name__, error)
mean = lambda v: math.fsum(v) / len(v)
data = [rng.normalvariate(100, 15) for _ in range(500)]
m = mean(data)
print(f"{m:.4f} {math.sqrt(mean([(d - m) ** 2 for d in data])):.4f} {sorted(data)[250]:.4f} {min(data):.3f} {max(data):.3f}")
