"""Pickler: objects to opcodes. Every type has a method that writes it; the others are asked for __reduce_ex__."""
import sys
from copyreg import _extension_registry, dispatch_table
from functools import partial
from io import BytesIO as _BytesIO
from struct import pack
from types import FunctionType

from _pickle_codes import *
from _pickle_codes import OLD_MODULES, OLD_NAMES, find_nested

_BATCH = 1000
_FRAME_TARGET, _FRAME_MIN = 64 * 1024, 4
_HIGHEST, _DEFAULT = 5, 4


class _Framer:
    """Collects what is written; from protocol 4 on it is cut into frames."""

    def __init__(self, write):
        self.file_write = write
        self.pieces = None
        self.size = 0

    def start(self):
        self.pieces = []
        self.size = 0

    def end(self):
        if self.pieces is not None:
            self.commit(True)
            self.pieces = None

    def commit(self, force=False):
        if self.pieces is None or not (force or self.size >= _FRAME_TARGET):
            return
        data = b''.join(self.pieces)
        if len(data) >= _FRAME_MIN:
            self.file_write(FRAME + pack('<Q', len(data)))
        self.file_write(data)
        self.pieces = []
        self.size = 0

    def write(self, data):
        if self.pieces is None:
            return self.file_write(data)
        self.pieces.append(data)
        self.size += len(data)
        return len(data)

    def write_large(self, header, payload):
        """Bytes too long for a frame stand between frames."""
        if self.pieces is None:
            self.file_write(header)
            self.file_write(payload)
            return
        self.commit(True)
        self.file_write(header)
        self.file_write(payload)


def encode_long(x):
    """The bytes of an int in two's complement, the lowest first."""
    if x == 0:
        return b''
    size = (x.bit_length() >> 3) + 1
    data = x.to_bytes(size, 'little', signed=True)
    if x < 0 and size > 1 and data[-1] == 0xff and data[-2] & 0x80:
        data = data[:-1]
    return data


