# A thread that the system refuses is an exception, and the program lives on.
(ulimit -v 12000000; timeout 50 $GILA -c '
import threading
release = threading.Event()
started = []
try:
    for _ in range(5000):
        t = threading.Thread(target=release.wait, daemon=True)
        t.start()
        started.append(t)
    print("refused or not, alive")
except (RuntimeError, MemoryError) as e:
    print("refused or not, alive")
release.set()
for t in started:
    t.join()
print("end")
')
echo "status $?"
