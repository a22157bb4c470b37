# BytesIO.getbuffer() is a view of the file's own memory: both ways; and the file keeps its size while a
# view is alive.
import gc
import io
import pickle


def shown(work):
    try:
        return work()
    except Exception as problem:
        return f'{type(problem).__name__}: {problem}'


file = io.BytesIO(b'0123456789')
view = file.getbuffer()
print(view.format, view.shape, view.readonly, view.nbytes, type(view.obj).__module__, type(view.obj).__name__)
view[3:5] = b'##'
print(file.getvalue(), file.read(5), bytes(view))
for work in (lambda: file.write(b'x'), lambda: file.write(b''), lambda: file.truncate(), lambda: file.truncate(3),
             lambda: file.truncate(100), lambda: file.writelines([b'a']), file.close,
             lambda: file.__setstate__((b'a', 0, None)), lambda: file.write('text')):
    print(shown(work))
print(file.closed, file.tell(), file.seek(2), file.read(2), file.readline(), file.readinto(bytearray(3)), file.getvalue())
part = view[2:4]
print(shown(view.release), shown(lambda: file.write(b'y')))
part.release()
print(file.seek(0), file.write(b'ab'), file.getvalue())

with file.getbuffer() as first, file.getbuffer() as second:
    first[0] = 88
    print(second[0], shown(lambda: file.truncate(0)))
print(file.truncate(4), file.getvalue(), file.close(), shown(file.getbuffer), shown(lambda: bytes(first)))

file = io.BytesIO()
view = file.getbuffer()
print(view.nbytes, view.tolist(), shown(lambda: file.write(b'a')))
view.release()
print(file.write(b'a'))

# A view that nobody holds any more holds nothing back.
file = io.BytesIO(b'abc')
file.getbuffer()
gc.collect()
print(file.write(b'xyz+'), file.getvalue())

# It is the view that has the memory, not the file.
print(shown(lambda: memoryview(file)), shown(lambda: type(file.getbuffer().obj)()))


class Named(io.BytesIO):
    pass


file = Named(b'abc')
view = file.getbuffer()
del file
gc.collect()
print(bytes(view), view.obj is not None)
print(pickle.loads(pickle.dumps(io.BytesIO(b'state'))).getvalue())
with io.BytesIO(b'data') as file:
    print(shown(lambda: io.BytesIO(file.getbuffer()).read()))

# The data of a view can be changed while the file is read.
file = io.BytesIO(bytes(100_000))
with file.getbuffer() as view:
    for i in range(0, 100_000, 1000):
        view[i] = 1
    print(sum(file.getvalue()), file.seek(99_000), file.read(2))
    file.seek(200_000)
    print(shown(lambda: file.write(b'1')))
print(file.write(b'1'), len(file.getvalue()))
