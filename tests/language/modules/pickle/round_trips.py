import pickle, copyreg, io, datetime, collections, array, random
class A:
    def __init__(self): self.x=[self]; self.y=1
class B(A):
    __slots__=('s',)
class C:
    def __reduce__(self): return (C,(),{'q':1},iter([1,2]),iter([('a',1)]))
    def append(self,v): self.__dict__.setdefault('l',[]).append(v)
    def __setitem__(self,k,v): self.__dict__.setdefault('d',{})[k]=v
class N(collections.namedtuple('N','a b')): pass
class L(list): pass
class X:
    def __new__(cls,*a,**k):
        o=object.__new__(cls); o.a=a; o.k=k; return o
    def __getnewargs_ex__(self): return ((1,),{'z':2})
for proto in range(6):
    for v in (None,True,0,1,255,256,65535,65536,-1,2**31,-2**31,2**70,-2**70,1.5,float('inf'),b'',b'abc'*100,'','h\u1234\n\\x','x'*300,(),(1,),(1,2,3),(1,2,3,4),[],[1],list(range(2500)),{},{1:2},{i:i for i in range(1100)},set([1]),frozenset([1,2]),bytearray(b'ab'),1j,range(5),slice(1,2),len,int,A,array.array('i',[1]),collections.OrderedDict(a=1),collections.deque([1,2],5),collections.Counter('aab'),N(1,2),L([1,2]),type(None),Ellipsis,NotImplemented,ValueError('x',3),datetime.timezone.utc, collections.defaultdict(list,{1:[2]})):
        d=pickle.dumps(v,proto)
        w=pickle.loads(d)
        if not (w==v and type(w)==type(v)) and not isinstance(v,(ValueError,slice)): print('BAD',proto,v,w)
        if len(d)<60 and proto in (0,2,4,5): print(proto,d)
    a=pickle.loads(pickle.dumps(A(),proto)); assert a.x[0] is a and a.y==1
    c=pickle.loads(pickle.dumps(C(),proto)); print(c.__dict__)
    x=pickle.loads(pickle.dumps(X(),proto)); print(x.a,x.k)
    if proto>=2:
        b=B(); b.s=3; b=pickle.loads(pickle.dumps(b,proto)); print(b.s,b.y)
    t=([],); t[0].append(t); u=pickle.loads(pickle.dumps(t,proto)); assert u[0][0] is u
def t(f,*a,**k):
    try: print(a,f(*a,**k))
    except BaseException as e: print(a,type(e).__name__,e)
t(pickle.loads,b'');t(pickle.loads,b'abc');t(pickle.loads,b'\x80\x09.');t(pickle.loads,b'.');t(pickle.loads,b'\x80\x04\x8c\x05ab');t(pickle.loads,b'h\0.');t(pickle.loads,b'0.');t(pickle.loads,b'Q.');t(pickle.loads,b'(.');t(pickle.loads,b'K');t(pickle.dumps,1,9);t(pickle.dumps,1,-1);t(pickle.loads,b't.');
class P(pickle.Pickler):
    def persistent_id(self,o): return 'pid' if o==42 else None
class U(pickle.Unpickler):
    def persistent_load(self,p): return 'loaded:'+p
f=io.BytesIO();P(f).dump([1,42]);f.seek(0);print(U(f).load())

bufs=[]; d=pickle.dumps(pickle.PickleBuffer(bytearray(b'x'*10)),5,buffer_callback=bufs.append); print(d, len(bufs), pickle.loads(d, buffers=bufs) is bufs[0])
