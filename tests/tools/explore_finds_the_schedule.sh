# gila explore finds a schedule that breaks a program, and -X schedule gives it again.
cat >"$TMPDIR/lost.py" <<'P'
import sys
import threading

count = 0


def work():
    global count
    for _ in range(3):
        count += 1


def work_with_lock(lock=threading.Lock()):
    global count
    for _ in range(3):
        with lock:
            count += 1


threads = [threading.Thread(target=work_with_lock if "lock" in sys.argv else work) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("count", count)
P
cat >"$TMPDIR/circle.py" <<'P'
import threading

forks = [threading.Lock() for _ in range(3)]


def dine(place):
    with forks[place], forks[(place + 1) % 3]:
        print(place, "eats")


threads = [threading.Thread(target=dine, args=(place,)) for place in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
P
cat >"$TMPDIR/waits.py" <<'P'
import queue
import threading
import time

begun, real = time.monotonic(), time.process_time_ns()
time.sleep(3600)
print("slept", round(time.monotonic() - begun))
letter, event, box = [], threading.Event(), queue.Queue()
threading.Timer(1000, event.set).start()
print(event.wait(999), event.wait())
threading.Thread(target=lambda: (time.sleep(5), box.put("late"))).start()
try:
    box.get(timeout=4)
except queue.Empty:
    print("nothing yet")
print(box.get(timeout=2))
condition = threading.Condition()


def write():
    time.sleep(1)
    with condition:
        letter.append("a")
        condition.notify()


threading.Thread(target=write).start()
with condition:
    print(condition.wait_for(lambda: letter, timeout=30))
ready = False


def make_ready():
    global ready
    ready = True


threading.Thread(target=make_ready).start()
while not ready:
    pass
print("ready")
P
explore() {
  $GILA explore "$@" >"$TMPDIR/out" 2>"$TMPDIR/err"
  echo "status $?"
}
explore --runs 100 "$TMPDIR/lost.py"
head -n 1 "$TMPDIR/out" | sed -E 's|^.*: ||; s/[0-9]+ different/several different/'
sed -n 4p "$TMPDIR/out"
grep -c 'Run again, it came out the same' "$TMPDIR/out" | sed 's/[1-9][0-9]*/replayed/'
grep -m 1 -A 1 'count += 1' "$TMPDIR/out" | sed -E 's/^ +[0-9]+\. //; s/thread [23] stops before .*/a thread stops/'
schedule=$(grep -o -m 1 'schedule=[0-9,]*' "$TMPDIR/out")
for _ in 1 2 3 4; do $GILA -X "$schedule" "$TMPDIR/lost.py"; done | sort | uniq -c | sed -E 's/count [0-5]/fewer/; s/^ +//'
explore --runs 60 "$TMPDIR/lost.py" lock
sed "s|$TMPDIR/||" "$TMPDIR/out"
explore --runs 100 --sort "$TMPDIR/circle.py"
sed -nE 's/^Outcome ([0-9]), .*: /\1 /p; s/^    \| (Deadlock:.*)/\1/p' "$TMPDIR/out"
for seed in 0 1 2,1,200 3,3,200 4,3,200; do $GILA -X schedule=$seed "$TMPDIR/waits.py"; done | uniq -c | sort | uniq -c | sed 's/^ *//'
explore --runs 1x "$TMPDIR/lost.py"
explore --runs 0 "$TMPDIR/lost.py"
cat "$TMPDIR/err"
explore "$TMPDIR/missing.py"
sed "s|$TMPDIR/||" "$TMPDIR/err"
for wrong in x 1,2 1,2,3,4 -1 1,5000,9 99999999999999999999; do $GILA -X schedule=$wrong -c 0 2>&1; done
true
