# An exception ends its own thread only, and threading.excepthook is told.
import threading
reports = []


def hook(args):
    reports.append((args.exc_type.__name__, str(args.exc_value), args.thread.name, args.exc_traceback is not None))


threading.excepthook = hook


def fail(n):
    if n == 2:
        raise SystemExit("silent")
    if n == 3:
        return
    raise ValueError(f"from {n}")


threads = [threading.Thread(target=fail, args=(n,), name=f"t{n}") for n in range(5)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(reports))
print("main goes on", threading.active_count())
