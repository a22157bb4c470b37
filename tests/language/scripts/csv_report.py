"""Reads comma-separated text with quotes, converts columns, groups, joins and prints tables."""
import io
from collections import defaultdict
from operator import itemgetter


def read_csv(stream, separator=","):
    """Rows of a CSV text; quoted fields may hold separators, doubled quotes and new lines."""
    row, field, quoted, started = [], [], False, False
    text = stream.read()
    i = 0
    while i < len(text):
        c = text[i]
        if quoted:
            if c == '"' and text[i + 1:i + 2] == '"':
                field.append('"')
                i += 1
            elif c == '"':
                quoted = False
            else:
                field.append(c)
        elif c == '"' and not field:
            quoted = started = True
        elif c == separator:
            row.append("".join(field))
            field, started = [], True
        elif c == "\n":
            if field or row or started:
                row.append("".join(field))
                yield row
            row, field, started = [], [], False
        elif c != "\r":
            field.append(c)
        i += 1
    if quoted:
        raise ValueError("quote not closed")
    if field or row:
        row.append("".join(field))
        yield row


def convert(text):
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            pass
    return {"true": True, "false": False, "": None}.get(text.lower(), text)


class Table:
    def __init__(self, columns, rows):
        self.columns, self.rows = list(columns), [tuple(r) for r in rows]

    @classmethod
    def parse(cls, text):
        rows = read_csv(io.StringIO(text))
        header = next(rows)
        out = []
        for n, row in enumerate(rows, 2):
            if len(row) != len(header):
                print(f"row {n} has {len(row)} fields, not {len(header)}")
                continue
            out.append(map(convert, row))
        return cls(header, out)

    def column(self, name):
        i = self.columns.index(name)
        return [row[i] for row in self.rows]

    def where(self, test):
        return Table(self.columns, [r for r in self.rows if test(dict(zip(self.columns, r)))])

    def sort(self, *names, reverse=False):
        return Table(self.columns, sorted(self.rows, key=itemgetter(*map(self.columns.index, names)), reverse=reverse))

    def group(self, by, **aggregates):
        groups = defaultdict(list)
        for row in self.rows:
            groups[row[self.columns.index(by)]].append(dict(zip(self.columns, row)))
        rows = [(key, *(f([r[c] for r in rows if r[c] is not None]) for c, f in aggregates.values())) for key, rows in groups.items()]
        return Table([by, *aggregates], rows)

    def join(self, other, on):
        index = {row[other.columns.index(on)]: row for row in other.rows}
        extra = [i for i, c in enumerate(other.columns) if c != on]
        rows = [row + tuple(index[row[self.columns.index(on)]][i] for i in extra) for row in self.rows if row[self.columns.index(on)] in index]
        return Table(self.columns + [other.columns[i] for i in extra], rows)

    def __str__(self):
        cells = [self.columns] + [["" if v is None else f"{v:.2f}" if isinstance(v, float) else str(v) for v in row] for row in self.rows]
        widths = [max(len(row[i]) for row in cells) for i in range(len(self.columns))]
        lines = []
        for n, row in enumerate(cells):
            lines.append("  ".join(c.rjust(w) if n and isinstance(self.rows[n - 1][i], (int, float)) else c.ljust(w) for i, (c, w) in enumerate(zip(row, widths))).rstrip())
            if n == 0:
                lines.append("  ".join("-" * w for w in widths))
        return "\n".join(lines)


people = Table.parse('''name,team,age,score
"Smith, John",red,42,7.5
Ann,blue,31,8
"Said ""hi""",red,25,
Bob,green,,3.25
broken,row
"Two
lines",blue,50,9.125
''')
teams = Table.parse("team,city\nred,Rome\nblue,Bonn\n")
print(people, people.sort("team", "name"), people.where(lambda r: r["age"] and r["age"] > 30), sep="\n\n")
print(people.group("team", members=("name", len), oldest=("age", lambda v: max(v, default=None)), mean=("score", lambda v: sum(v) / len(v))).sort("team"))
print(people.join(teams, "team"), people.column("age"), sep="\n")
for bad in ('a,b\n"never closed', ""):
    try:
        print(Table.parse(bad))
    except (ValueError, StopIteration) as error:
        print(type(error).__name__, error)
