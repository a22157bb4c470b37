# Files in memory can be copied and pickled with their contents, position and attributes; states are checked.
import copy
import io
import pickle

data = io.BytesIO(b'hello')
data.seek(2)
data.name = 'greeting'
again = pickle.loads(pickle.dumps(data))
print(again.getvalue(), again.tell(), again.name)
print(copy.copy(data).read(), copy.deepcopy(data).read())

for newline in (None, '', '\n', '\r', '\r\n'):
    text = io.StringIO('a\r\nb\nc\rd', newline=newline)
    text.read(2)
    for protocol in range(2, 6):
        again = pickle.loads(pickle.dumps(text, protocol))
        print(repr(newline), repr(again.getvalue()), again.tell(), repr(again.read()), again.write('\n'))

for make, states in ((io.BytesIO, [(b'', -1, None), ('u', 0, None), (b'', 0.0, None), (b'', 0, 0), (b'x', 0), 0]),
                     (io.StringIO, [('', 'f', 0, None), ('', '', -1, None), (b'', '', 0, None), ('', '', 0, 0), 0])):
    for state in states:
        try:
            make().__setstate__(state)
        except (TypeError, ValueError) as error:
            print(type(error).__name__)
    closed = make()
    closed.close()
    try:
        closed.__getstate__()
    except ValueError as error:
        print(error)
