"""Files in memory whose position lies beyond all memory: writing there raises, reading gives nothing."""
import io

for position in (2**40, 2**60, 2**62, 2**63 - 2, 2**63 - 1):
    for make, piece in ((io.BytesIO, b'abc'), (io.StringIO, 'abc')):
        file = make(piece)
        print(make.__name__, file.seek(position), repr(file.read()), repr(file.readline()), file.tell() == position)
        try:
            file.write(piece)
        except (OverflowError, MemoryError) as error:
            print('  cannot write:', isinstance(error, (OverflowError, MemoryError)))
        print(' ', repr(file.getvalue()), file.__getstate__()[-2] == position)
        file.seek(1)
        print(' ', file.write(piece), repr(file.getvalue()))

file = io.BytesIO(b'abc')
file.seek(2**63 - 1)
for offset, whence in ((1, 1), (2**63 - 1, 2)):
    try:
        print(file.seek(offset, whence))
    except OverflowError as error:
        print(error)
print(file.seek(-1, 1) == 2**63 - 2)
