"""Merge sort, its halves sorted by threads. ./run.sh programs/threads/merge_sort.py [NUMBER OF ITEMS]

What to watch: how long it takes. The list is cut in two until there is a piece for each worker; two sorted halves are
merged by the thread that waited for both. With a GIL this takes as long as in one thread; without it two processors
need little more than half the time (`gila compare programs/threads/merge_sort.py 200000`).
"""
import random
import sys
import threading


def merge(left, right):
    merged, i, j = [], 0, 0
    while i < len(left) and j < len(right):
        if right[j] < left[i]:
            merged.append(right[j])
            j += 1
        else:
            merged.append(left[i])
            i += 1
    return merged + left[i:] + right[j:]


def sort(items):
    if len(items) < 2:
        return items
    middle = len(items) // 2
    return merge(sort(items[:middle]), sort(items[middle:]))


def sort_in_threads(items, levels):
    """2 ** levels threads at the bottom."""
    if not levels:
        return sort(items)
    middle, halves = len(items) // 2, [None, None]

    def sort_half(index, half):
        halves[index] = sort_in_threads(half, levels - 1)

    other = threading.Thread(target=sort_half, args=(1, items[middle:]))
    other.start()
    sort_half(0, items[:middle])
    other.join()
    return merge(*halves)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    items = random.Random(4).sample(range(count * 10), count)
    ordered = sort_in_threads(items, 2)
    print(count, "items sorted by four threads:", ordered == sorted(items))


main()
