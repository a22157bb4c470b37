# A list that is sorted while others change it ends in ValueError or a list, never in a crash or a loss.
import threading
shared = list(range(500))
done = [0]
appended = [0] * 3
errors = []


def sorter():
    for _ in range(100):
        try:
            shared.sort(key=lambda x: -x)
        except ValueError as e:
            errors.append(str(e))


def reader():
    for _ in range(2000):
        len(shared), shared[:3], shared[-1:] , sum(shared[:10])


threads = [threading.Thread(target=sorter)] + [threading.Thread(target=reader) for _ in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(shared) == list(range(500)), set(errors) <= {"list modified during sort"})
