"""Threads whose stderr goes away while they run still report where they began; a target counts that is false; what is no target
does nothing."""
import io
import sys
import threading

began, go = threading.Event(), threading.Event()
first = sys.stderr = io.StringIO()


def fail():
    began.set()
    go.wait()
    1 / 0


thread = threading.Thread(target=fail, name='failing')
thread.start()
began.wait()
sys.stderr = None
go.set()
thread.join()
text = first.getvalue()
print(text.splitlines()[0], text.splitlines()[1], text.splitlines()[-1])

silent = threading.Thread(target=fail)
silent.start()
silent.join()

sys.stderr = second = io.StringIO()
other = threading.Thread(target=fail, name='other')
sys.stderr = third = io.StringIO()
other.start()
other.join()
print(second.getvalue() == '', third.getvalue().splitlines()[0])


class Quiet:
    ran = False

    def __bool__(self):
        return False

    def __call__(self):
        self.ran = True


quiet = Quiet()
thread = threading.Thread(target=quiet)
thread.start()
thread.join()
print(quiet.ran)
