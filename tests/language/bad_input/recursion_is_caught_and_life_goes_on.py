import sys
sys.setrecursionlimit(300)


def depth(n=0):
    try:
        return depth(n + 1)
    except RecursionError:
        return n


first = depth()
print(100 < first < 300)


def f(n): return 0 if n == 0 else 1 + f(n - 1)


print(f(250))
try:
    f(400)
except RecursionError as e:
    print(e)
sys.setrecursionlimit(10000)
print(f(5000))


def cleanup(n, log):
    try:
        return cleanup(n + 1, log)
    finally:
        if n < 2:
            log.append(n)


log = []
try:
    cleanup(0, log)
except RecursionError:
    print(log)
