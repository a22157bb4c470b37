"""Word counts by map and reduce, in a pool of threads and in one of processes. ./run.sh programs/threads/map_reduce.py

What to watch: three ways, one answer. Each piece of the text is counted on its own (map), the counts are added up
(reduce). Nothing is shared until the end, so nothing needs a lock. Threads need a build without the GIL to be faster
than one; processes are so in any case, but every piece and every answer has to be pickled and sent.
"""
import collections
import concurrent.futures
import random

WORDS = "the sea the wind a gull and the long grey road to the sea".split()


def text(pieces, words_each):
    random_words = random.Random(7)
    return [" ".join(random_words.choices(WORDS, k=words_each)) for _ in range(pieces)]


def count_words(piece):
    return collections.Counter(piece.split())


def add_up(counts):
    return sum(counts, collections.Counter())


def main():
    pieces = text(16, 2_000)
    alone = add_up(map(count_words, pieces))
    for kind in (concurrent.futures.ThreadPoolExecutor, concurrent.futures.ProcessPoolExecutor):
        with kind(max_workers=2) as pool:
            counted = add_up(pool.map(count_words, pieces, chunksize=4))
        print(f"{kind.__name__}: the same as alone: {counted == alone}")
    for word, number in sorted(alone.items(), key=lambda pair: (-pair[1], pair[0]))[:4]:
        print(f"{word:6}{number:7}")


if __name__ == "__main__":
    main()
