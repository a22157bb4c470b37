# The same answer however the work is split.
import threading


def part(numbers, out, i):
    total = 0
    for n in numbers:
        total += n * n % 7
    out[i] = total


numbers = list(range(40000))
expected = sum(n * n % 7 for n in numbers)
for count in (1, 2, 4, 8):
    out = [None] * count
    size = len(numbers) // count
    threads = [threading.Thread(target=part, args=(numbers[i * size:(i + 1) * size], out, i)) for i in range(count)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    print(count, sum(out) == expected)
