"""A limit on address space (ulimit -v) leaves room for a script, its threads and its memory."""
import subprocess
import sys

SCRIPT = """
import threading
class Point:
    def __init__(self, x):
        self.x = x
points = [Point(i) for i in range(20000)]
workers = [threading.Thread(target=lambda: totals.append(sum(p.x for p in points))) for _ in range(3)]
totals = []
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
print(totals)
try:
    bytearray(10**9)
except MemoryError:
    print('MemoryError')
"""

for limit in (200_000, 400_000, 900_000):
    done = subprocess.run(["sh", "-c", f'ulimit -v {limit}; exec "$0" -c "$1"', sys.executable, SCRIPT],
                          capture_output=True, text=True)
    print(limit, done.returncode, done.stdout.split("\n"), done.stderr)
