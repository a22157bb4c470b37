# A queue whose subclass sends the objects itself: it gets the sentinel when the queue is closed.
import multiprocessing
import pickle
import threading
import weakref
from multiprocessing import queues, util


class Counting(queues.Queue):
    def __init__(self):
        super().__init__(ctx=multiprocessing.get_context("fork"))
        self.sent = []

    def _start_thread(self):
        self._buffer.clear()
        self._thread = threading.Thread(target=self.feed, daemon=True)
        self._thread.start()
        self._jointhread = util.Finalize(self._thread, queues.Queue._finalize_join, [weakref.ref(self._thread)])
        self._close = util.Finalize(self, queues.Queue._finalize_close, [self._buffer, self._notempty])

    def feed(self):
        while True:
            with self._notempty:
                while not self._buffer:
                    self._notempty.wait()
            item = self._buffer.popleft()
            if item is queues._sentinel:
                self.sent.append("end")
                self._writer.close()
                return
            self.sent.append(item)
            with self._wlock:
                self._send_bytes(pickle.dumps(item))


queue = Counting()
for item in 1, "two", [3]:
    queue.put(item)
print([queue.get() for _ in range(3)], queue.empty(), queue._poll(0))
queue.close()
queue.join_thread()
print(queue.sent)
