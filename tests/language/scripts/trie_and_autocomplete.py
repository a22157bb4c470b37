"""A trie for completion, spelling correction within a distance, and a Boggle solver."""
import random


class Trie:
    def __init__(self, words=()):
        self.root, self.size = {}, 0
        for w in words:
            self.add(w)

    def add(self, word, weight=1):
        node = self.root
        for c in word:
            node = node.setdefault(c, {})
        self.size += "" not in node
        node[""] = node.get("", 0) + weight

    def find(self, prefix):
        node = self.root
        for c in prefix:
            node = node.get(c)
            if node is None:
                return None
        return node

    def __contains__(self, word):
        node = self.find(word)
        return node is not None and "" in node

    def __len__(self):
        return self.size

    def __iter__(self):
        return (w for w, _ in self.walk(self.root, ""))

    def walk(self, node, prefix):
        for c in sorted(node):
            if c == "":
                yield prefix, node[""]
            else:
                yield from self.walk(node[c], prefix + c)

    def complete(self, prefix, limit=3):
        node = self.find(prefix)
        found = sorted(self.walk(node, prefix), key=lambda p: (-p[1], p[0])) if node else []
        return [w for w, _ in found[:limit]]

    def near(self, word, distance):
        out = []

        def search(node, prefix, row):
            for c, child in node.items():
                if c == "":
                    if row[-1] <= distance:
                        out.append((row[-1], prefix))
                    continue
                new = [row[0] + 1]
                for i, w in enumerate(word):
                    new.append(min(new[i] + 1, row[i + 1] + 1, row[i] + (w != c)))
                if min(new) <= distance:
                    search(child, prefix + c, new)
        search(self.root, "", list(range(len(word) + 1)))
        return [w for _, w in sorted(out)]

    def longest_prefix(self, text):
        node, best = self.root, ""
        for i, c in enumerate(text):
            if c not in node:
                break
            node = node[c]
            if "" in node:
                best = text[:i + 1]
        return best


def boggle(board, trie):
    size, found = len(board), set()

    def visit(x, y, node, word, seen):
        node = node.get(board[y][x])
        if node is None:
            return
        word += board[y][x]
        if "" in node and len(word) > 2:
            found.add(word)
        seen = seen | {(x, y)}
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                nx, ny = x + dx, y + dy
                if 0 <= nx < size and 0 <= ny < size and (nx, ny) not in seen:
                    visit(nx, ny, node, word, seen)
    for y in range(size):
        for x in range(size):
            visit(x, y, trie.root, "", frozenset())
    return sorted(found)


text = """the cat sat on the mat the rat ran at the cat and the dog ran after the rat that sat near a car a cart and a care
stone tone note one ten net nest set tens notes stones eats east seat tea ate eat rate tear rates stare star tar art rat"""
trie = Trie(text.split())
print(len(trie), list(trie)[:8], "cat" in trie, "ca" in trie, "dogs" in trie)
print(trie.complete("ca"), trie.complete("t"), trie.complete("zz"), trie.complete("", 5))
print(trie.near("cst", 1), trie.near("stonne", 2), trie.near("xyz", 1), trie.longest_prefix("carthage"), repr(trie.longest_prefix("xyz")))
rng = random.Random(8)
board = [[rng.choice("aeinorst") for _ in range(4)] for _ in range(4)]
print(*("".join(row) for row in board), boggle(board, trie), sep="\n")
