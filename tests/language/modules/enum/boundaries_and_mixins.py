# Boundaries of flags, mixed-in types, calls that make enumerations, __new__ of its own.
import enum
import warnings

warnings.simplefilter("ignore")
from enum import *
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e, '|', repr(e.__cause__), repr(e.__context__))
class C(Enum):
    R=1;G=2
class P(Flag):
    a=1
    b=2
print(IntFlag._value_repr_, IntFlag._boundary_, Flag._boundary_, ReprEnum.__mro__, IntEnum.__mro__, IntFlag.__mro__)
t(lambda: P(-1)); t(lambda: P(-5)); t(lambda: P(3)&1)
class I(IntFlag):
    a=1; b=4
t(lambda: [I(-1), I(-3), ~I(2), I(10)&~I.a, I.a&5, 5&I.a, I.a^7, repr(~I.a), I(-9)])
t(lambda: [len(I(13)), list(I(13)), I.a in I(5), bool(I(0))]) 
t(lambda: 1 in I(5))
t(lambda: 'x' in C)
t(lambda: P['a']); t(lambda: C.R.value2)
t(lambda: enum.show_flag_values(13)); t(lambda: enum.bin(13)); t(lambda: enum.bin(-13, 8)); t(lambda: enum.bin(5,6)); t(lambda: enum._is_single_bit(4)); t(lambda:enum._high_bit(5)); t(lambda: list(enum._iter_bits_lsb(13)))
t(lambda: enum.property.__mro__)
print(auto.__dict__.keys(), [hasattr(auto,x) for x in ('__add__','__or__')])
class D(Enum):
    def __init__(self, m, r): self.m=m; self.r=r
    E = (1,2)
    F = 3,4
    @property
    def g(self): return self.m/self.r
print(D.E.g, D.F.value, repr(D.E))
class X(Enum):
    a = 1
    @enum.property
    def zz(self): return 5
t(lambda: X.zz); t(lambda:X.a.zz)
class Y(Enum):
    value = 1
    name = 'q'
t(lambda: Y.value); t(lambda: Y.name.name); t(lambda: Y.value.value); t(lambda: list(Y))
class K(Flag, boundary=STRICT):
    a=1; b=4; ab=5; w=8+2
t(lambda: [list(K), K(5), K.ab, K.w, repr(K.w), K._member_names_, K._flag_mask_, K._all_bits_])
t(lambda: K(16)); t(lambda: K(2)); t(lambda: K(-1)); t(lambda: K(-17)); t(lambda: ~K.a); t(lambda: K(-3))
class Ko(Flag, boundary=KEEP):
    a=1; b=4; w=8+2
t(lambda: [list(Ko), Ko(5), Ko(2), Ko(16), ~Ko.a, Ko(-2), Ko(-1), Ko._all_bits_, Ko._flag_mask_])
class Ii(IntFlag):
    a=1; b=4; w=8+2
t(lambda: [list(Ii), Ii(5), Ii(2), repr(Ii(18)), repr(~Ii.a), repr(Ii(-2)), repr(Ii(-1)), Ii._all_bits_, Ii._flag_mask_, repr(Ii(-17)), repr(Ii(-3))])
class Ej(Flag, boundary=EJECT):
    a=1; b=4
t(lambda: [Ej(2), Ej(5), Ej(-1), Ej(-3), Ej(9)])
class Bad(Enum):
    def __new__(cls, v):
        o = object.__new__(cls); o._value_ = v*2; return o
    a = 1
    b = 2
t(lambda: [Bad.a.value, Bad(2), Bad.b.value])
class MyInt(int, Enum):
    a='15',8
    b='3'
t(lambda: [MyInt.a.value, MyInt.a, MyInt.a+1, repr(MyInt.a), MyInt.b.value])
@enum._simple_enum(IntEnum)
class SE:
    x=1
    y=2
t(lambda: [SE, list(SE), SE.x+1])
class Auto(Enum):
    def _generate_next_value_(name, start, count, last): return name*2
    a=auto(); b=auto(), 3
    c = auto('xx')
t(lambda: list(Auto))
class FA(Flag):
    a=auto(); b=8; c=auto(); d=3
t(lambda: [list(FA), FA.d])
import copy
t(lambda: [1, copy.deepcopy(C.R) is C.R])
class Base(Enum):
    def __str__(self): return 'base '+self.name
class Sub(Base):
    a=1
t(lambda: [str(Sub.a), f'{Sub.a}', Sub.a])
class Fmt(str, Enum):
    a='q'
    def __str__(self): return 'zz'
t(lambda: [f'{Fmt.a}', str(Fmt.a), '%s' % Fmt.a])
def dataclass(c):
    def i(self,x): self.x=x
    c.__init__=i
    c.__repr__=lambda self:'DC(x=5)'
    c.__dataclass_fields__=1
    return c
@dataclass
class DC:
    x: int
class DCE(DC, Enum):
    a = 5
t(lambda: [DCE.a, DCE.a.value, str(DCE.a)])
t(lambda: [repr(C.R) for C.R in [1]])
t(lambda: IntEnum('ZZ','a b')(7))
t(lambda: Enum('ZZ', 5)); t(lambda: C('x','y',module='q')); t(lambda: Enum('Z','a')(1,names=None)); t(lambda: EnumType('Z',(),{}))
t(lambda: IntEnum._convert_('Conv', 'errno', lambda n: n in ('ENOENT','EPERM')).ENOENT)
def annot():
    class Q(Enum):
        a: int = 1
        b: int
    return list(Q)
t(annot)
def priv():
    class Q(Enum):
        __p = 1
        a=2
    return list(Q), Q._Q__p
t(priv)
def ign():
    class Q(Enum):
        _ignore_ = 'x y'
        x = 5
        a = 1
    return list(Q), hasattr(Q,'x')
t(ign)
t(lambda: Enum('Q', 'a b', boundary=3))
def cls_kw():
    class Q(Enum, foo=3): a=1
t(cls_kw)
t(lambda: [hash(C.R)==hash('R'), C.R == 1, C.__doc__, C.R.__doc__, Enum.__doc__ is not None, IntEnum.__doc__])
t(lambda: [P.a.name, P(3).name, P(0).name, I(9).name, I(8).name, list(reversed(C))])
