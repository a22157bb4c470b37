# os.fspath(), open() and others ask an object for its path in one way, and refuse it in the same words.
import datetime
import os
import tempfile


class Place:
    def __init__(self, path):
        self.path = path

    def __fspath__(self):
        return self.path


day = datetime.date(2020, 1, 1)
for call in os.fspath, open, os.listdir, os.stat:
    for given in day, Place(3), Place(None), Place(day), Place(Place('x')):
        try:
            print(call.__name__, call(given))
        except (TypeError, OSError) as problem:
            print(call.__name__, type(problem).__name__, problem)

with tempfile.TemporaryDirectory() as folder:
    name = os.path.join(folder, 'file')
    with open(Place(name), 'w') as file:
        print(file.write('text'), file.name == name)
    print(os.fspath(Place(name)) == name, os.fspath(Place(b'bytes')), open(Place(os.fsencode(name))).read())
