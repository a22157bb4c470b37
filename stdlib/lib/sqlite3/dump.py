"""The text of a database: the statements that make it anew."""


def _quoted(name, mark='"'):
    return mark + name.replace(mark, mark * 2) + mark


def _inserts(cursor, table):
    """An INSERT for each row; SQL itself writes the values."""
    columns = [row[1] for row in cursor.execute(f'PRAGMA table_info({_quoted(table)})').fetchall()]
    values = ",".join("'||quote(" + _quoted(column) + ")||'" for column in columns)
    into = _quoted(_quoted(table), "'")[1:-1]
    for row in cursor.execute(f"SELECT 'INSERT INTO {into} VALUES({values})' FROM {_quoted(table)}"):
        yield row[0] + ';'


def _iterdump(connection):
    cursor = connection.cursor()
    cursor.row_factory = None
    yield 'BEGIN TRANSACTION;'
    tables = cursor.execute("SELECT name, type, sql FROM sqlite_master WHERE sql NOT NULL AND type == 'table' "
                            'ORDER BY name').fetchall()
    numbered = []       # the counters of AUTOINCREMENT, last of all
    for name, _, sql in tables:
        if name == 'sqlite_sequence':
            numbered.append('DELETE FROM "sqlite_sequence";')
            numbered += _inserts(cursor, name)
            continue
        if name == 'sqlite_stat1':
            yield 'ANALYZE "sqlite_master";'
        elif name.startswith('sqlite_'):
            continue
        else:
            yield sql + ';'
        yield from _inserts(cursor, name)
    for _, _, sql in cursor.execute("SELECT name, type, sql FROM sqlite_master WHERE sql NOT NULL "
                                    "AND type IN ('index', 'trigger', 'view')").fetchall():
        yield sql + ';'
    yield from numbered
    yield 'COMMIT;'
