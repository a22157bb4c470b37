"""What the programs of this folder share: running threads, and a line of the table for the runner (`../threads`)."""
import os
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


def apart(functions):
    """Runs each function in a process of its own; wall seconds from the moment that all are ready to their end."""
    gate, opened = os.pipe()
    children = []
    for function in functions:
        child = os.fork()
        if child == 0:
            os.close(opened)
            os.read(gate, 1)  # nothing comes: the end of the pipe does
            function()
            os._exit(0)
        children.append(child)
    os.close(gate)
    begun = time.perf_counter()
    os.close(opened)
    for child in children:
        os.waitpid(child, 0)
    return time.perf_counter() - begun
