# Graphs: search, shortest paths, topological order, components, spanning tree.
import heapq
from collections import defaultdict, deque


class Graph:
    def __init__(self, edges=(), directed=False):
        self.adjacent = defaultdict(dict)
        self.directed = directed
        for a, b, *weight in edges:
            self.connect(a, b, *weight)

    def connect(self, a, b, weight=1):
        self.adjacent[a][b] = weight
        self.adjacent[b]
        if not self.directed:
            self.adjacent[b][a] = weight

    def __iter__(self):
        return iter(self.adjacent)

    def __len__(self):
        return len(self.adjacent)

    def __contains__(self, node):
        return node in self.adjacent

    def bfs(self, start):
        seen, queue = {start: None}, deque([start])
        while queue:
            node = queue.popleft()
            yield node
            for neighbour in self.adjacent[node]:
                if neighbour not in seen:
                    seen[neighbour] = node
                    queue.append(neighbour)

    def dfs(self, node, seen=None):
        seen = set() if seen is None else seen
        if node in seen:
            return
        seen.add(node)
        yield node
        for neighbour in sorted(self.adjacent[node]):
            yield from self.dfs(neighbour, seen)

    def shortest(self, start, goal):
        best = {start: (0, None)}
        heap = [(0, start)]
        while heap:
            cost, node = heapq.heappop(heap)
            if node == goal:
                path = []
                while node is not None:
                    path.append(node)
                    node = best[node][1]
                return cost, path[::-1]
            if cost > best[node][0]:
                continue
            for neighbour, weight in self.adjacent[node].items():
                new = cost + weight
                if neighbour not in best or new < best[neighbour][0]:
                    best[neighbour] = new, node
                    heapq.heappush(heap, (new, neighbour))
        raise LookupError(f"no way from {start} to {goal}")

    def topological(self):
        incoming = {node: 0 for node in self}
        for node in self:
            for other in self.adjacent[node]:
                incoming[other] += 1
        ready = [node for node, count in incoming.items() if not count]
        heapq.heapify(ready)
        order = []
        while ready:
            node = heapq.heappop(ready)
            order.append(node)
            for other in self.adjacent[node]:
                incoming[other] -= 1
                if incoming[other] == 0:
                    heapq.heappush(ready, other)
        if len(order) != len(self):
            raise ValueError(f"cycle among {sorted(n for n, c in incoming.items() if c)}")
        return order

    def components(self):
        left = set(self)
        while left:
            part = set(self.dfs(min(left)))
            left -= part
            yield sorted(part)


def kruskal(edges):
    parent = {}

    def find(x):
        parent.setdefault(x, x)
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for a, b, w in sorted(edges, key=lambda e: e[2]):
        if (ra := find(a)) != (rb := find(b)):
            parent[ra] = rb
            yield a, b, w


roads = [("A", "B", 4), ("A", "C", 2), ("C", "B", 1), ("B", "D", 5), ("C", "D", 8), ("D", "E", 3), ("X", "Y", 1)]
g = Graph(roads)
print(list(g.bfs("A")), list(g.dfs("A")), len(g), "Q" in g)
print(g.shortest("A", "E"), list(g.components()))
try:
    g.shortest("A", "Y")
except LookupError as error:
    print(error)
tree = list(kruskal(roads))
print(tree, sum(w for *_, w in tree))
tasks = Graph([("wake", "wash"), ("wash", "dress"), ("wake", "cook"), ("cook", "eat"), ("dress", "leave"), ("eat", "leave")], directed=True)
print(tasks.topological())
tasks.connect("leave", "wake")
try:
    tasks.topological()
except ValueError as error:
    print(error)
