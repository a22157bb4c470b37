"""Sorting by what must come first: TopologicalSorter."""
from types import GenericAlias

__all__ = ['TopologicalSorter', 'CycleError']

_OUT, _DONE = -1, -2  # of the count of a node: it was handed out, it is done


class _Node:
    __slots__ = ('node', 'count', 'successors')

    def __init__(self, node):
        self.node = node
        self.count = 0  # how many of its predecessors are not done
        self.successors = []


class CycleError(ValueError):
    """The graph has a cycle: args[1] is the list of its nodes, the first one again at the end."""


class TopologicalSorter:
    """Gives the nodes of a graph so that each comes after those that it depends on.

    {'D': {'B', 'C'}, 'B': {'A'}} says that D comes after B and C. static_order() gives all; or, for work in parallel:
    prepare(), then get_ready() and done() as long as is_active().
    """

    def __init__(self, graph=None):
        self._infos = {}
        self._ready = None
        self._out = self._finished = 0
        for node, predecessors in (graph or {}).items():
            self.add(node, *predecessors)

    def _info(self, node):
        info = self._infos.get(node)
        if info is None:
            info = self._infos[node] = _Node(node)
        return info

    def add(self, node, *predecessors):
        """Say that a node comes after these."""
        if self._ready is not None:
            raise ValueError('Nodes cannot be added after a call to prepare()')
        info = self._info(node)
        info.count += len(predecessors)
        for predecessor in predecessors:
            self._info(predecessor).successors.append(node)

    def prepare(self):
        """The graph is complete: look for cycles."""
        if self._ready is not None:
            raise ValueError('cannot prepare() more than once')
        self._ready = [info.node for info in self._infos.values() if info.count == 0]
        cycle = self._find_cycle()
        if cycle:
            raise CycleError('nodes are in a cycle', cycle)

    def get_ready(self):
        """The nodes that may come now, each once."""
        if self._ready is None:
            raise ValueError('prepare() must be called first')
        result = tuple(self._ready)
        for node in result:
            self._infos[node].count = _OUT
        self._ready.clear()
        self._out += len(result)
        return result

    def is_active(self):
        """Whether there is more to come."""
        if self._ready is None:
            raise ValueError('prepare() must be called first')
        return self._finished < self._out or bool(self._ready)

    def __bool__(self):
        return self.is_active()

    def done(self, *nodes):
        """These are done: what depends on them may come."""
        if self._ready is None:
            raise ValueError('prepare() must be called first')
        for node in nodes:
            info = self._infos.get(node)
            if info is None:
                raise ValueError(f'node {node!r} was not added using add()')
            if info.count == _DONE:
                raise ValueError(f'node {node!r} was already marked done')
            if info.count >= 0:
                raise ValueError(f'node {node!r} was not passed out (still not ready)')
            info.count = _DONE
            for successor in info.successors:
                later = self._infos[successor]
                later.count -= 1
                if later.count == 0:
                    self._ready.append(successor)
            self._finished += 1

    def _find_cycle(self):
        """The nodes of a cycle, the first again at the end; None if there is none."""
        finished = set()
        for start in self._infos:
            if start in finished:
                continue
            path, places, walks = [start], {start: 0}, [iter(self._infos[start].successors)]
            while walks:
                node = next(walks[-1], finished)  # the set stands for the end: it is no node
                if node is finished:
                    walks.pop()
                    last = path.pop()
                    del places[last]
                    finished.add(last)
                elif node in places:
                    return path[places[node]:] + [node]
                elif node not in finished:
                    places[node] = len(path)
                    path.append(node)
                    walks.append(iter(self._infos[node].successors))
        return None

    def static_order(self):
        """All nodes, one after the other."""
        self.prepare()
        while self.is_active():
            group = self.get_ready()
            yield from group
            self.done(*group)

    __class_getitem__ = classmethod(GenericAlias)
