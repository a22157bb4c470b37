"""A list as a priority queue: heap[k] <= heap[2*k+1] and heap[k] <= heap[2*k+2], so heap[0] is the smallest item.

The operations on one heap are native; what stands on them is here.
"""
try:
    from _heapq import (heapify, heappop, heappush, heappushpop, heapreplace, _heapify_max, _heappop_max,
                        _heapreplace_max)
except ImportError:
    from _py_heapq import (heapify, heappop, heappush, heappushpop, heapreplace, _heapify_max, _heappop_max,
                           _heapreplace_max)

__all__ = ['heappush', 'heappop', 'heapify', 'heapreplace', 'merge', 'nlargest', 'nsmallest', 'heappushpop']


def merge(*iterables, key=None, reverse=False):
    """An iterator over the items of several sorted iterables, in order. With reverse, all run from large to small.

    >>> list(merge([1, 3, 5, 7], [0, 2, 4, 8], [5, 10, 15, 20], [], [25]))
    [0, 1, 2, 3, 4, 5, 5, 7, 8, 10, 15, 20, 25]
    """
    # An entry is [sort key, number of the iterable, item, its __next__]: equal keys come in the order of the iterables.
    if reverse:
        make_heap, take, put_back, step = _heapify_max, _heappop_max, _heapreplace_max, -1
    else:
        make_heap, take, put_back, step = heapify, heappop, heapreplace, 1
    heap = []
    for number, iterator in enumerate(map(iter, iterables)):
        advance = iterator.__next__
        for item in iterator:
            heap.append([item if key is None else key(item), number * step, item, advance])
            break
    make_heap(heap)
    while len(heap) > 1:
        entry = heap[0]
        try:
            while True:
                yield entry[2]
                item = entry[3]()
                entry[0] = item if key is None else key(item)
                entry[2] = item
                put_back(heap, entry)
                entry = heap[0]
        except StopIteration:
            take(heap)
    if heap:
        _, _, item, advance = heap[0]
        yield item
        yield from advance.__self__


def nsmallest(n, iterable, key=None):
    """The n smallest items in order, as sorted(iterable, key=key)[:n]."""
    if n == 1:
        sentinel = object()
        smallest = min(iterable, default=sentinel, key=key)
        return [] if smallest is sentinel else [smallest]
    try:
        size = len(iterable)
    except (TypeError, AttributeError):
        pass
    else:
        if n >= size:
            return sorted(iterable, key=key)[:n]
    # The n best so far are a heap with the worst of them on top; the position makes equal keys stay in order.
    it = iter(iterable)
    best = [(item if key is None else key(item), position, item) for position, item in zip(range(n), it)]
    if not best:
        return []
    _heapify_max(best)
    worst = best[0][0]
    position = n
    for item in it:
        rank = item if key is None else key(item)
        if rank < worst:
            _heapreplace_max(best, (rank, position, item))
            worst = best[0][0]
            position += 1
    best.sort()
    return [item for _, _, item in best]


def nlargest(n, iterable, key=None):
    """The n largest items from the largest down, as sorted(iterable, key=key, reverse=True)[:n]."""
    if n == 1:
        sentinel = object()
        largest = max(iterable, default=sentinel, key=key)
        return [] if largest is sentinel else [largest]
    try:
        size = len(iterable)
    except (TypeError, AttributeError):
        pass
    else:
        if n >= size:
            return sorted(iterable, key=key, reverse=True)[:n]
    it = iter(iterable)
    best = [(item if key is None else key(item), -position, item) for position, item in zip(range(n), it)]
    if not best:
        return []
    heapify(best)
    worst = best[0][0]
    position = -n
    for item in it:
        rank = item if key is None else key(item)
        if worst < rank:
            heapreplace(best, (rank, position, item))
            worst = best[0][0]
            position -= 1
    best.sort(reverse=True)
    return [item for _, _, item in best]
