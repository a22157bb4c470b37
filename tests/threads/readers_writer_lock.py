import threading


class ReadersWriter:
    def __init__(self):
        self.condition = threading.Condition()
        self.readers = 0
        self.writing = False

    def start_read(self):
        with self.condition:
            self.condition.wait_for(lambda: not self.writing)
            self.readers += 1

    def end_read(self):
        with self.condition:
            self.readers -= 1
            self.condition.notify_all()

    def start_write(self):
        with self.condition:
            self.condition.wait_for(lambda: not self.writing and not self.readers)
            self.writing = True

    def end_write(self):
        with self.condition:
            self.writing = False
            self.condition.notify_all()


rw = ReadersWriter()
a = b = 0
torn = []


def read():
    for _ in range(200):
        rw.start_read()
        if a != b:
            torn.append((a, b))
        rw.end_read()


def write():
    global a, b
    for _ in range(100):
        rw.start_write()
        a += 1
        b += 1
        rw.end_write()


threads = [threading.Thread(target=f) for f in (read, read, read, write, write)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(a, b, torn)
