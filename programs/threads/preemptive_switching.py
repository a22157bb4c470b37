"""Preemptive switching: a thread that only computes is interrupted. ./run.sh programs/threads/preemptive_switching.py [N] [--check]

What to watch: two threads count. With a small N each is done before its turn ends, and its lines form one
block. With a large N the lines come in runs: under the GIL a run lasts about one switch interval (5 ms),
then the other thread asks for its turn. Without the GIL both run at once and the lines alternate freely.
"""
import itertools
import sys
import threading

check = "--check" in sys.argv
N = int(next((a for a in sys.argv[1:] if a.isdigit()), 20_000))


def count(name, inner, log):
    for _ in range(200):
        for _ in range(inner):
            pass
        log.append(name)


for inner in (10, N):
    log = []
    threads = [threading.Thread(target=count, args=(name, inner, log)) for name in "AB"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    runs = [(name, len(list(group))) for name, group in itertools.groupby(log)]
    print(f"inner loop of {inner}: {log.count('A')} lines of A, {log.count('B')} of B")
    if not check:
        print("  runs:", " ".join(f"{name}{length}" for name, length in runs[:20]), "..." if len(runs) > 20 else "")
print("every line is there, in whatever order")
