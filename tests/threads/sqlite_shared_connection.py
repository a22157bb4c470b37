# One connection used by several threads at once, with a function of the program inside, and forgotten cursors.
import sqlite3
import threading

connection = sqlite3.connect(':memory:', check_same_thread=False, isolation_level=None)
connection.execute('create table numbers(n integer)')
connection.create_function('twice', 1, lambda n: n * 2)
errors = []


def work(start):
    try:
        for n in range(start, start + 200):
            connection.execute('insert into numbers values(twice(?))', (n,))
            if n % 20 == 0:
                connection.execute('select n from numbers').fetchone()
    except Exception as error:
        errors.append(error)


threads = [threading.Thread(target=work, args=(i * 200,)) for i in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert not errors, errors
assert connection.execute('select count(*), sum(n) from numbers').fetchone() == (800, 799 * 800)
shared = connection.execute('select n from numbers')
seen = []
threads = [threading.Thread(target=lambda: seen.extend(row[0] for row in connection.execute('select n from numbers')))
           for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert len(seen) == 2400
connection.close()
print('ok')