class Pickler:
    """Pickler(file, protocol).dump(object); the memo lives as long as the pickler."""

    def __init__(self, file, protocol=None, fix_imports=True, buffer_callback=None):
        if protocol is None:
            protocol = _DEFAULT
        if protocol < 0:
            protocol = _HIGHEST
        elif protocol > _HIGHEST:
            raise ValueError(f'pickle protocol must be <= {_HIGHEST}')
        if buffer_callback is not None and protocol < 5:
            raise ValueError('buffer_callback needs protocol >= 5')
        self._buffer_callback = buffer_callback
        try:
            self._file_write = file.write
        except AttributeError:
            raise TypeError("file must have a 'write' attribute") from None
        self.framer = _Framer(self._file_write)
        self.write = self.framer.write
        self._memo = {}
        self.proto = int(protocol)
        self.bin = protocol >= 1
        self.fast = 0
        self.fix_imports = bool(fix_imports) and protocol < 3

    def clear_memo(self):
        """Forgets what was pickled: it is written anew the next time."""
        self._memo.clear()

    @property
    def memo(self):
        return self._memo

    @memo.setter
    def memo(self, value):
        self._memo = dict(value)

    def persistent_id(self, obj):
        return None

    def dump(self, obj):
        """Writes one object."""
        if not hasattr(self, 'framer'):
            raise PicklingError(f'Pickler.__init__() was not called by {self.__class__.__name__}.__init__()')
        if self.proto >= 2:
            self._file_write(PROTO + pack('<B', self.proto))
        if self.proto >= 4:
            self.framer.start()
        try:
            self.save(obj)
            self.write(STOP)
            self.framer.end()
        finally:
            self.framer.pieces = None

    # --- the memo ---

    def memoize(self, obj):
        if self.fast:
            return
        memo = self._memo
        place = len(memo)
        if self.proto >= 4:
            self.write(MEMOIZE)
        elif not self.bin:
            self.write(PUT + repr(place).encode('ascii') + b'\n')
        elif place < 256:
            self.write(BINPUT + pack('<B', place))
        else:
            self.write(LONG_BINPUT + pack('<I', place))
        memo[id(obj)] = place, obj

    def get(self, place):
        if not self.bin:
            return GET + repr(place).encode('ascii') + b'\n'
        return BINGET + pack('<B', place) if place < 256 else LONG_BINGET + pack('<I', place)

    # --- one object ---

    def save(self, obj, save_persistent_id=True):
        self.framer.commit()
        if save_persistent_id:
            pid = self.persistent_id(obj)
            if pid is not None:
                return self.save_pers(pid)
        known = self._memo.get(id(obj))
        if known is not None:
            return self.write(self.get(known[0]))
        kind = type(obj)
        reduced = NotImplemented
        save = self.dispatch.get(kind)
        override = getattr(self, 'reducer_override', None)
        if override is not None and kind not in _ATOMS:
            reduced = override(obj)
        if reduced is NotImplemented:
            if save is not None:
                return save(self, obj)
            reduced = self._reduce(obj, kind)
            if reduced is None:
                return None
        if isinstance(reduced, str):
            return self.save_global(obj, reduced)
        if not isinstance(reduced, tuple):
            raise PicklingError('__reduce__ must return a string or tuple')
        if not 2 <= len(reduced) <= 6:
            raise PicklingError('tuple returned by __reduce__ must contain 2 through 6 elements')
        self.save_reduce(obj=obj, *reduced)

    def _reduce(self, obj, kind):
        reduce = getattr(self, 'dispatch_table', dispatch_table).get(kind)
        if reduce is not None:
            return reduce(obj)
        if issubclass(kind, type):
            self.save_global(obj)
            return None
        reduce = getattr(obj, '__reduce_ex__', None)
        if reduce is not None:
            return reduce(self.proto)
        reduce = getattr(obj, '__reduce__', None)
        if reduce is not None:
            return reduce()
        raise PicklingError(f"can't pickle {kind.__name__!r} object: {obj!r}")

    def save_pers(self, pid):
        if self.bin:
            self.save(pid, save_persistent_id=False)
            self.write(BINPERSID)
            return
        try:
            self.write(PERSID + str(pid).encode('ascii') + b'\n')
        except UnicodeEncodeError:
            raise PicklingError('persistent IDs in protocol 0 must be ASCII strings') from None

    def save_reduce(self, func, args, state=None, listitems=None, dictitems=None, state_setter=None, *, obj=None):
        if not isinstance(args, tuple):
            raise PicklingError('second item of the tuple returned by __reduce__ must be a tuple')
        if not callable(func):
            raise PicklingError('first item of the tuple returned by __reduce__ must be callable')
        name = getattr(func, '__name__', '')
        if self.proto >= 2 and name == '__newobj_ex__':
            self._save_newobj_ex(args, obj)
        elif self.proto >= 2 and name == '__newobj__':
            cls = args[0]
            if not hasattr(cls, '__new__'):
                raise PicklingError('args[0] from __newobj__ args has no __new__')
            if obj is not None and cls is not obj.__class__:
                raise PicklingError('args[0] from __newobj__ args has the wrong class')
            self.save(cls)
            self.save(args[1:])
            self.write(NEWOBJ)
        else:
            self.save(func)
            self.save(args)
            self.write(REDUCE)
        if obj is not None:
            known = self._memo.get(id(obj))
            if known is not None:
                # The arguments led back here: what was made meanwhile is the object.
                self.write(POP + self.get(known[0]))
            else:
                self.memoize(obj)
        if listitems is not None:
            self._batch_appends(listitems)
        if dictitems is not None:
            self._batch_setitems(dictitems)
        if state is None:
            return
        if state_setter is None:
            self.save(state)
            self.write(BUILD)
        else:
            self.save(state_setter)
            self.save(obj)
            self.save(state)
            self.write(TUPLE2 + REDUCE + POP)

    def _save_newobj_ex(self, given, obj):
        cls, args, kwargs = given
        if not hasattr(cls, '__new__'):
            raise PicklingError('args[0] from __newobj_ex__ args has no __new__')
        if obj is not None and cls is not obj.__class__:
            raise PicklingError('args[0] from __newobj_ex__ args has the wrong class')
        if self.proto >= 4:
            self.save(cls)
            self.save(args)
            self.save(kwargs)
            self.write(NEWOBJ_EX)
        else:
            self.save(partial(cls.__new__, cls, *args, **kwargs))
            self.save(())
            self.write(REDUCE)

    # --- the types ---

    dispatch = {}

    def save_none(self, obj):
        self.write(NONE)
    dispatch[type(None)] = save_none

    def save_bool(self, obj):
        if self.proto >= 2:
            self.write(NEWTRUE if obj else NEWFALSE)
        else:
            self.write(TRUE if obj else FALSE)
    dispatch[bool] = save_bool

    def save_long(self, obj):
        if self.bin:
            if 0 <= obj < 65536:
                return self.write(BININT1 + pack('<B', obj) if obj < 256 else BININT2 + pack('<H', obj))
            if -0x80000000 <= obj <= 0x7fffffff:
                return self.write(BININT + pack('<i', obj))
        if self.proto >= 2:
            data = encode_long(obj)
            size = len(data)
            return self.write((LONG1 + pack('<B', size) if size < 256 else LONG4 + pack('<i', size)) + data)
        if -0x80000000 <= obj <= 0x7fffffff:
            return self.write(INT + repr(obj).encode('ascii') + b'\n')
        self.write(LONG + repr(obj).encode('ascii') + b'L\n')
    dispatch[int] = save_long

    def save_float(self, obj):
        self.write(BINFLOAT + pack('>d', obj) if self.bin else FLOAT + repr(obj).encode('ascii') + b'\n')
    dispatch[float] = save_float

    def save_bytes(self, obj):
        if self.proto < 3:
            import codecs
            if not obj:
                return self.save_reduce(bytes, (), obj=obj)
            return self.save_reduce(codecs.encode, (str(obj, 'latin1'), 'latin1'), obj=obj)
        self._save_octets(obj, SHORT_BINBYTES, BINBYTES, BINBYTES8)
        self.memoize(obj)
    dispatch[bytes] = save_bytes

    def _save_octets(self, data, short, medium, long):
        size = len(data)
        if short is not None and size <= 0xff:
            self.write(short + pack('<B', size) + data)
        elif medium is not None and size <= 0xffffffff:
            header = medium + pack('<I', size)
            if size >= _FRAME_TARGET:
                self.framer.write_large(header, data)
            else:
                self.write(header + data)
        elif size >= _FRAME_TARGET:
            self.framer.write_large(long + pack('<Q', size), data)
        else:
            self.write(long + pack('<Q', size) + data)

    def save_bytearray(self, obj):
        if self.proto < 5:
            return self.save_reduce(bytearray, (bytes(obj),) if obj else (), obj=obj)
        self._save_octets(bytes(obj), None, None, BYTEARRAY8)
        self.memoize(obj)
    dispatch[bytearray] = save_bytearray

    def save_picklebuffer(self, obj):
        if self.proto < 5:
            raise PicklingError('PickleBuffer can only be pickled with protocol >= 5')
        with obj.raw() as view:
            if not view.contiguous:
                raise PicklingError('PickleBuffer can not be pickled when pointing to a non-contiguous buffer')
            inside = self._buffer_callback is None or bool(self._buffer_callback(obj))
            if not inside:
                self.write(NEXT_BUFFER + READONLY_BUFFER if view.readonly else NEXT_BUFFER)
            elif view.readonly:
                self.save_bytes(view.tobytes())
            else:
                self._save_octets(view.tobytes(), None, None, BYTEARRAY8)
                self.memoize(obj)
    dispatch[PickleBuffer] = save_picklebuffer

    def save_str(self, obj):
        if self.bin:
            data = obj.encode('utf-8', 'surrogatepass')
            size = len(data)
            if size <= 0xff and self.proto >= 4:
                self.write(SHORT_BINUNICODE + pack('<B', size) + data)
            else:
                self._save_octets(data, None, BINUNICODE, BINUNICODE8)
        else:
            text = obj
            for character, escape in (('\\', '\\u005c'), ('\0', '\\u0000'), ('\n', '\\u000a'),
                                      ('\r', '\\u000d'), ('\x1a', '\\u001a')):
                text = text.replace(character, escape)
            self.write(UNICODE + text.encode('raw-unicode-escape') + b'\n')
        self.memoize(obj)
    dispatch[str] = save_str

    def save_tuple(self, obj):
        if not obj:
            return self.write(EMPTY_TUPLE if self.bin else MARK + TUPLE)
        size = len(obj)
        memo = self._memo
        small = size <= 3 and self.proto >= 2
        if not small:
            self.write(MARK)
        for element in obj:
            self.save(element)
        known = memo.get(id(obj))
        if known is not None:
            # One of the items led back to the tuple, which is there already.
            get = self.get(known[0])
            if small:
                self.write(POP * size + get)
            else:
                self.write((POP_MARK if self.bin else POP * (size + 1)) + get)
            return
        self.write((TUPLE1, TUPLE2, TUPLE3)[size - 1] if small else TUPLE)
        self.memoize(obj)
    dispatch[tuple] = save_tuple

    def save_list(self, obj):
        self.write(EMPTY_LIST if self.bin else MARK + LIST)
        self.memoize(obj)
        self._batch_appends(obj)
    dispatch[list] = save_list

    def _batch_appends(self, items):
        save, write = self.save, self.write
        if not self.bin:
            for item in items:
                save(item)
                write(APPEND)
            return
        iterator = iter(items)
        while True:
            batch = []
            for item in iterator:
                batch.append(item)
                if len(batch) == _BATCH:
                    break
            if len(batch) == 1:
                save(batch[0])
                write(APPEND)
            elif batch:
                write(MARK)
                for item in batch:
                    save(item)
                write(APPENDS)
            if len(batch) < _BATCH:
                return

    def save_dict(self, obj):
        self.write(EMPTY_DICT if self.bin else MARK + DICT)
        self.memoize(obj)
        self._batch_setitems(obj.items())
    dispatch[dict] = save_dict

    def _batch_setitems(self, items):
        save, write = self.save, self.write
        if not self.bin:
            for key, value in items:
                save(key)
                save(value)
                write(SETITEM)
            return
        iterator = iter(items)
        while True:
            batch = []
            for item in iterator:
                batch.append(item)
                if len(batch) == _BATCH:
                    break
            if len(batch) == 1:
                key, value = batch[0]
                save(key)
                save(value)
                write(SETITEM)
            elif batch:
                write(MARK)
                for key, value in batch:
                    save(key)
                    save(value)
                write(SETITEMS)
            if len(batch) < _BATCH:
                return

    def save_set(self, obj):
        if self.proto < 4:
            return self.save_reduce(set, (list(obj),), obj=obj)
        self.write(EMPTY_SET)
        self.memoize(obj)
        items = list(obj)
        for start in range(0, len(items), _BATCH):
            self.write(MARK)
            for item in items[start:start + _BATCH]:
                self.save(item)
            self.write(ADDITEMS)
    dispatch[set] = save_set

    def save_frozenset(self, obj):
        if self.proto < 4:
            return self.save_reduce(frozenset, (list(obj),), obj=obj)
        self.write(MARK)
        for item in obj:
            self.save(item)
        known = self._memo.get(id(obj))
        if known is not None:
            return self.write(POP_MARK + self.get(known[0]))
        self.write(FROZENSET)
        self.memoize(obj)
    dispatch[frozenset] = save_frozenset

    # --- by name ---

    def save_global(self, obj, name=None):
        if name is None:
            name = getattr(obj, '__qualname__', None)
            if name is None:
                name = obj.__name__
        module_name = whichmodule(obj, name)
        try:
            __import__(module_name, level=0)
            found, parent = find_nested(sys.modules[module_name], name)
        except (ImportError, KeyError, AttributeError):
            raise PicklingError(f"Can't pickle {obj!r}: attribute lookup {name} on {module_name} failed") from None
        if found is not obj:
            raise PicklingError(f"Can't pickle {obj!r}: it's not the same object as {module_name}.{name}")
        if self.proto >= 2:
            code = _extension_registry.get((module_name, name))
            if code:
                if code <= 0xff:
                    return self.write(EXT1 + pack('<B', code))
                return self.write(EXT2 + pack('<H', code) if code <= 0xffff else EXT4 + pack('<i', code))
        last = name.rpartition('.')[2]
        if parent is sys.modules[module_name]:
            last = name
        if self.proto >= 4:
            self.save(module_name)
            self.save(name)
            self.write(STACK_GLOBAL)
        elif '.' in name:
            self.save_reduce(getattr, (parent, last))
        else:
            self._write_global(module_name, name)
        self.memoize(obj)

    def _write_global(self, module_name, name):
        if self.fix_imports:
            if (module_name, name) in OLD_NAMES:
                module_name, name = OLD_NAMES[module_name, name]
            else:
                module_name = OLD_MODULES.get(module_name, module_name)
        encoding = 'utf-8' if self.proto == 3 else 'ascii'
        try:
            self.write(GLOBAL + bytes(module_name, encoding) + b'\n' + bytes(name, encoding) + b'\n')
        except UnicodeEncodeError:
            raise PicklingError("can't pickle global identifier '%s.%s' using pickle protocol %i"
                                % (module_name, name, self.proto)) from None

    def save_type(self, obj):
        for special in (None, NotImplemented, ...):
            if obj is type(special):
                return self.save_reduce(type, (special,), obj=obj)
        return self.save_global(obj)
    dispatch[FunctionType] = save_global
    dispatch[type] = save_type


_ATOMS = frozenset((type(None), bool, int, float, bytes, str, bytearray, tuple, list, dict, set, frozenset))


def whichmodule(obj, name):
    """The name of the module that a pickle says an object is in."""
    module_name = getattr(obj, '__module__', None)
    if module_name is not None:
        return module_name
    # Somebody may have it under that name.
    for module_name, module in sys.modules.copy().items():
        if module_name in ('__main__', '__mp_main__') or module is None:
            continue
        try:
            if find_nested(module, name)[0] is obj:
                return module_name
        except AttributeError:
            pass
    return '__main__'


Pickler.__module__ = '_pickle'


def dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None):
    """Writes the object to a binary file."""
    Pickler(file, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback).dump(obj)


def dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    """The object as bytes."""
    file = _BytesIO()
    Pickler(file, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback).dump(obj)
    return file.getvalue()
