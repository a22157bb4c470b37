# A memoryview that nobody holds any more does not keep a buffer from being resized: as if it had been let go at once.
class A:
    def __init__(s): s.b=bytearray()
    def consume(s,n):
        b=(memoryview(s.b)[:n]).tobytes()
        del s.b[:n]
        return b
a=A()
for i in range(200):
    a.b+=b'hello world'*3; a.consume(20)
print(len(a.b))
x=bytearray(b'abc'); m=memoryview(x)
try: x.append(1)
except BufferError as e: print(e)
m.release(); x.append(1); print(x)
import io
def f():
    g=io.BytesIO(b'abc'); bytes(g.getbuffer()[1:]); g.write(b'x'*100); return len(g.getvalue())
print(f())
import array
def h():
    q=array.array('i',[1,2]); bytes(memoryview(q)); q.append(3); return q
print(h())
y=bytearray(10)
with memoryview(y) as v: v[0:2]=b'ab'
y.extend(b'z'); print(y)
def k(y):
    memoryview(y)[3]; y.pop(); y.clear(); return y
print(k(y))
import gc
def f(b,n):
    c=memoryview(b)[:n].tobytes()
    gc.collect()
    del b[:n]
f(bytearray(50),10); print('with collect ok')
def g(b,n):
    c=memoryview(b)[:n].tobytes()
    b.pop()
try: g(bytearray(50),10); print('pop ok')
except BufferError: print('pop pinned')
def g(b,n):
    c=memoryview(b).tobytes()
    b.pop()
try: g(bytearray(50),10); print('pop ok')
except BufferError: print('pop pinned')
def h(b,n):
    c=memoryview(b)[:n].tobytes()
    x=[1,2,3]; y=[a*2 for a in x]; str(y); len(str(x)+repr(c))
    b.pop()
try: h(bytearray(50),10); print('pop ok')
except BufferError: print('pop pinned')


import mmap
area = mmap.mmap(-1, 100)
bytes(memoryview(area)[3:9])
area.close()
kept = memoryview(y := bytearray(b'12345'))[2:]
for change in (y.clear, y.pop, lambda: y.extend(b'z'), lambda: y.__delitem__(slice(2)), lambda: y.__iadd__(b'k')):
    try:
        change()
        print('changed', y)
    except BufferError as error:
        print(type(error).__name__)
print(bytes(kept))
del kept
y += b'678'
print(y)
