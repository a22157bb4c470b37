# What the module does with odd arguments, adapters of plain types, converters, blobs, cursors within cursors.
import datetime
import sqlite3


def attempt(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__, str(error)[:70])


con = sqlite3.connect(':memory:')
for name in (None, 5, b'x'):
    for method, more in (('create_collation', (len,)), ('create_function', (1, len)), ('create_aggregate', (1, len)),
                         ('execute', ()), ('executescript', ()), ('load_extension', ())):
        try:
            getattr(con, method)(name, *more)
        except (TypeError, AttributeError, sqlite3.Error) as error:
            print(method, name, type(error).__name__)


class Window:
    def step(self, value): pass
    def inverse(self, value): pass
    def value(self): return 1
    def finalize(self): return 2


try:
    con.create_window_function('w', -100, Window)
except sqlite3.ProgrammingError as error:
    print('ProgrammingError')
attempt(con.create_function, 'f', -100, len)
attempt(con.execute, 'select ?', (memoryview(b'abcdef')[::2],))
con.create_function('spaced', 0, lambda: memoryview(b'abcdef')[::2])
attempt(con.execute, 'select spaced()')

# The factory gets the arguments as they are given.
class Factory(sqlite3.Connection):
    def __init__(self, *args, **kwargs):
        print(args, {key: value for key, value in kwargs.items() if key != 'factory'})
        super().__init__(*args, **kwargs)


sqlite3.connect(':memory:', factory=Factory).close()
sqlite3.connect(':memory:', 3.0, isolation_level=None, factory=Factory).close()


class Level(str):
    def upper(self):
        raise RuntimeError('not asked')


con.isolation_level = Level('deferred')
print(con.isolation_level)
attempt(setattr, con, 'isolation_level', 'other')


class FakeCursor(str):
    __class__ = sqlite3.Cursor


attempt(con.cursor, FakeCursor)
attempt(sqlite3.Row, FakeCursor('x'), ())

# A converter that uses its cursor.
con2 = sqlite3.connect(':memory:', detect_types=sqlite3.PARSE_COLNAMES)
cursor = con2.cursor()
cursor.execute('create table t(x)')
cursor.executemany('insert into t values(?)', [('a',), ('b',)])
for does in (lambda data: cursor.__init__(con2), lambda data: cursor.execute('select 1'), lambda data: cursor.close()):
    sqlite3.register_converter('again', does)
    cursor = con2.cursor()
    cursor.execute('select x as "x [again]", x from t')
    attempt(cursor.fetchall)
sqlite3.register_converter('shown', lambda data: f'<{data!r}>')
print(con2.execute('select ? as "c [shown]", ? as "d [shown]", ? as "e [shown]", ? as "f [shown]"',
                   (b'', None, '', 1.5)).fetchone())

# Blobs.
con.execute('create table b(x)')
con.execute('insert into b values(zeroblob(10))')
blob = con.blobopen('b', 'x', 1)
for action in (lambda: blob[1 << 70], lambda: blob[10], lambda: blob['a'],
               lambda: blob.__setitem__(slice(0, 3), memoryview(b'abcdef')[::2]), lambda: blob.write(b'0' * 11),
               lambda: blob.seek(2, 1), lambda: blob.seek(0x7fffffff, 1), lambda: blob.seek(1, 9), lambda: blob.tell(),
               lambda: blob.write(memoryview(b'xyz')), lambda: blob[0:6], lambda: blob.__exit__(None, None, None),
               lambda: blob.__exit__(None, None, None), lambda: blob.read()):
    attempt(action)

# A connection that begins anew; what cursors have goes on.
cursor = con2.cursor()
cursor.execute('select x from t')
print(cursor.fetchone())
con2.__init__(':memory:')
print(cursor.fetchall())
attempt(con2.execute, 'select * from t')
before = con2.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, 20)
con2.executescript('select 1;')
attempt(con2.executescript, 'select 1;' + ' ' * 20)
con2.close()
attempt(con2)
attempt(con2, 'select 1')
attempt(con.deserialize, memoryview(b'abcdef')[::2])

# Adapters of plain types are asked once there is one.
print(con.execute('select ?, ?, ?', (1, 'a', 1.5)).fetchone())
sqlite3.register_adapter(int, lambda number: number * 1.5)
sqlite3.register_adapter(str, lambda text: text.upper().encode())
print(con.execute('select ?, ?, ?, ?', (1, 'a', 1.5, None)).fetchone())
print(con.execute('select ?', (datetime.date(2020, 1, 2),)).fetchone())
