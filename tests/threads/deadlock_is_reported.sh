# When no thread can go on, the report says who waits for whom at which line, and the status is 1.
cat >"$TMPDIR/joins.py" <<'P'
import threading


def wait_for(other):
    print("waiting")
    other.join()


thread = threading.Thread(target=wait_for, args=(threading.current_thread(),), name="A")
thread.start()
thread.join()
P
cat >"$TMPDIR/locks.py" <<'P'
import threading

first, second = threading.Lock(), threading.RLock()
both = threading.Barrier(2)


def forwards():
    with first:
        both.wait()
        with second:
            print("never")


def backwards():
    second.acquire()
    both.wait()
    first.acquire()


threads = [threading.Thread(target=f, name=f.__name__) for f in (forwards, backwards)]
for thread in threads:
    thread.start()
print("started")
P
cat >"$TMPDIR/waiters.py" <<'P'
import threading

event, condition, semaphore = threading.Event(), threading.Condition(), threading.Semaphore(0)


def on_condition():
    with condition:
        condition.wait()


for f in (event.wait, on_condition, semaphore.acquire, threading.Barrier(2).wait):
    threading.Thread(target=f, name="waiter").start()
print("kept, though no newline follows", end="")
P
cat >"$TMPDIR/itself.py" <<'P'
import threading

lock = threading.Lock()


def take():
    lock.acquire()


take()
take()
P
cat >"$TMPDIR/owner_gone.py" <<'P'
import threading

lock = threading.Lock()
thread = threading.Thread(target=lock.acquire)
thread.start()
thread.join()
waiter = threading.Thread(target=lock.acquire, name="waiter")
waiter.start()
waiter.join()
P
for name in joins locks waiters itself owner_gone; do
  echo "--- $name"
  $GILA "$TMPDIR/$name.py" 2>"$TMPDIR/err"
  status=$?
  echo
  sed "s|$TMPDIR/||" "$TMPDIR/err"
  echo "status $status"
done
echo "--- off"
timeout 2 $GILA -X deadlock=off "$TMPDIR/itself.py"
echo "status $?"
