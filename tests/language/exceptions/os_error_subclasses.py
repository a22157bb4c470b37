# OSError: subclasses with an __init__ or __new__ of their own, their fields, copies and pickles.
class A(OSError):
    def __init__(self, *a): self.n = a
class B(OSError):
    def __init__(self, *a, k=1): super().__init__(*a); self.k = k
class C(OSError):
    def __new__(cls, *a): return super().__new__(cls, *a)
class D(OSError):
    def __new__(cls, *a): return super().__new__(cls, *a)
    def __init__(self, *a): pass
class E(B): pass
import copy, pickle
for t in (A, B, C, D, E, OSError, FileNotFoundError):
    for a in ((), (2,), (2, 'x'), (2, 'x', 'f'), (2, 'x', 'f', None, 'g')):
        try: e = t(*a)
        except Exception as q: print(t, a, repr(q)); continue
        print(type(e).__name__, a, repr(e), str(e), e.args, e.errno, e.strerror, e.filename, e.filename2, vars(e))
        print(repr(copy.copy(e)), repr(pickle.loads(pickle.dumps(e))))
try: B(2,'x',k=5, z=1)
except TypeError as e: print(e)
print(repr(B(2, 'y', k=5)), B(2,'y',k=4).k)
class F(A, FileNotFoundError): pass
print(repr(F(1,2)), F(1,2).errno)
