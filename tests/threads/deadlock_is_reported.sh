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
cat >"$TMPDIR/alone.py" <<'P'
import threading

lock = threading.Lock()
thread = threading.Thread(target=lambda: lock.acquire())
thread.start()
thread.join()
with lock:
    print("never")
P
cat >"$TMPDIR/imports.py" <<'P'
import os, sys

sys.path.insert(0, os.environ["TMPDIR"])
import half_loaded
P
cat >"$TMPDIR/half_loaded.py" <<'P'
import threading

thread = threading.Thread(target=lambda: __import__("half_loaded"), name="importer")
thread.start()
thread.join()
P
cat >"$TMPDIR/futures.py" <<'P'
import concurrent.futures

pool = concurrent.futures.ThreadPoolExecutor(1)


def outer():
    return pool.submit(int).result()


print(pool.submit(outer).result())
P
cat >"$TMPDIR/queues.py" <<'P'
import queue
import threading

full, empty = queue.Queue(1), queue.Queue()


def produce():
    for item in range(3):
        full.put(item)
    empty.put(None)


thread = threading.Thread(target=produce, name="producer", daemon=True)
thread.start()
empty.get()
P
cat >"$TMPDIR/loop.py" <<'P'
import asyncio
import threading


async def answer():
    return 42


async def main():
    loop, results = asyncio.get_running_loop(), []

    def ask():
        results.append(asyncio.run_coroutine_threadsafe(answer(), loop).result())

    thread = threading.Thread(target=ask, name="asking")
    thread.start()
    thread.join()  # the loop, which is to answer, stands still meanwhile


asyncio.run(main())
P
for name in joins locks waiters itself owner_gone alone imports futures queues loop; do
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
