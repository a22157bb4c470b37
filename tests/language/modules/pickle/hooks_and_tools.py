"""pickle: persistent ids, reducers, memos, buffers beside the pickle; pickletools; shelve and dbm on top."""
import copyreg
import dbm.dumb
import io
import os
import pickle
import pickletools
import shelve
import tempfile


def show(function):
    try:
        print(repr(function()))
    except Exception as error:
        print(type(error).__name__, error)


class Point:
    def __init__(self, x):
        self.x = x

    def __repr__(self):
        return f'Point({self.x!r})'

    def __eq__(self, other):
        return self.x == other.x


class Slotted:
    __slots__ = ('a', 'b')


class Grown(list):
    pass


print('--- hooks')


class Saver(pickle.Pickler):
    def persistent_id(self, value):
        return ('point', value.x) if isinstance(value, Point) else None

    def reducer_override(self, value):
        return (complex, (value.real, 7.0)) if type(value) is complex else NotImplemented


class Loader(pickle.Unpickler):
    def persistent_load(self, identity):
        return Point([identity])

    def find_class(self, module, name):
        print('looked for', module, name)
        return super().find_class(module, name)


for protocol in range(1, 6):
    file = io.BytesIO()
    Saver(file, protocol).dump([Point(1), 2j, Point(3)])
    file.seek(0)
    print(Loader(file).load())
file = io.BytesIO()
saver = pickle.Pickler(file)
saver.dispatch_table = copyreg.dispatch_table | {Point: lambda point: (Point, (point.x * 2,))}
saver.dump([Point(4), Point('ab')])
print(pickle.loads(file.getvalue()))
show(lambda: pickle.loads(b'Ppers\n.'))
show(lambda: pickle.loads(b'NQ.'))

print('--- memo')
file = io.BytesIO()
saver = pickle.Pickler(file, 4)
shared = ['shared']
saver.dump(shared)
first = file.tell()
saver.dump(shared)
print(file.getvalue()[first:], len(saver.memo.copy()))
saver.clear_memo()
saver.dump(shared)
file.seek(0)
loader = pickle.Unpickler(file)
print(loader.load() is loader.load(), loader.load(), sorted(loader.memo.copy().items()))
show(lambda: setattr(loader, 'memo', {-1: 0}))
show(lambda: setattr(saver, 'memo', 1))
show(lambda: pickle.Pickler(1))
show(lambda: pickle.Unpickler(1))
show(lambda: pickle.Pickler.__new__(pickle.Pickler).dump(1))

print('--- buffers')
memory, buffers = bytearray(b'some memory'), []
data = pickle.dumps([pickle.PickleBuffer(memory), pickle.PickleBuffer(b'fixed')], 5, buffer_callback=buffers.append)
print(len(buffers), data, bytes(buffers[0].raw()))
one, two = pickle.loads(data, buffers=buffers)
memory[0] = ord('S')
print(bytes(one), bytes(two), pickle.loads(pickle.dumps(pickle.PickleBuffer(memory), 5)))
show(lambda: pickle.loads(data))
show(lambda: pickle.loads(data, buffers=[]))
show(lambda: pickle.dumps(pickle.PickleBuffer(b''), 4))
buffers[0].release()
show(lambda: buffers[0].raw())
show(lambda: pickle.dumps(1, 4, buffer_callback=print))

print('--- instances')
slotted = Slotted()
slotted.b = 1
grown = Grown([1, 2])
grown.name = 'grown'
for protocol in range(2, 6):
    for value in slotted, grown, Point([Point(1)]), {1: {2}, 'a': frozenset([3])}, Point.__init__, dict.fromkeys, ValueError('x', 1):
        back = pickle.loads(pickle.dumps(value, protocol))
        print(protocol, type(back).__name__, getattr(back, 'b', ''), getattr(back, 'name', ''), end='; ')
    print()
loop = [Point(None)]
loop[0].x = (loop, {'again': loop})
back = pickle.loads(pickle.dumps(loop))
print(back[0].x[0] is back, back[0].x[1]['again'] is back)


class Bad:
    def __init__(self, answer):
        self.answer = answer

    def __reduce_ex__(self, protocol):
        return self.answer

    def __repr__(self):
        return 'Bad'


for answer in 1, (1,), (1, ()), (int, 1), (int, (), None, 1), (int, (), None, None, 1), (int, (), 1, None, None, 1), 'nowhere':
    show(lambda: pickle.dumps(Bad(answer)))
show(lambda: pickle.dumps(type(Bad)('Other', (), {})))
show(lambda: pickle.dumps(iter([]).__next__) and 'made')

print('--- pickletools')
for protocol in 0, 2, 4:
    pickletools.dis(pickletools.optimize(pickle.dumps([1, 'a', (2.5, None, {'k': b'b'}), 'a'], protocol)))
for data in b'N', b'q\0.', b'NN.', b'(.', b'\xff':
    show(lambda: pickletools.dis(data))

print('--- shelve and dbm')
with tempfile.TemporaryDirectory() as folder:
    name = os.path.join(folder, 'shelf')
    with dbm.dumb.open(name, 'n') as db:
        db['key'] = b'v' * 600
        db[b'other'] = 'text'
        db['key'] = 'short'
        del db['other']
        print(db['key'], db.keys(), b'other' in db, len(db))
    print(sorted(os.listdir(folder)), open(name + '.dir').read(), dbm.whichdb(name))
    with dbm.dumb.open(name, 'r') as db:
        show(lambda: db.__setitem__('a', 'b'))
    show(lambda: db['key'])
    show(lambda: dbm.dumb.open(name, 'x'))
    shelf = shelve.Shelf(dbm.dumb.open(name, 'n'), writeback=True)
    shelf['list'] = [1]
    shelf['list'].append(Point(2))
    shelf.close()
    show(lambda: shelf['list'])
    with shelve.Shelf(dbm.dumb.open(name, 'r')) as shelf:
        print(dict(shelf), 'list' in shelf, shelf.get('none', 5))
