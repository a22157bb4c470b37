"""Conway's game of life on an endless board: ./run.sh programs/life.py [PATTERN] [GENERATIONS]

What to watch: the board is a set of living cells, so it has no edges and its cost follows the living only;
a generation is one Counter of neighbours. PATTERN: glider, blinker, acorn, gun.
"""
import sys
from collections import Counter

PATTERNS = {
    "glider": [".#.", "..#", "###"],
    "blinker": ["###"],
    "acorn": [".#.....", "...#...", "##..###"],
    "gun": ["........................#...........", "......................#.#...........", "............##......##............##",
            "...........#...#....##............##", "##........#.....#...##..............", "##........#...#.##....#.#...........",
            "..........#.....#.......#...........", "...........#...#....................", "............##......................"],
}


def cells_of(rows):
    return {(x, y) for y, row in enumerate(rows) for x, c in enumerate(row) if c == "#"}


def step(alive):
    neighbours = Counter((x + dx, y + dy) for x, y in alive for dx in (-1, 0, 1) for dy in (-1, 0, 1) if dx or dy)
    return {cell for cell, n in neighbours.items() if n == 3 or (n == 2 and cell in alive)}


def show(alive, width=40, height=12):
    for y in range(height):
        row = "".join("#" if (x, y) in alive else "." for x in range(width)).rstrip(".")
        if row:
            print(f"{y:>3} {row}")


def main(name="glider", generations="12"):
    alive = cells_of(PATTERNS[name])
    print(f"{name}: {len(alive)} cells")
    show(alive)
    seen = {frozenset(alive): 0}
    for generation in range(1, int(generations) + 1):
        alive = step(alive)
        state = frozenset(alive)
        if state in seen:
            print(f"generation {generation} repeats generation {seen[state]}")
            break
        seen[state] = generation
    xs, ys = [x for x, _ in alive], [y for _, y in alive]
    print(f"generation {generation}: {len(alive)} cells in x {min(xs)}..{max(xs)}, y {min(ys)}..{max(ys)}")
    show(alive)


if __name__ == "__main__":
    main(*sys.argv[1:])
