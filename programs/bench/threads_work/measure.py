"""What the programs of this folder share: running threads, and a line of the table for the runner (`../threads`)."""
import threading
import time


def say(name, value, unit):
    print(f"{name}\t{value:.6g}\t{unit}", flush=True)


def together(functions):
    """Runs each function in a thread of its own; wall seconds from the moment that all are ready to their end."""
    ready = threading.Barrier(len(functions) + 1)

    def begin(function):
        ready.wait()
        function()

    threads = [threading.Thread(target=begin, args=(function,)) for function in functions]
    for thread in threads:
        thread.start()
    ready.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    return time.perf_counter() - begun
