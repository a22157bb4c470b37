# Members, flags, decorators, and what the machinery refuses.
import enum
import sys
import warnings

sys.stderr = sys.stdout
from enum import *
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e, '|', repr(e.__cause__), repr(e.__context__))
class C(Enum):
    R=1; G=2; A=1
class P(Flag):
    R=4; W=2; X=1; RW=6
class I(IntFlag):
    A=1;B=2
class IE(IntEnum): a=1
class S(StrEnum):
    x=auto(); Y=auto()
t(lambda: C.R.G)
t(lambda: C(5)); t(lambda: C['Q']); t(lambda: 5 in C); t(lambda: C.Q)
t(lambda: P(8)); t(lambda: I(8)); t(lambda: ~P.R); t(lambda: ~I.A); t(lambda: P.RW); t(lambda: list(P)); t(lambda: list(P.RW)); t(lambda: P(0)); t(lambda:I(0))
t(lambda: [str(P.RW), str(P(7)), repr(P(3)), str(P(0)), str(I(3)), repr(I(3)), repr(I(11)), str(I(11)), format(I.A), format(IE.a), str(IE.a), repr(IE.a), str(S.x), repr(S.Y), S.Y.value])
class K(Flag, boundary=KEEP):
    a=1; b=2
class E(Flag, boundary=EJECT):
    a=1; b=2
class Co(Flag, boundary=CONFORM):
    a=1; b=2
t(lambda: [K(9), E(9), Co(9), repr(K(9)), ~K(9), -1 ])
t(lambda: K(-2)); t(lambda: P(-2)); t(lambda: P('x')); t(lambda: I('x')); t(lambda: P.R | 5); t(lambda: P.R|C.R);t(lambda: I.A|8)
t(lambda: Enum('Q','a b', start=5).b.value); t(lambda: Enum('Q',{'a':3}).a); t(lambda: Enum('Q',[('a',3)]).a); t(lambda: Enum('Q', ['a','b'], type=int, module='mm').b)
def dup():
    @unique
    class U(Enum):
        a=1;b=1
t(dup)
def v1():
    @verify(CONTINUOUS)
    class U(Enum):
        a=1;b=3
t(v1)
def v2():
    @verify(NAMED_FLAGS)
    class U(Flag):
        a=1;b=12
t(v2)
def sub():
    class X(C): pass
t(sub)
def sund():
    class X(Enum):
        _a_=1
t(sund)
def re():
    class X(Enum):
        a=1
        a=2
t(re)
def mrob():
    class X(Enum):
        mro=1
t(mrob)
def order():
    class X(Enum):
        _order_='b a'
        a=1
        b=2
t(order)
def missing(v):
    class X(Enum):
        a=1
        @classmethod
        def _missing_(cls, x): return v
    return X(3)
t(lambda: missing(5)); t(lambda: missing(None))
def setit(): C.R=5
t(setit)
def delit(): del C.R
t(delit)
t(lambda: C.R<C.G); t(lambda: dir(C)); t(lambda: dir(C.R)); t(lambda: C.__members__); t(lambda: repr(C)+repr(P)); t(lambda: len(C)); t(lambda: C()); t(lambda: C(1,2))
def setn():
    C.R.name='x'
t(setn)
class D(str, Enum):
    a = 'x'
t(lambda: [str(D.a), format(D.a), repr(D.a)])
class M(Enum):
    @member
    def f(self): return 1
    @nonmember
    class N: pass
    z = nonmember(5)
t(lambda: [M.f.name, type(M.N), M.z])
t(lambda: auto()); t(lambda: EnumCheck.UNIQUE); t(lambda: FlagBoundary.KEEP); t(lambda: STRICT)
@global_enum
class G(IntEnum):
    GA=1
@global_enum
class GF(IntFlag):
    GB=1; GC=2
t(lambda: [repr(G.GA), str(G.GA), GA, repr(GF(3)), str(GF.GB), repr(GF(8))])
