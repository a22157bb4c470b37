"""Makes a maze with seeded random, prints it, and solves it breadth first and with A*."""
import random
from collections import deque

DIRECTIONS = {"N": (0, -1), "S": (0, 1), "E": (1, 0), "W": (-1, 0)}
OPPOSITE = dict(zip("NSEW", "SNWE"))


class Maze:
    def __init__(self, width, height, seed):
        self.width, self.height = width, height
        self.open = {(x, y): set() for x in range(width) for y in range(height)}
        rng = random.Random(seed)
        stack, seen = [(0, 0)], {(0, 0)}
        while stack:
            x, y = stack[-1]
            choices = [(d, (x + dx, y + dy)) for d, (dx, dy) in DIRECTIONS.items() if (x + dx, y + dy) in self.open and (x + dx, y + dy) not in seen]
            if not choices:
                stack.pop()
                continue
            direction, cell = rng.choice(choices)
            self.open[x, y].add(direction)
            self.open[cell].add(OPPOSITE[direction])
            seen.add(cell)
            stack.append(cell)

    def neighbours(self, cell):
        x, y = cell
        for d in "NSEW":
            if d in self.open[cell]:
                dx, dy = DIRECTIONS[d]
                yield (x + dx, y + dy)

    def bfs(self, start, goal):
        came, queue = {start: None}, deque([start])
        while queue:
            cell = queue.popleft()
            if cell == goal:
                break
            for other in self.neighbours(cell):
                if other not in came:
                    came[other] = cell
                    queue.append(other)
        return self.path(came, goal), len(came)

    def a_star(self, start, goal):
        def guess(cell):
            return abs(cell[0] - goal[0]) + abs(cell[1] - goal[1])
        came, cost, todo = {start: None}, {start: 0}, [(guess(start), start)]
        expanded = 0
        while todo:
            todo.sort(reverse=True)
            _, cell = todo.pop()
            expanded += 1
            if cell == goal:
                break
            for other in self.neighbours(cell):
                if cost[cell] + 1 < cost.get(other, 10 ** 9):
                    cost[other] = cost[cell] + 1
                    came[other] = cell
                    todo.append((cost[other] + guess(other), other))
        return self.path(came, goal), expanded

    def path(self, came, goal):
        path = []
        while goal is not None:
            path.append(goal)
            goal = came[goal]
        return path[::-1]

    def __str__(self):
        lines = ["+" + "--+" * self.width]
        for y in range(self.height):
            row, below = "|", "+"
            for x in range(self.width):
                row += "  " + (" " if "E" in self.open[x, y] else "|")
                below += ("  " if "S" in self.open[x, y] else "--") + "+"
            lines += [row, below]
        return "\n".join(lines)


maze = Maze(10, 6, seed=5)
print(maze)
goal = (9, 5)
a, seen = maze.bfs((0, 0), goal)
b, expanded = maze.a_star((0, 0), goal)
print(len(a), a == b, seen, expanded <= seen, a[:4], a[-2:])
big = Maze(25, 25, seed=9)
print(len(big.bfs((0, 0), (24, 24))[0]), sum(len(v) for v in big.open.values()))
