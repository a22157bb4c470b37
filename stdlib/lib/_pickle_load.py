"""Unpickler: opcodes to objects, on a stack. Whatever the bytes say, what comes of it is an object or an exception."""
import sys
from copyreg import _extension_cache, _inverted_registry
from io import BytesIO
from struct import unpack

from _pickle_codes import *
from _pickle_codes import NEW_MODULES, NEW_NAMES, find_nested

_HIGHEST = 5


class _Stop(Exception):
    def __init__(self, value):
        self.value = value


def decode_long(data):
    """The int of bytes in two's complement, the lowest first."""
    return int.from_bytes(data, 'little', signed=True)


class Unpickler:
    """Unpickler(file).load(): the next object of a binary file."""

    def __init__(self, file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=None):
        self._buffers = None if buffers is None else iter(buffers)
        try:
            self._file_read = file.read
            self._file_readline = file.readline
        except AttributeError:
            raise TypeError("file must have 'read', 'readinto' and 'readline' attributes") from None
        self._memo = {}
        self.encoding = encoding
        self.errors = errors
        self.proto = 0
        self.fix_imports = fix_imports

    @property
    def memo(self):
        return self._memo

    @memo.setter
    def memo(self, value):
        self._memo = dict(value)

    def persistent_load(self, pid):
        raise UnpicklingError('A load persistent id instruction was encountered,\n'
                              'but no persistent_load function was specified.')

    def find_class(self, module_name, name):
        """The class or function of that name; subclasses may refuse."""
        sys.audit('pickle.find_class', module_name, name)
        if self.proto < 3 and self.fix_imports:
            if (module_name, name) in NEW_NAMES:
                module_name, name = NEW_NAMES[module_name, name]
            else:
                module_name = NEW_MODULES.get(module_name, module_name)
        __import__(module_name, level=0)
        module = sys.modules[module_name]
        if self.proto >= 4:
            return find_nested(module, name)[0]
        try:
            return getattr(module, name)
        except AttributeError:
            raise AttributeError(f"Can't get attribute {name!r} on {module!r}") from None

    # --- reading ---

    def load(self):
        """Reads one object."""
        if not hasattr(self, '_file_read'):
            raise UnpicklingError('Unpickler.__init__() was not called by '
                                  f'{self.__class__.__name__}.__init__()')
        self._frame = None
        self._marks = []
        self.stack = []
        self.proto = 0
        dispatch = self.dispatch
        read = self.read
        try:
            while True:
                key = read(1)
                if not key:
                    raise EOFError('Ran out of input')
                handler = dispatch.get(key[0])
                if handler is None:
                    shown = ascii(chr(key[0]))
                    raise UnpicklingError(f"invalid load key, {shown}.")
                handler(self)
        except _Stop as stop:
            return stop.value
        except IndexError:
            if self.stack is None or not self.stack:
                raise UnpicklingError('unpickling stack underflow') from None
            raise

    def read(self, size):
        frame = self._frame
        if frame is not None:
            data = frame.read(size)
            if len(data) == size:
                return data
            if data:
                raise UnpicklingError('pickle exhausted before end of frame')
            self._frame = None
        return self._file_read(size)

    def _exactly(self, size):
        data = self.read(size)
        if len(data) < size:
            raise UnpicklingError('pickle data was truncated')
        return data

    def readline(self):
        frame = self._frame
        if frame is not None:
            data = frame.readline()
            if data:
                if data[-1:] != b'\n':
                    raise UnpicklingError('pickle exhausted before end of frame')
                return data[:-1]
            self._frame = None
        data = self._file_readline()
        if data[-1:] != b'\n':
            raise UnpicklingError('pickle data was truncated')
        return data[:-1]

    def _size(self, form, width):
        size, = unpack(form, self._exactly(width))
        if size < 0:
            raise UnpicklingError('negative byte count')
        if size > sys.maxsize:
            raise OverflowError(f"size exceeds system's maximum of {sys.maxsize} bytes")
        return size

    def _octets(self, size):
        # Not all at once: a damaged size would ask for all memory.
        if size <= 1 << 20:
            return self._exactly(size)
        pieces = []
        while size > 0:
            piece = self._exactly(min(size, 1 << 20))
            pieces.append(piece)
            size -= len(piece)
        return b''.join(pieces)

    def pop_mark(self):
        if not self._marks:
            raise UnpicklingError('could not find MARK')
        items = self.stack
        self.stack = self._marks.pop()
        return items

    def _pop(self):
        if not self.stack:
            raise UnpicklingError('unpickling stack underflow')
        return self.stack.pop()

    def _top(self):
        if not self.stack:
            raise UnpicklingError('unpickling stack underflow')
        return self.stack[-1]

    # --- opcodes ---

    dispatch = {}

    def load_proto(self):
        proto = self._exactly(1)[0]
        if proto > _HIGHEST:
            raise ValueError(f'unsupported pickle protocol: {proto}')
        self.proto = proto

    def load_frame(self):
        size = self._size('<Q', 8)
        frame = self._frame
        if frame is not None and frame.read(1):
            raise UnpicklingError('beginning of a new frame before end of current frame')
        self._frame = None
        data = self._octets(size)
        self._frame = BytesIO(data)

    def load_stop(self):
        if not self.stack and self._marks:
            raise UnpicklingError('unexpected MARK found')
        raise _Stop(self._pop())

    def load_mark(self):
        self._marks.append(self.stack)
        self.stack = []

    def load_pop(self):
        if self.stack:
            del self.stack[-1]
        elif self._marks:
            self.pop_mark()
        else:
            raise UnpicklingError('unpickling stack underflow')

    def load_pop_mark(self):
        self.pop_mark()

    def load_dup(self):
        self.stack.append(self._top())

    def load_none(self):
        self.stack.append(None)

    def load_true(self):
        self.stack.append(True)

    def load_false(self):
        self.stack.append(False)

    def load_int(self):
        data = self.readline()
        if data == b'00':
            self.stack.append(False)
        elif data == b'01':
            self.stack.append(True)
        else:
            self.stack.append(int(data, 0))

    def load_binint(self):
        self.stack.append(unpack('<i', self._exactly(4))[0])

    def load_binint1(self):
        self.stack.append(self._exactly(1)[0])

    def load_binint2(self):
        self.stack.append(unpack('<H', self._exactly(2))[0])

    def load_long(self):
        self.stack.append(int(self.readline().removesuffix(b'L'), 0))

    def load_long1(self):
        self.stack.append(decode_long(self._exactly(self._exactly(1)[0])))

    def load_long4(self):
        size, = unpack('<i', self._exactly(4))
        if size < 0:
            raise UnpicklingError('LONG pickle has negative byte count')
        self.stack.append(decode_long(self._octets(size)))

    def load_float(self):
        self.stack.append(float(self.readline()))

    def load_binfloat(self):
        self.stack.append(unpack('>d', self._exactly(8))[0])

    def _decoded(self, data):
        return data if self.encoding == 'bytes' else data.decode(self.encoding, self.errors)

    def load_string(self):
        data = self.readline()
        if len(data) < 2 or data[:1] != data[-1:] or data[:1] not in (b'"', b"'"):
            raise UnpicklingError('the STRING opcode argument must be quoted')
        self.stack.append(self._decoded(data[1:-1].decode('unicode_escape').encode('latin-1')))

    def load_binstring(self):
        size, = unpack('<i', self._exactly(4))
        if size < 0:
            raise UnpicklingError('BINSTRING pickle has negative byte count')
        self.stack.append(self._decoded(self._octets(size)))

    def load_short_binstring(self):
        self.stack.append(self._decoded(self._exactly(self._exactly(1)[0])))

    def load_unicode(self):
        self.stack.append(str(self.readline(), 'raw-unicode-escape'))

    def _text(self, size):
        self.stack.append(str(self._octets(size), 'utf-8', 'surrogatepass'))

    def load_short_binunicode(self):
        self._text(self._exactly(1)[0])

    def load_binunicode(self):
        self._text(self._size('<I', 4))

    def load_binunicode8(self):
        self._text(self._size('<Q', 8))

    def load_short_binbytes(self):
        self.stack.append(self._exactly(self._exactly(1)[0]))

    def load_binbytes(self):
        self.stack.append(self._octets(self._size('<I', 4)))

    def load_binbytes8(self):
        self.stack.append(self._octets(self._size('<Q', 8)))

    def load_bytearray8(self):
        self.stack.append(bytearray(self._octets(self._size('<Q', 8))))

    def load_next_buffer(self):
        if self._buffers is None:
            raise UnpicklingError('pickle stream refers to out-of-band data but no *buffers* argument was given')
        try:
            self.stack.append(next(self._buffers))
        except StopIteration:
            raise UnpicklingError('not enough out-of-band buffers') from None

    def load_readonly_buffer(self):
        view = memoryview(self._top())
        if not view.readonly:
            self.stack[-1] = view.toreadonly()

    # containers

    def load_empty_tuple(self):
        self.stack.append(())

    def load_tuple(self):
        items = self.pop_mark()
        self.stack.append(tuple(items))

    def _tuple_of(self, count):
        if len(self.stack) < count:
            raise UnpicklingError('unpickling stack underflow')
        items = tuple(self.stack[-count:])
        del self.stack[-count:]
        self.stack.append(items)

    def load_tuple1(self):
        self._tuple_of(1)

    def load_tuple2(self):
        self._tuple_of(2)

    def load_tuple3(self):
        self._tuple_of(3)

    def load_empty_list(self):
        self.stack.append([])

    def load_empty_dictionary(self):
        self.stack.append({})

    def load_empty_set(self):
        self.stack.append(set())

    def load_list(self):
        items = self.pop_mark()
        self.stack.append(items)

    def load_dict(self):
        items = self.pop_mark()
        self.stack.append({items[i]: items[i + 1] for i in range(0, len(items) - 1, 2)})

    def load_frozenset(self):
        items = self.pop_mark()
        self.stack.append(frozenset(items))

    def load_append(self):
        value = self._pop()
        self._top().append(value)

    def load_appends(self):
        items = self.pop_mark()
        target = self._top()
        extend = getattr(target, 'extend', None)
        if extend is not None:
            extend(items)
            return
        append = target.append
        for item in items:
            append(item)

    def load_setitem(self):
        value = self._pop()
        key = self._pop()
        self._top()[key] = value

    def load_setitems(self):
        items = self.pop_mark()
        if len(items) % 2:
            raise UnpicklingError('odd number of items for SETITEMS')
        target = self._top()
        for i in range(0, len(items), 2):
            target[items[i]] = items[i + 1]

    def load_additems(self):
        items = self.pop_mark()
        target = self._top()
        if isinstance(target, set):
            target.update(items)
            return
        add = target.add
        for item in items:
            add(item)

    # the memo

    def _remember(self, place):
        if place < 0:
            raise ValueError('negative PUT argument')
        self._memo[place] = self._top()

    def load_put(self):
        self._remember(int(self.readline()))

    def load_binput(self):
        self._remember(self._exactly(1)[0])

    def load_long_binput(self):
        self._remember(unpack('<I', self._exactly(4))[0])

    def load_memoize(self):
        self._remember(len(self._memo))

    def _recall(self, place):
        try:
            self.stack.append(self._memo[place])
        except KeyError:
            raise UnpicklingError(f'Memo value not found at index {place}') from None

    def load_get(self):
        self._recall(int(self.readline()))

    def load_binget(self):
        self._recall(self._exactly(1)[0])

    def load_long_binget(self):
        self._recall(unpack('<I', self._exactly(4))[0])

    # objects

    def load_persid(self):
        try:
            pid = self.readline().decode('ascii')
        except UnicodeDecodeError:
            raise UnpicklingError('persistent IDs in protocol 0 must be ASCII strings') from None
        self.stack.append(self.persistent_load(pid))

    def load_binpersid(self):
        load = self.persistent_load
        self.stack.append(load(self._pop() if self.stack else None))

    def load_global(self):
        module = self.readline().decode('utf-8')
        name = self.readline().decode('utf-8')
        self.stack.append(self.find_class(module, name))

    def load_stack_global(self):
        name, module = self._pop(), self._pop()
        if type(name) is not str or type(module) is not str:
            raise UnpicklingError('STACK_GLOBAL requires str')
        self.stack.append(self.find_class(module, name))

    def _extension(self, code):
        missing = []
        found = _extension_cache.get(code, missing)
        if found is missing:
            key = _inverted_registry.get(code)
            if not key:
                if code <= 0:
                    raise UnpicklingError('EXT specifies code <= 0')
                raise ValueError('unregistered extension code %d' % code)
            found = _extension_cache[code] = self.find_class(*key)
        self.stack.append(found)

    def load_ext1(self):
        self._extension(self._exactly(1)[0])

    def load_ext2(self):
        self._extension(unpack('<H', self._exactly(2))[0])

    def load_ext4(self):
        self._extension(unpack('<i', self._exactly(4))[0])

    def _instance(self, cls, args):
        if args or not isinstance(cls, type) or hasattr(cls, '__getinitargs__'):
            value = cls(*args)
        else:
            value = cls.__new__(cls)
        self.stack.append(value)

    def load_inst(self):
        module = self.readline().decode('ascii')
        name = self.readline().decode('ascii')
        args = self.pop_mark()
        self._instance(self.find_class(module, name), args)

    def load_obj(self):
        args = self.pop_mark()
        if not args:
            raise UnpicklingError('unpickling stack underflow')
        self._instance(args.pop(0), args)

    def load_newobj(self):
        args, cls = self._pop(), self._pop()
        if not isinstance(args, tuple):
            raise UnpicklingError('NEWOBJ expected an arg tuple, got %s' % type(args).__name__)
        if not isinstance(cls, type):
            raise UnpicklingError('NEWOBJ class argument must be a type, not %s' % type(cls).__name__)
        self.stack.append(cls.__new__(cls, *args))

    def load_newobj_ex(self):
        kwargs, args, cls = self._pop(), self._pop(), self._pop()
        if not isinstance(cls, type):
            raise UnpicklingError('NEWOBJ_EX class argument must be a type, not %s' % type(cls).__name__)
        if not isinstance(args, tuple):
            raise UnpicklingError('NEWOBJ_EX args argument must be a tuple, not %s' % type(args).__name__)
        if not isinstance(kwargs, dict):
            raise UnpicklingError('NEWOBJ_EX kwargs argument must be a dict, not %s' % type(kwargs).__name__)
        self.stack.append(cls.__new__(cls, *args, **kwargs))

    def load_reduce(self):
        args, function = self._pop(), self._pop()
        self.stack.append(function(*args))

    def load_build(self):
        state, target = self._pop(), self._top()
        missing = []
        setstate = getattr(target, '__setstate__', missing)
        if setstate is not missing:
            setstate(state)
            return
        slots = None
        if isinstance(state, tuple) and len(state) == 2:
            state, slots = state
        if state:
            if not isinstance(state, dict):
                raise UnpicklingError('state is not a dictionary')
            attributes = target.__dict__
            intern = sys.intern
            for name, value in state.items():
                attributes[intern(name) if type(name) is str else name] = value
        if slots:
            if not isinstance(slots, dict):
                raise UnpicklingError('slot state is not a dictionary')
            for name, value in slots.items():
                setattr(target, name, value)


