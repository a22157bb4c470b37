# hash(x) is what x.__hash__() says, also where a class takes the __hash__ of object back.
class A: pass
class B:
    def __eq__(s,o): return 1
    __hash__=object.__hash__
class O: pass
class C(O):
    def __eq__(s,o): return 1
    __hash__=O.__hash__
class D(C): pass
class E(dict):
    __hash__=object.__hash__
class F(str):
    __hash__=object.__hash__
    def __eq__(s,o): return s is o
class G(int):
    def __hash__(s): return 77
class H(str):
    __hash__ = str.__hash__
    def __eq__(s,o): return s is o
class I(tuple): __hash__=object.__hash__
for t in (A,B,C,D,E,F,G,H,I,object,Exception):
    x=t(); print(t.__name__, hash(x)==x.__hash__(), hash(x)==object.__hash__(x), {x:1}.get(x), x in {x})
