"""Statements that are used again: their columns when a table has changed meanwhile, and runs that were left."""
import sqlite3


def refused(call):
    try:
        call()
    except sqlite3.Error as error:
        print(repr(error))


db = sqlite3.connect(':memory:')
db.execute('create table t(a, b)')
c = db.execute('select * from t')
print(c.description)
db.execute('alter table t add column c')
c = db.execute('select * from t')
print(c.description, c.description is c.description)
db.execute('insert into t values(1, 2, 3)')
c = db.execute('select * from t')
c2 = db.execute('select * from t')
print(c.fetchone(), c2.fetchall(), c.fetchall())
refused(lambda: c.execute('select :a', {}))
print(c.description)
print(c.execute('select :a', {'a': 'é€'}).fetchall())
print(c.execute('select ?', ('x\0y',)).fetchall())
c.execute('insert into t values(1, 2, 3) returning a')
print(c.description, c.fetchall(), c.rowcount)
cur = db.cursor()
cur.execute('select 1 union select 2')
cur.fetchone()
cur.execute('select 1 union select 2')
print(cur.fetchall())
print(db.execute('  -- hi\n /* x */ update t set a=5').rowcount)
db.commit()
refused(lambda: db.execute('select ?', (1, 2)))
db.close()
refused(lambda: c.fetchone())
refused(lambda: c.execute('select 1'))
print(c.description)


db = sqlite3.connect(':memory:', detect_types=sqlite3.PARSE_COLNAMES)
sqlite3.register_converter('twice', lambda raw: raw * 2)
for _ in range(2):
    cursor = db.execute("select 'ab' as \"x [twice]\", 1 as \"y [other]\"")
    print([column[0] for column in cursor.description], cursor.fetchall())
db.row_factory = sqlite3.Row
print([dict(row) for row in db.execute('select 1 as a union select 2')])
refused(lambda: sqlite3.Cursor.__new__(sqlite3.Cursor).fetchone())
