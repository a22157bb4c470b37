# sqlite3: what wrong use raises, blobs, transactions, converters, callbacks, dumps and copies.
import sqlite3, threading
def t(f):
    try: print(str(f()).split(' at 0x')[0])
    except BaseException as e: print(type(e).__name__,str(e).split(' thread id')[0], getattr(e,'sqlite_errorcode',None), getattr(e,'sqlite_errorname',None))
c=sqlite3.connect(':memory:')
cu=c.cursor()
for f in [lambda:c.execute('selec'),
    lambda:c.execute('select ?'),
    lambda:c.execute('select ?',(1,2)),
    lambda:c.execute('select :a',{}),
    lambda:c.execute('select :a',3),
    lambda:c.execute('select ?',{}),
    lambda:c.execute('select ?',(object(),)),
    lambda:c.execute('select ?',(2**70,)),
    lambda:c.execute('select 1; select 2'),
    lambda:c.execute('select 1\0'),
    lambda:c.execute(3),
    lambda:c.executemany('select 1',[()]),
    lambda:c.executemany('insert into x values(1)',3),
    lambda:c.executescript(3),
    lambda:c.executescript('selec'),
    lambda:c.execute('select * from nix'),
    lambda:c.execute(''),
    lambda:c.execute('-- x').fetchall(),
    lambda:sqlite3.connect(3),
    lambda:sqlite3.connect('/nonexist/x'),
    lambda:setattr(c,'isolation_level','foo'),
    lambda:setattr(c,'isolation_level',3),
    lambda:c.cursor(3),
    lambda:c.cursor(lambda c:3),
    lambda:sqlite3.Cursor(3),
    lambda:cu.fetchone(),
    lambda:cu.fetchmany('a'),
    lambda:c.create_function('a',-2,1),
    lambda:c.create_function('f',0,
    lambda:1/0) or c.execute('select f()').fetchall(),
    lambda:c.create_function('g',0,
    lambda:object()) or c.execute('select g()').fetchall(),
    lambda:c.create_collation('x',3),
    lambda:c.create_collation('x',
    lambda a,b:'a') or c.execute('select 1 order by 1 collate x').fetchall(),
    lambda:sqlite3.Row(3,4),
    lambda:sqlite3.Row(cu,4),
    lambda:sqlite3.Row(cu,(1,))[0],
    lambda:c.blobopen('a','b',1),
    lambda:c.backup(c),
    lambda:c.backup(3),
    lambda:c.getlimit(99),
    lambda:c.setlimit(99,1),
    lambda:sqlite3.adapt(3),
    lambda:sqlite3.adapt(object()),
    lambda:sqlite3.adapt(object(),None,5),
    lambda:sqlite3.complete_statement('select 1;'),
    lambda:sqlite3.connect(':memory:',detect_types='a'),
    lambda:sqlite3.connect(':memory:',isolation_level='X'),
    lambda:c('select 1'),
    lambda:c(3),
    lambda:c.execute("select 'a' || x'ff80'").fetchall(),
    lambda:c.execute('select 1 as "a [b]"').description,
    lambda:sqlite3.register_converter('a','b'),
    lambda:sqlite3.enable_callback_tracebacks(False),
    lambda:sqlite3.nix,
    lambda:c.create_window_function('a',1,3),
    lambda: c.load_extension('x'),
    lambda:sqlite3.threadsafety,
    lambda:sqlite3.apilevel,
    lambda:c.execute("select ?", "ab"),
    lambda:c.execute("select ?",("\ud800",)),
    lambda:c.interrupt(),
    lambda:c.set_authorizer(lambda *a:1) or c.execute('create table t(a)'),
    lambda:c.set_authorizer(lambda *a:1/0) or c.execute('create table t(a)'),
    lambda:c.set_authorizer(None)]:
    t(f)
c.execute('create table t(a unique, b)'); c.execute('insert into t values(1,2)')
t(lambda:c.execute('insert into t values(1,2)'))
print(c.in_transaction,c.total_changes)
b=sqlite3.connect(':memory:')
def th():
    t(lambda:c.execute('select 1')); t(c.close)
x=threading.Thread(target=th);x.start();x.join()
c.close()
t(lambda:c.execute('select 1'));t(lambda:cu.execute('select 1'));t(lambda:c.in_transaction); t(lambda:c.total_changes)
t(lambda:cu.close()); t(lambda: cu.fetchone())
cu=b.cursor();cu.close();t(lambda:cu.execute('x')); t(lambda:cu.fetchone())
class C(sqlite3.Connection):
    def __init__(s): pass
t(lambda:C().execute('x')); t(lambda:C().in_transaction)
class K(sqlite3.Cursor):
    def __init__(s,*a): pass
