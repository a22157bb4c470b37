# Each print call with one short string arrives whole.
import threading


def say(me):
    for i in range(50):
        print(f"{me}:{i}\n", end="")


threads = [threading.Thread(target=say, args=(n,)) for n in range(4)]
import io, sys
out = sys.stdout
sys.stdout = io.StringIO()
for t in threads:
    t.start()
for t in threads:
    t.join()
text = sys.stdout.getvalue()
sys.stdout = out
lines = text.split("\n")[:-1]
print(len(lines), all(lines.count(f"{n}:{i}") == 1 for n in range(4) for i in range(50)))
