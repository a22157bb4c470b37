# Sleeping threads let the others run: ten sleeps take about as long as one.
import threading
import time
begun = time.monotonic()
threads = [threading.Thread(target=time.sleep, args=(0.4,)) for _ in range(10)]
for t in threads:
    t.start()
for t in threads:
    t.join()
took = time.monotonic() - begun
print(0.39 <= took < 2.5)
counted = 0
t = threading.Thread(target=time.sleep, args=(0.3,))
t.start()
while t.is_alive():
    counted += 1
print(counted > 100)
