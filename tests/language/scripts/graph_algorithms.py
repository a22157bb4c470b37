"""Breadth first, depth first, Dijkstra with a heap of its own, topological order, components, minimum spanning tree."""
from collections import deque, defaultdict


class Heap:
    def __init__(self):
        self.items = []

    def push(self, item):
        items = self.items
        items.append(item)
        i = len(items) - 1
        while i and items[i] < items[(i - 1) // 2]:
            items[i], items[(i - 1) // 2] = items[(i - 1) // 2], items[i]
            i = (i - 1) // 2

    def pop(self):
        items = self.items
        items[0], items[-1] = items[-1], items[0]
        smallest = items.pop()
        i = 0
        while True:
            child = 2 * i + 1
            if child >= len(items):
                return smallest
            if child + 1 < len(items) and items[child + 1] < items[child]:
                child += 1
            if items[i] <= items[child]:
                return smallest
            items[i], items[child] = items[child], items[i]
            i = child

    def __bool__(self):
        return bool(self.items)


class Graph:
    def __init__(self, edges, directed=False):
        self.edges = defaultdict(dict)
        for a, b, w in edges:
            self.edges[a][b] = w
            if directed:
                self.edges[b]
            else:
                self.edges[b][a] = w

    def bfs(self, start):
        seen, queue = {start: 0}, deque([start])
        while queue:
            node = queue.popleft()
            for other in sorted(self.edges[node]):
                if other not in seen:
                    seen[other] = seen[node] + 1
                    queue.append(other)
        return seen

    def dfs(self, start, seen=None):
        seen = set() if seen is None else seen
        seen.add(start)
        yield start
        for other in sorted(self.edges[start]):
            if other not in seen:
                yield from self.dfs(other, seen)

    def dijkstra(self, start, goal):
        heap, best, came = Heap(), {start: 0}, {}
        heap.push((0, start))
        while heap:
            cost, node = heap.pop()
            if node == goal:
                path = [node]
                while node in came:
                    node = came[node]
                    path.append(node)
                return cost, path[::-1]
            if cost > best[node]:
                continue
            for other, weight in self.edges[node].items():
                new = cost + weight
                if new < best.get(other, float("inf")):
                    best[other], came[other] = new, node
                    heap.push((new, other))
        return None

    def topological(self):
        degree = {n: 0 for n in self.edges}
        for n in self.edges:
            for m in self.edges[n]:
                degree[m] += 1
        ready, order = sorted(n for n in degree if not degree[n]), []
        while ready:
            n = ready.pop(0)
            order.append(n)
            for m in sorted(self.edges[n]):
                degree[m] -= 1
                if not degree[m]:
                    ready.append(m)
        if len(order) < len(degree):
            raise ValueError(f"cycle among {sorted(set(degree) - set(order))}")
        return order

    def components(self):
        left, out = set(self.edges), []
        while left:
            part = set(self.dfs(min(left)))
            out.append(sorted(part))
            left -= part
        return out

    def spanning_tree(self):
        parent = {n: n for n in self.edges}

        def find(n):
            while parent[n] != n:
                parent[n] = parent[parent[n]]
                n = parent[n]
            return n

        chosen, total = [], 0
        for w, a, b in sorted((w, a, b) for a in self.edges for b, w in self.edges[a].items() if a < b):
            if find(a) != find(b):
                parent[find(a)] = find(b)
                chosen.append(a + b)
                total += w
        return chosen, total


g = Graph([("a", "b", 4), ("a", "c", 1), ("c", "b", 2), ("b", "d", 5), ("c", "d", 8), ("d", "e", 3), ("x", "y", 1)])
print(g.bfs("a"), list(g.dfs("a")), g.dijkstra("a", "e"), g.dijkstra("a", "x"), g.components(), g.spanning_tree(), sep="\n")
print(Graph([("shirt", "tie", 1), ("tie", "jacket", 1), ("trousers", "shoes", 1), ("trousers", "belt", 1), ("belt", "jacket", 1)], True).topological())
try:
    Graph([("a", "b", 1), ("b", "c", 1), ("c", "a", 1), ("s", "a", 1)], True).topological()
except ValueError as error:
    print(error)
grid = Graph([((x, y), (x + dx, y + dy), (x * 7 + y * 3) % 5 + 1) for x in range(12) for y in range(12) for dx, dy in ((1, 0), (0, 1))])
cost, path = grid.dijkstra((0, 0), (12, 11))
print(cost, len(path), path[:4], max(grid.bfs((0, 0)).values()))
