import time
a = time.time()
b = time.monotonic()
c = time.perf_counter()
time.sleep(0.02)
print(time.time() - a >= 0.015, time.monotonic() - b >= 0.02, time.perf_counter() - c >= 0.02, time.time_ns() > 10 ** 18, isinstance(time.monotonic_ns(), int), time.process_time() >= 0, time.perf_counter_ns() > 0, time.thread_time() >= 0)
print(time.gmtime(0), time.gmtime(0).tm_year, time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(1000000000)), time.gmtime(1e9)[:6], time.asctime(time.gmtime(0)), len(time.localtime()), isinstance(time.timezone, int), time.strftime("%j %a %b %d %p %%", time.gmtime(86400 * 45)))
time.sleep(0)
for call in (lambda: time.sleep(-1), lambda: time.sleep("a"), lambda: time.sleep(), lambda: time.sleep(float("nan")), lambda: time.sleep(1e30)):
    try:
        call()
    except (ValueError, TypeError, OverflowError) as e:
        print(type(e).__name__, e)
