"""Cards: a deck with seeded shuffles, poker hands ranked, war played to the end, blackjack with a simple player."""
import random
from collections import Counter
from itertools import combinations, product

RANKS, SUITS = "23456789TJQKA", "SHDC"


class Card:
    __slots__ = ("rank", "suit")

    def __init__(self, text):
        self.rank, self.suit = RANKS.index(text[0]) + 2, text[1]

    def __repr__(self):
        return RANKS[self.rank - 2] + self.suit

    def __lt__(self, other):
        return (self.rank, self.suit) < (other.rank, other.suit)

    def __eq__(self, other):
        return (self.rank, self.suit) == (other.rank, other.suit)

    def __hash__(self):
        return hash((self.rank, self.suit))


class Deck:
    def __init__(self, seed):
        self.cards = [Card(r + s) for r, s in product(RANKS, SUITS)]
        random.Random(seed).shuffle(self.cards)

    def deal(self, n):
        hand, self.cards = self.cards[:n], self.cards[n:]
        return hand

    def __len__(self):
        return len(self.cards)


NAMES = ["high card", "pair", "two pairs", "three of a kind", "straight", "flush", "full house", "four of a kind", "straight flush"]


def rank_hand(cards):
    counts = Counter(c.rank for c in cards)
    order = sorted(counts, key=lambda r: (counts[r], r), reverse=True)
    shape = sorted(counts.values(), reverse=True)
    flush = len({c.suit for c in cards}) == 1
    ranks = sorted(counts, reverse=True)
    straight = len(ranks) == 5 and (ranks[0] - ranks[4] == 4 or ranks == [14, 5, 4, 3, 2])
    if straight and ranks[1] == 5:
        order = [5, 4, 3, 2, 1]
    match shape, straight, flush:
        case _, True, True: kind = 8
        case [4, 1], _, _: kind = 7
        case [3, 2], _, _: kind = 6
        case _, _, True: kind = 5
        case _, True, _: kind = 4
        case [3, *_], _, _: kind = 3
        case [2, 2, 1], _, _: kind = 2
        case [2, *_], _, _: kind = 1
        case _: kind = 0
    return kind, order


def best_of(cards):
    return max(combinations(cards, 5), key=rank_hand)


def war(seed):
    deck = Deck(seed)
    a, b = deck.deal(26), deck.deal(26)
    rounds = 0
    while a and b and rounds < 3000:
        rounds += 1
        pot = [a.pop(0), b.pop(0)]
        while pot[-2].rank == pot[-1].rank and len(a) > 1 and len(b) > 1:
            pot += [a.pop(0), b.pop(0), a.pop(0), b.pop(0)]
        (a if pot[-2].rank >= pot[-1].rank else b).extend(sorted(pot, reverse=True))
    return rounds, len(a), len(b)


def value(hand):
    total = sum(min(c.rank, 10) if c.rank < 14 else 11 for c in hand)
    aces = sum(c.rank == 14 for c in hand)
    while total > 21 and aces:
        total, aces = total - 10, aces - 1
    return total


def blackjack(seed, stop):
    deck = Deck(seed)
    player, dealer = deck.deal(2), deck.deal(2)
    for hand, limit in ((player, stop), (dealer, 17)):
        while value(hand) < limit:
            hand += deck.deal(1)
    p, d = value(player), value(dealer)
    return "lost" if p > 21 or d <= 21 and d > p else "draw" if p == d else "won"


hands = ["2H 3H 4H 5H 6H", "AS 2D 3C 4H 5S", "KD KH KC KS 2D", "9H 9D 9C 4S 4D", "2C 5C 9C JC KC", "7H 7D 7C 2S 5D", "JH JD 3C 3S AD", "TH TD 3C 4S AD", "2H 4D 6C 8S TD", "TS JS QS KS AS"]
parsed = [[Card(c) for c in h.split()] for h in hands]
for hand in sorted(parsed, key=rank_hand):
    print(hand, NAMES[rank_hand(hand)[0]], rank_hand(hand)[1])
deck = Deck(2024)
table = deck.deal(5)
for name in ("Ann", "Bob", "Cyd"):
    hand = deck.deal(2)
    best = best_of(table + hand)
    print(name, sorted(hand), sorted(best), NAMES[rank_hand(best)[0]])
print(len(deck), Counter(NAMES[rank_hand(Deck(s).deal(5))[0]] for s in range(400)).most_common())
print([war(s) for s in range(4)])
for stop in (12, 16, 18):
    print(stop, sorted(Counter(blackjack(s, stop) for s in range(200)).items()))
