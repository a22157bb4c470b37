"""Tic-tac-toe by minimax with alpha-beta pruning: perfect players draw, and a random one loses."""
import random

LINES = [(0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6)]


class Board:
    def __init__(self, cells=" " * 9):
        self.cells = cells

    def moves(self):
        return [i for i, c in enumerate(self.cells) if c == " "]

    def play(self, i, who):
        return Board(self.cells[:i] + who + self.cells[i + 1:])

    def winner(self):
        for a, b, c in LINES:
            if self.cells[a] != " " and self.cells[a] == self.cells[b] == self.cells[c]:
                return self.cells[a]
        return None if " " in self.cells else "draw"

    def __str__(self):
        return "\n-+-+-\n".join("|".join(self.cells[i:i + 3]) for i in (0, 3, 6))


class Perfect:
    def __init__(self, who):
        self.who, self.looked = who, 0

    def value(self, board, who, alpha, beta):
        self.looked += 1
        if won := board.winner():
            return {"draw": 0, self.who: 1}.get(won, -1)
        best = -2 if who == self.who else 2
        for move in board.moves():
            v = self.value(board.play(move, who), "XO"[who == "X"], alpha, beta)
            if who == self.who:
                best, alpha = max(best, v), max(alpha, v)
            else:
                best, beta = min(best, v), min(beta, v)
            if alpha >= beta:
                break
        return best

    def choose(self, board):
        other = "XO"[self.who == "X"]
        return max(board.moves(), key=lambda m: (self.value(board.play(m, self.who), other, -2, 2), -m))


class Random:
    def __init__(self, who, seed):
        self.who, self.rng = who, random.Random(seed)

    def choose(self, board):
        return self.rng.choice(board.moves())


def game(x, o, show=False):
    board, players = Board(), [x, o]
    while not board.winner():
        player = players[0]
        board = board.play(player.choose(board), player.who)
        players.reverse()
    if show:
        print(board)
    return board.winner()


x = Perfect("X")
print(game(x, Perfect("O"), show=True), x.looked)
results = {}
for seed in range(6):
    result = game(Random("X", seed), Perfect("O"))
    results[result] = results.get(result, 0) + 1
print(sorted(results.items()))
print(game(Random("X", 1), Random("O", 2), show=True))
print(Board("XX OO    ").winner(), Board("XXXOO    ").winner(), Board("XOXXOOOXX").winner(), Perfect("X").choose(Board("XX OO    ")))
