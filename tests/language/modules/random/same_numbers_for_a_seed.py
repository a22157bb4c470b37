import random
random.seed(42)
print(random.random(), random.random(), random.randint(1, 100), random.randrange(10), random.randrange(5, 50, 5), random.choice("abcdef"), random.uniform(1, 2))
items = list(range(10))
random.shuffle(items)
print(items, random.sample(range(100), 5), random.choices("abc", k=6), random.choices([1, 2, 3], weights=[1, 2, 7], k=5), random.sample("abcdefgh", 8))
print(random.getrandbits(10), random.getrandbits(100), random.gauss(0, 1), random.normalvariate(5, 2), random.expovariate(1.5), random.triangular(0, 10, 3), random.betavariate(2, 3), random.gammavariate(2, 1), random.lognormvariate(0, 1), random.vonmisesvariate(0, 1), random.paretovariate(3), random.weibullvariate(1, 2))
r = random.Random(7)
print(r.random(), r.randint(0, 10 ** 20), [r.randrange(3) for _ in range(10)], r.choice([5]))
state = r.getstate()
a = [r.random() for _ in range(3)]
r.setstate(state)
print(a == [r.random() for _ in range(3)], random.Random("text").random(), random.Random(1.5).random(), random.Random(b"bytes").random(), random.Random(-5).random() == random.Random(5).random(), random.Random(2 ** 100).random())
for seed in (0, 1, 123456789, 2 ** 40):
    random.seed(seed)
    print(seed, random.random(), random.randint(-1000, 1000), random.choice(range(1000)))
random.seed(1)
print([random.randbytes(4) for _ in range(2)], [round(random.gauss(10, 3), 6) for _ in range(4)])
for call in (lambda: random.choice([]), lambda: random.randrange(0), lambda: random.randint(5, 1), lambda: random.sample([1], 2), lambda: random.randrange(1, 10, 0), lambda: random.shuffle((1, 2)), lambda: random.choices([1], weights=[1, 2]), lambda: random.sample({1, 2}, 1), lambda: random.getrandbits(-1)):
    try:
        print(call())
    except (IndexError, ValueError, TypeError) as e:
        print(type(e).__name__, e)
