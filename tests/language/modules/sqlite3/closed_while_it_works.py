"""A connection that is closed by its own callbacks, or while parameters are read: an error follows, no crash."""
import gc
import sqlite3


def opened(rows=20):
    base = sqlite3.connect(':memory:')
    base.execute('create table t(a)')
    base.executemany('insert into t values(?)', [(n,) for n in range(rows)])
    return base


def attempt(name, action):
    try:
        print(name, action())
    except sqlite3.Error as error:
        print(name, type(error).__name__, error)
    gc.collect()


def in_function():
    base = opened()
    base.create_function('f', 1, lambda x: base.close() or x)
    return len(base.execute('select f(a) from t').fetchall())


def in_sequence():
    base = opened()

    class Parameters:
        def __len__(self):
            return 1

        def __getitem__(self, index):
            base.close()
            return 1
    return base.execute('select ?', Parameters()).fetchall()


def in_order():
    base = opened()
    base.create_collation('c', lambda a, b: base.close() or (a > b) - (a < b))
    return len(base.execute('select cast(a as text) as x from t order by x collate c').fetchall())


def in_aggregate():
    base = opened()

    class Sum:
        total = 0

        def step(self, value):
            base.close()
            self.total += value

        def finalize(self):
            return self.total
    base.create_aggregate('total_of', 1, Sum)
    return base.execute('select total_of(a) from t').fetchall()


def after():
    base = opened()
    base.create_function('f', 0, base.close)
    try:
        base.execute('select f()')
    except sqlite3.Error:
        pass
    return base.execute('select 1')


for action in (in_function, in_sequence, in_order, in_aggregate, after):
    attempt(action.__name__, action)