Unpickler.dispatch.update({opcode[0]: getattr(Unpickler, 'load_' + name) for opcode, name in (
    (PROTO, 'proto'), (FRAME, 'frame'), (STOP, 'stop'), (MARK, 'mark'), (POP, 'pop'), (POP_MARK, 'pop_mark'),
    (DUP, 'dup'), (NONE, 'none'), (NEWTRUE, 'true'), (NEWFALSE, 'false'), (INT, 'int'), (BININT, 'binint'),
    (BININT1, 'binint1'), (BININT2, 'binint2'), (LONG, 'long'), (LONG1, 'long1'), (LONG4, 'long4'),
    (FLOAT, 'float'), (BINFLOAT, 'binfloat'), (STRING, 'string'), (BINSTRING, 'binstring'),
    (SHORT_BINSTRING, 'short_binstring'), (UNICODE, 'unicode'), (SHORT_BINUNICODE, 'short_binunicode'),
    (BINUNICODE, 'binunicode'), (BINUNICODE8, 'binunicode8'), (SHORT_BINBYTES, 'short_binbytes'),
    (BINBYTES, 'binbytes'), (BINBYTES8, 'binbytes8'), (BYTEARRAY8, 'bytearray8'), (NEXT_BUFFER, 'next_buffer'),
    (READONLY_BUFFER, 'readonly_buffer'), (EMPTY_TUPLE, 'empty_tuple'), (TUPLE, 'tuple'), (TUPLE1, 'tuple1'),
    (TUPLE2, 'tuple2'), (TUPLE3, 'tuple3'), (EMPTY_LIST, 'empty_list'), (EMPTY_DICT, 'empty_dictionary'),
    (EMPTY_SET, 'empty_set'), (LIST, 'list'), (DICT, 'dict'), (FROZENSET, 'frozenset'), (APPEND, 'append'),
    (APPENDS, 'appends'), (SETITEM, 'setitem'), (SETITEMS, 'setitems'), (ADDITEMS, 'additems'), (PUT, 'put'),
    (BINPUT, 'binput'), (LONG_BINPUT, 'long_binput'), (MEMOIZE, 'memoize'), (GET, 'get'), (BINGET, 'binget'),
    (LONG_BINGET, 'long_binget'), (PERSID, 'persid'), (BINPERSID, 'binpersid'), (GLOBAL, 'global'),
    (STACK_GLOBAL, 'stack_global'), (EXT1, 'ext1'), (EXT2, 'ext2'), (EXT4, 'ext4'), (INST, 'inst'), (OBJ, 'obj'),
    (NEWOBJ, 'newobj'), (NEWOBJ_EX, 'newobj_ex'), (REDUCE, 'reduce'), (BUILD, 'build'))})

Unpickler.__module__ = '_pickle'


def load(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=None):
    """The next object of a binary file."""
    return Unpickler(file, fix_imports=fix_imports, encoding=encoding, errors=errors, buffers=buffers).load()


def loads(data, /, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=None):
    """The object that the bytes hold."""
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    return Unpickler(BytesIO(data), fix_imports=fix_imports, encoding=encoding, errors=errors,
                     buffers=buffers).load()