t(lambda:K(b).execute('x'))
t(lambda:b.__enter__() is b); t(lambda: b.isolation_level); t(lambda: b.row_factory); t(lambda: b.text_factory); 
cu=b.execute('select 1 a,2'); print(cu.description,cu.rowcount,cu.lastrowid,cu.arraysize,cu.connection is b)
b.row_factory=sqlite3.Row; r=b.execute('select 1 a,2 B').fetchone(); print(r.keys(), r['A'],r['b'],r[0],r[-1],r[0:2],len(r),hash(r)==hash(r),tuple(r)); t(lambda:r['x']); t(lambda:r[9]); t(lambda:r[1.5]);t(lambda:r[2**80])
print(len([n for n in dir(sqlite3) if n.startswith('SQLITE_')]), sqlite3.sqlite_version)
b.execute('create table bb(x)'); b.execute("insert into bb values(zeroblob(10))"); bl=b.blobopen('bb','x',1)
for f in [lambda:len(bl),
    lambda:bl.write(b'x'*11),
    lambda:bl.write(b'abc'),
    lambda:bl.tell(),
    lambda:bl.seek(-1),
    lambda:bl.seek(0),
    lambda:bl.read(5),
    lambda:bl[0],
    lambda:bl[-1],
    lambda:bl[99],
    lambda:bl[1:3],
    lambda:bl['a'],
    lambda:bl.__setitem__(0,300),
    lambda:bl.__setitem__(0,b'a'),
    lambda:bl.__setitem__(slice(0,2),b'abc'),
    lambda:bl.__setitem__(slice(0,4,2),b'zz'),
    lambda:bl.__delitem__(0),
    lambda:bl[:],
    lambda:bl.seek(0,9),
    lambda:bl.seek(3,2),
    lambda:bl.close(),
    lambda:bl.read(),
    lambda:len(bl)]: t(f)
b.close()
# behaviour
c=sqlite3.connect(':memory:',detect_types=sqlite3.PARSE_DECLTYPES|sqlite3.PARSE_COLNAMES)
import datetime
c.execute('create table d(a date, b timestamp, n integer primary key)')
c.execute('insert into d(a,b) values(?,?)',(datetime.date(2020,1,2),datetime.datetime(2020,1,2,3,4,5,6)))
print(c.execute('select a,b,n, b as "x [date]" from d where 0').description,c.execute('select a,b from d').fetchall())
print(c.in_transaction); c.rollback(); print(c.execute('select count(*) from d').fetchone())
cu=c.executemany('insert into d(n) values(?)',((i,) for i in range(5))); print(cu.rowcount,cu.lastrowid)
cu=c.execute('update d set a=null'); print(cu.rowcount,cu.lastrowid, cu.description)
cu=c.execute('insert into d(n) values(77),(78) returning n'); print(cu.fetchall(),cu.rowcount)
try:
    with c: c.execute('insert into d(n) values(100)'); 1/0
except ZeroDivisionError: pass
print(c.execute('select max(n) from d').fetchone()); 
with c: c.execute('insert into d(n) values(101)')
print(c.in_transaction)
class Sum:
    def __init__(s): s.t=0
    def step(s,x): s.t+=x
    def inverse(s,x): s.t-=x
    def value(s): return s.t
    def finalize(s): return s.t
c.create_aggregate('mysum',1,Sum); c.create_window_function('wsum',1,Sum)
print(c.execute('select mysum(n) from d').fetchone(), c.execute('select n, wsum(n) over (order by n rows between 1 preceding and 1 following) from d').fetchall())
c.create_collation('rev',lambda a,b:(a<b)-(a>b)); print(c.execute("select x from (select 'a' x union select 'c' union select 'b') order by x collate rev").fetchall())
class P:
    def __init__(s,x): s.x=x
    def __conform__(s,p): return f'P{s.x}'
print(c.execute('select ?, :b, typeof(?1)',(P(3),None)).fetchall(), c.execute('select :x,:y',{'x':1,'y':b'z'}).fetchall())
c.text_factory=bytes; print(c.execute("select 'a'").fetchone()); c.text_factory=lambda b:b.decode()+'!'; print(c.execute("select 'a'").fetchone()); c.text_factory=str
c.executescript('create table q(a text, "b""c"); insert into q values(\'it\'\'s\',3); create index i on q(a); create view v as select * from q; create table au(i integer primary key autoincrement); insert into au values(5)')
print(*c.iterdump(),sep='\n')
d=sqlite3.connect(':memory:'); c.backup(d,pages=1,progress=lambda *a: None); print(d.execute('select * from q').fetchall())
s=c.serialize(); e=sqlite3.connect(':memory:'); e.deserialize(s); print(e.execute('select * from q').fetchall())
log=[]; e.set_trace_callback(log.append); e.execute('insert into q values(?,?)',('x',1)); e.commit(); print(log)
n=[0]
def prog(): n[0]+=1; return n[0]>5
e.set_progress_handler(prog,100); t(lambda:e.execute('with recursive r(x) as (select 1 union all select x+1 from r) select count(*) from r').fetchall())
e.set_progress_handler(None,0)
def rec():
    cur=e.cursor()
    def conv(): cur.execute('select 1'); return 1
    e.create_function('rec',0,conv); return cur.execute('select rec()').fetchall()
t(rec)
class MyC(sqlite3.Connection): pass
m=sqlite3.connect(':memory:',factory=MyC); print(type(m).__name__)
cur=m.execute('select 1 union select 2'); print(next(cur), cur.fetchmany(5), cur.fetchone())
m.isolation_level=None; m.execute('create table z(x)'); m.execute('insert into z values(1)'); print(m.in_transaction, m.isolation_level)
class Bad:
    def __init__(s): 1/0
m.create_aggregate('bad',0,Bad); t(lambda:m.execute('select bad()').fetchall())
class Bad2:
    def step(s): 1/0
m.create_aggregate('bad2',0,Bad2); t(lambda:m.execute('select bad2()').fetchall())
class Bad3:
    def step(s): pass
m.create_aggregate('bad3',0,Bad3); t(lambda:m.execute('select bad3()').fetchall())
print(m.execute('select 1.5, null, x\'00ff\', 9223372036854775807, ?',(True,)).fetchone())
