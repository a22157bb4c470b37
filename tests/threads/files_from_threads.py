import os
import threading
base = os.environ["TMPDIR"]


def work(me):
    path = os.path.join(base, f"f{me}")
    for i in range(20):
        with open(path, "w") as f:
            f.write(f"{me} {i}\n" * 50)
        with open(path) as f:
            assert f.read() == f"{me} {i}\n" * 50


threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(os.listdir(base)))
