import threading
import time
order = []


def slow():
    time.sleep(0.1)
    order.append("slow")


a = threading.Thread(target=slow)
a.start()


def waits():
    a.join()
    order.append("after slow")


joiners = [threading.Thread(target=waits) for _ in range(3)]
for t in joiners:
    t.start()
print(a.join(0.001), a.is_alive())
for t in joiners:
    t.join()
a.join()
a.join()
print(order)
for call in (lambda: threading.Thread().join(), lambda: threading.current_thread().join()):
    try:
        call()
    except RuntimeError as e:
        print(e)
chain = None


def link(previous, n):
    if previous:
        previous.join()
    order.append(n)


order.clear()
for n in range(20):
    chain = threading.Thread(target=link, args=(chain, n))
    chain.start()
chain.join()
print(order)
