"""Permutations of a small list: index, slice and reverse."""


def run(n):
    count = list(range(n))
    permutation = list(range(n))
    best = checksum = turn = 0
    r = n
    while True:
        while r != 1:
            count[r - 1] = r
            r -= 1
        if permutation[0] != 0:
            work = permutation[:]
            flips = 0
            first = work[0]
            while first:
                work[:first + 1] = work[first::-1]
                flips += 1
                first = work[0]
            if flips > best:
                best = flips
            checksum += flips if turn % 2 == 0 else -flips
        turn += 1
        while True:
            if r == n:
                return checksum, best
            permutation.insert(r, permutation.pop(0))
            count[r] -= 1
            if count[r] > 0:
                break
            r += 1


print(*run(9))
