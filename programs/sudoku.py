"""Solves sudokus by constraint propagation and search: ./run.sh programs/sudoku.py [PUZZLE]...

What to watch: a cell's possible digits are the bits of an int; search takes the cell with the fewest
choices, and a dead end undoes its work by dropping a copied list. A puzzle is 81 letters, 0 or . for empty.
"""
import sys

PUZZLES = [
    "530070000600195000098000060800060003400803001700020006060000280000419005000080079",
    "..............3.85..1.2.......5.7.....4...1...9.......5......73..2.1........4...9",
    "8..........36......7..9.2...5...7.......457.....1...3...1....68..85...1..9....4..",
]
ALL = 0b111111111


def peers_of(cell):
    row, column = divmod(cell, 9)
    box = row // 3 * 27 + column // 3 * 3
    near = {row * 9 + i for i in range(9)} | {i * 9 + column for i in range(9)}
    near |= {box + r * 9 + c for r in range(3) for c in range(3)}
    return sorted(near - {cell})


PEERS = [peers_of(cell) for cell in range(81)]


class Solver:
    def __init__(self):
        self.guesses = 0

    def assign(self, cells, cell, bit):
        """Fixes a cell and removes its digit from its peers; False if that is impossible."""
        todo = [(cell, bit)]
        while todo:
            cell, bit = todo.pop()
            if not cells[cell] & bit:
                return False
            cells[cell] = bit
            for peer in PEERS[cell]:
                left = cells[peer]
                if left & bit:
                    left &= ~bit
                    if not left:
                        return False
                    cells[peer] = left
                    if left & (left - 1) == 0:
                        todo.append((peer, left))
        return True

    def search(self, cells):
        best, fewest = None, 10
        for cell, choices in enumerate(cells):
            count = choices.bit_count()
            if 1 < count < fewest:
                best, fewest = cell, count
        if best is None:
            return cells
        choices = cells[best]
        while choices:
            bit = choices & -choices
            choices ^= bit
            self.guesses += 1
            attempt = cells[:]
            if self.assign(attempt, best, bit) and (found := self.search(attempt)):
                return found
        return None

    def solve(self, puzzle):
        cells = [ALL] * 81
        for cell, letter in enumerate(puzzle):
            if letter in "123456789" and not self.assign(cells, cell, 1 << (int(letter) - 1)):
                return None
        return self.search(cells)


def show(cells):
    for row in range(9):
        digits = [str(cells[row * 9 + c].bit_length()) for c in range(9)]
        print(" ", " | ".join(" ".join(digits[i:i + 3]) for i in (0, 3, 6)))
        if row in (2, 5):
            print("  ------+-------+------")


def main(puzzles):
    for number, puzzle in enumerate(puzzles, 1):
        solver = Solver()
        solution = solver.solve(puzzle)
        print(f"puzzle {number}: {sum(c not in '0.' for c in puzzle)} given, {solver.guesses} guesses")
        show(solution) if solution else print("  has no solution")


if __name__ == "__main__":
    main(sys.argv[1:] or PUZZLES)
