# Writers whose last bytes cannot be written, and whose finalisers fail or do nothing: they die like other objects.
import gc
import io
import sys

sys.unraisablehook = lambda unraisable: None

class Bad(io.RawIOBase):
    def writable(self): return True
    def write(self, b): raise OSError('no')
class W(io.BufferedWriter):
    def __del__(self): pass
for i in range(2000):
    w = W(Bad())
    w.write(b"x" * 100)
    w = io.BufferedWriter(Bad())
    w.write(b'y'*50)
    if i % 500 == 0: gc.collect()
del w

gc.collect(); gc.collect()
later = [bytes(200) for i in range(20000)]
print('end')
