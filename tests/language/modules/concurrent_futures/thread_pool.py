# ThreadPoolExecutor: results, errors, waiting, cancelling, callbacks, initializers.
import threading
import time
from concurrent import futures
from concurrent.futures import Future, ThreadPoolExecutor, as_completed, wait

with ThreadPoolExecutor(3, thread_name_prefix='worker') as pool:
    print(list(pool.map(lambda a, b: a * b, range(5), range(5))), pool.submit(pow, 2, 10).result())
    failing = pool.submit(lambda: 1 / 0)
    try:
        failing.result()
    except ZeroDivisionError as problem:
        print(problem, failing.exception() is problem)
    print(pool.submit(lambda: threading.current_thread().name.startswith('worker_')).result())
    gate = threading.Event()
    blocked = [pool.submit(gate.wait) for _ in range(3)]
    while not all(future.running() for future in blocked):
        time.sleep(0.001)
    queued = pool.submit(int)
    print(queued.cancel(), queued.cancelled(), queued.done(), blocked[0].cancel())
    try:
        queued.result()
    except futures.CancelledError as problem:
        print('cancelled', repr(problem))
    try:
        blocked[0].result(timeout=0.01)
    except futures.TimeoutError as problem:
        print('timeout', repr(problem), futures.TimeoutError is TimeoutError)
    try:
        list(as_completed(blocked, timeout=0.01))
    except TimeoutError as problem:
        print(problem)
    try:
        list(pool.map(lambda n: gate.wait(), range(2), timeout=0.01))
    except TimeoutError:
        print('map too slow')
    done, not_done = wait(blocked + [failing], timeout=0.01)
    print(len(done), len(not_done))
    print([len(part) for part in wait(blocked + [failing], return_when=futures.FIRST_COMPLETED)])
    print([len(part) for part in wait(blocked + [failing], return_when=futures.FIRST_EXCEPTION)])
    gate.set()
    print([len(part) for part in wait(blocked)])
    print(sorted(f.result() for f in as_completed(pool.submit(abs, n) for n in (-3, 2, -1))))
    try:
        wait([failing], return_when='SOMETIME')
    except ValueError as problem:
        print(problem)

for bad in (lambda: pool.submit(int), lambda: ThreadPoolExecutor(0), lambda: ThreadPoolExecutor(initializer=5)):
    try:
        bad()
    except Exception as problem:
        print(type(problem).__name__, problem)

future = Future()
print(future.done(), future.running(), repr(future).endswith('state=pending>'))
calls = []
future.add_done_callback(calls.append)
print(future.set_running_or_notify_cancel(), future.running(), future.cancel())
future.set_result(5)
future.add_done_callback(lambda f: calls.append(f.result()))
print(future.result(), calls == [future, 5], repr(future).endswith('state=finished returned int>'))
try:
    future.set_exception(KeyError())
except futures.InvalidStateError as problem:
    print(str(problem).partition(' at')[0])

ready = []
with ThreadPoolExecutor(2, initializer=ready.append, initargs=('up',)) as pool:
    pool.submit(int).result()
print(ready[0])
pool = ThreadPoolExecutor(1)
gate = threading.Event()
started = threading.Event()
running = pool.submit(lambda: (started.set(), gate.wait())[1])
started.wait()
waiting = [pool.submit(int) for _ in range(3)]
pool.shutdown(wait=False, cancel_futures=True)
gate.set()
print(running.result(), [f.cancelled() for f in waiting])
