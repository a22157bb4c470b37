"""Conversions: Roman numerals, number words, any base, binary floats, primes and digits."""


def to_roman(n):
    if not 0 < n < 4000:
        raise ValueError(f"no Roman numeral for {n}")
    out = ""
    for value, letters in zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "M CM D CD C XC L XL X IX V IV I".split()):
        count, n = divmod(n, value)
        out += letters * count
    return out


def from_roman(text):
    values = dict(I=1, V=5, X=10, L=50, C=100, D=500, M=1000)
    total = 0
    for a, b in zip(text, text[1:] + " "):
        total += -values[a] if values.get(b, 0) > values[a] else values[a]
    if to_roman(total) != text:
        raise ValueError(f"{text} should be {to_roman(total)}")
    return total


ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()


def words(n):
    if n < 0:
        return "minus " + words(-n)
    if n < 20:
        return ONES[n]
    if n < 100:
        return TENS[n // 10] + (f"-{ONES[n % 10]}" if n % 10 else "")
    for size, name in ((10 ** 9, "billion"), (10 ** 6, "million"), (1000, "thousand"), (100, "hundred")):
        if n >= size:
            high, low = divmod(n, size)
            joiner = " and " if size == 100 and low else " "
            return f"{words(high)} {name}" + (joiner + words(low) if low else "")


def to_base(n, base):
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    if n < 0:
        return "-" + to_base(-n, base)
    return digits[n] if n < base else to_base(n // base, base) + digits[n % base]


def factors(n):
    out, d = [], 2
    while d * d <= n:
        while n % d == 0:
            out.append(d)
            n //= d
        d += 1
    return out + [n] * (n > 1)


print([to_roman(n) for n in (1, 4, 9, 14, 40, 90, 400, 1994, 2024, 3999)])
print(all(from_roman(to_roman(n)) == n for n in range(1, 4000)), sum(len(to_roman(n)) for n in range(1, 4000)))
for bad in ("IIII", "VX", "IC"):
    try:
        from_roman(bad)
    except ValueError as error:
        print(error)
for n in (0, 4000):
    try:
        to_roman(n)
    except ValueError as error:
        print(error)
for n in (0, 13, 42, 100, 115, 999, 1000, 12345, 1_000_001, -70, 2_147_483_647):
    print(n, words(n))
print([to_base(1000, b) for b in (2, 3, 8, 12, 16, 36)], all(int(to_base(n, b), b) == n for n in range(-50, 500) for b in (2, 7, 36)))
print([factors(n) for n in (1, 2, 97, 360, 1001, 2 ** 20, 999_999_937, 600851475143)])
perfect = [n for n in range(2, 600) if sum(d for d in range(1, n // 2 + 1) if n % d == 0) == n]
print(perfect, [n for n in range(1, 1000) if sum(int(c) ** len(str(n)) for c in str(n)) == n])
happy = []
for n in range(1, 60):
    seen, m = set(), n
    while m != 1 and m not in seen:
        seen.add(m)
        m = sum(int(c) ** 2 for c in str(m))
    if m == 1:
        happy.append(n)
print(happy)


def collatz(n, memo={1: 1}):
    if n not in memo:
        memo[n] = 1 + collatz(n // 2 if n % 2 == 0 else 3 * n + 1)
    return memo[n]


print(max(range(1, 3000), key=collatz), collatz(2919))
