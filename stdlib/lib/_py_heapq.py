"""The operations on one heap, in the language itself: heapq uses them when the native _heapq cannot be imported.

A hole wanders: `_rise` moves it from a position towards the root, `_sink` from a position down to a leaf along the
better children and then lets the item rise from there, which takes fewer comparisons than stopping on the way. `before`
is the order: `_less` for the heaps that programs see, `_more` for those of nsmallest and merge(reverse=True).
"""


def _less(a, b):
    return a < b


def _more(a, b):
    return b < a


def _rise(heap, top, place, before):
    item = heap[place]
    while place > top:
        parent = (place - 1) >> 1
        if not before(item, heap[parent]):
            break
        heap[place] = heap[parent]
        place = parent
    heap[place] = item


def _sink(heap, place, before):
    size, top, item = len(heap), place, heap[place]
    child = 2 * place + 1
    while child < size:
        if child + 1 < size and not before(heap[child], heap[child + 1]):
            child += 1
        heap[place] = heap[child]
        place, child = child, 2 * child + 1
    heap[place] = item
    _rise(heap, top, place, before)


def _pop(heap, before):
    last = heap.pop()
    if not heap:
        return last
    first, heap[0] = heap[0], last
    _sink(heap, 0, before)
    return first


def _replace(heap, item, before):
    first, heap[0] = heap[0], item
    _sink(heap, 0, before)
    return first


def _order(heap, before):
    for place in range(len(heap) // 2 - 1, -1, -1):
        _sink(heap, place, before)


def heappush(heap, item):
    """Put an item on the heap."""
    heap.append(item)
    _rise(heap, 0, len(heap) - 1, _less)


def heappop(heap):
    """Take the smallest item off the heap."""
    return _pop(heap, _less)


def heapreplace(heap, item):
    """Take the smallest item, and then put another one on."""
    return _replace(heap, item, _less)


def heappushpop(heap, item):
    """Put an item on, and then take the smallest one."""
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _sink(heap, 0, _less)
    return item


def heapify(x):
    """Make a heap of a list, in place."""
    _order(x, _less)


def _heappop_max(heap):
    return _pop(heap, _more)


def _heapreplace_max(heap, item):
    return _replace(heap, item, _more)


def _heapify_max(x):
    _order(x, _more)
