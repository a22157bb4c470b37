"""CSV: writing a table of 40,000 records, reading it back plain and as dicts."""

import csv
import io


def main():
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["id", "name", "price", "note"])
    for i in range(40000):
        writer.writerow([i, "item %d" % i, i * 0.25, 'said "%d", twice' % (i % 7)])
    text = out.getvalue()
    total = 0.0
    for _ in range(3):
        rows = csv.reader(io.StringIO(text))
        next(rows)
        for row in rows:
            total += float(row[2])
    notes = {}
    for record in csv.DictReader(io.StringIO(text)):
        notes[record["note"]] = notes.get(record["note"], 0) + 1
    print(len(text), total, sorted(notes.items()))


main()
