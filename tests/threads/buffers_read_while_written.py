"""Records in a bytearray, and files in memory, that threads read while others write: each is whole."""
import io
import struct
import threading

RECORD = struct.Struct('<QdQ')
ROUNDS = 3000
records = bytearray(RECORD.size * 2)
data, text = io.BytesIO(), io.StringIO()
failures = []


def guarded(action):
    def run(me):
        try:
            for number in range(ROUNDS):
                action(me, number)
        except BaseException as error:
            failures.append(repr(error))
    return run


@guarded
def write(me, number):
    number = number * 10 + me
    RECORD.pack_into(records, RECORD.size * (number % 2), number, float(number), number)
    try:
        data.write(b'abcdefgh')
    except BufferError:
        pass
    text.write('abcdefgh')
    if number % 500 == me:
        data.seek(0)
        text.seek(0)


@guarded
def read(me, number):
    first, middle, last = RECORD.unpack_from(records, RECORD.size * (number % 2))
    assert first == middle == last, ('a torn record', first, middle, last)
    if number % 10 == 0:
        with data.getbuffer() as view:
            assert view.nbytes % 8 == 0 and bytes(view[:8]) in (b'', b'abcdefgh'), 'torn bytes'
        assert text.getvalue()[:8] in ('', 'abcdefgh'), 'torn text'
        data.truncate(1 << 20)


threads = [threading.Thread(target=target, args=(me,)) for me in range(3) for target in (write, read)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(failures or 'every record was whole')
