# A raw stream that refuses bytes: what each layer keeps for the next flush, and what it drops.
import io,os
class Raw(io.RawIOBase):
    def writable(self): return True
    bad=True
    def write(self,b):
        print('  raw',len(b), end=' ')
        if self.bad: raise OSError(32,'pipe')
        return len(b)
def attempt(label,f,*a):
    try: print(label, f(*a))
    except Exception as e: print(label, type(e).__name__, e)
for size in (100,8192,8193,20000):
    print('size',size)
    w=io.BufferedWriter(r:=Raw())
    attempt('write',w.write,b'x'*size)
    attempt('flush',w.flush)
    attempt('write2',w.write,b'y'*8190)
    attempt('write3',w.write,b'z'*300)
    attempt('flush',w.flush)
    r.bad=False
    attempt('flush',w.flush)
    attempt('close',w.close)
for size in (100,8190,8193,20000):
    print('text',size)
    w=io.TextIOWrapper(io.BufferedWriter(r:=Raw()))
    attempt('write',w.write,'x'*size)
    attempt('flush',w.flush)
    attempt('write2',w.write,'y'*8190)
    attempt('write3',w.write,'z'*300)
    attempt('flush',w.flush)
    r.bad=False
    attempt('flush',w.flush)
    attempt('close',w.close)
