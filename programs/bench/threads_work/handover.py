"""What it costs to pass the turn from thread to thread, and the locks themselves: microseconds of CPU for each.

CPU time and not wall time, so that the figures hold on a busy machine; the context switches of a round trip are two at
least when the other thread has to be woken.
"""
import queue
import resource
import threading

from measure import say, together


def cost(name, count, functions):
    before = resource.getrusage(resource.RUSAGE_SELF)
    together(functions)
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    say(name, cpu / count * 1e6, "us")
    return (after.ru_nvcsw + after.ru_nivcsw - before.ru_nvcsw - before.ru_nivcsw) / count


def ping_pong(name, give_and_take, count=8000):
    switches = cost(f"ping-pong: {name}", count, give_and_take(count))
    say(f"ping-pong: {name}, switches", switches, "")


def through_queues(make):
    def functions(count):
        there, back = make(), make()

        def ask():
            for n in range(count):
                there.put(n)
                back.get()

        def answer():
            for _ in range(count):
                back.put(there.get())

        return ask, answer

    return functions


def through_condition(count):
    condition, turn = threading.Condition(), [0]

    def player(me):
        def play():
            for _ in range(count):
                with condition:
                    while turn[0] != me:
                        condition.wait()
                    turn[0] = 1 - me
                    condition.notify()
        return play

    return player(0), player(1)


def through_events(count):
    there, back = threading.Event(), threading.Event()

    def ask():
        for _ in range(count):
            there.set()
            back.wait()
            back.clear()

    def answer():
        for _ in range(count):
            there.wait()
            there.clear()
            back.set()

    return ask, answer


def through_semaphores(count):
    there, back = threading.Semaphore(0), threading.Semaphore(0)

    def ask():
        for _ in range(count):
            there.release()
            back.acquire()

    def answer():
        for _ in range(count):
            there.acquire()
            back.release()

    return ask, answer


def start_and_join(count):
    def starter():
        for _ in range(count):
            thread = threading.Thread(target=int)
            thread.start()
            thread.join()
    return starter


def uncontended(count):
    def worker():
        lock = threading.Lock()
        for _ in range(count):
            with lock:
                pass
    return worker


def one_queue(count):
    def worker():
        items = queue.Queue()
        for n in range(count):
            items.put(n)
            items.get()
    return worker


def contended(count):
    lock, counter = threading.Lock(), [0]

    def worker():
        for _ in range(count // 2):
            with lock:
                counter[0] += 1

    return worker, worker


ping_pong("Queue", through_queues(queue.Queue))
ping_pong("SimpleQueue", through_queues(queue.SimpleQueue))
ping_pong("Condition", through_condition)
ping_pong("Event", through_events)
ping_pong("Semaphore", through_semaphores)
cost("thread start and join", 2000, [start_and_join(2000)])
cost("uncontended lock", 500_000, [uncontended(500_000)])
cost("queue put and get", 60_000, [one_queue(60_000)])
cost("contended lock, a count", 400_000, contended(400_000))
