"""The main thread of a forked child is the one that forked, with the number that the kernel gave it there."""
import multiprocessing
import os
import threading


def tell(queue):
    main = threading.main_thread()
    queue.put((main is threading.current_thread(), main.native_id == threading.get_native_id() == os.getpid()))


context = multiprocessing.get_context('fork')
queue = context.SimpleQueue()


def fork_here():
    process = context.Process(target=tell, args=(queue,))
    process.start()
    print(queue.get())
    process.join()


fork_here()
thread = threading.Thread(target=fork_here)
thread.start()
thread.join()
event = context.Event()
print(repr(event).split()[-1], event.set(), repr(event).split()[-1])
