"""Managers: a server process holds objects, others use them through proxies.

A proxy keeps one connection for each thread that uses it; a call is a message (object, method, arguments) and an answer
(kind, value). The server counts how many proxies each object has and forgets it with the last of them. Other calls, of the
server itself, have a connection each.
"""
import signal
import sys
import threading
import time
import traceback
import types
from contextlib import closing, suppress
from . import connection, context, get_context, process, util
from .context import AuthenticationError, ProcessError
from .process import AuthenticationString
from .shared_memory import ShareableList, SharedMemory

__all__ = ['BaseManager', 'SyncManager', 'BaseProxy', 'Token', 'SharedMemoryManager']


class Token:
    """What names an object of a manager: its type, the server's address, its number."""

    __slots__ = ('typeid', 'address', 'id')

    def __init__(self, typeid, address, id):
        self.__setstate__((typeid, address, id))

    def __getstate__(self):
        return tuple(getattr(self, name) for name in self.__slots__)

    def __setstate__(self, state):
        for name, value in zip(self.__slots__, state):
            setattr(self, name, value)

    def __repr__(self):
        return f'{type(self).__name__}(typeid={self.typeid!r}, address={self.address!r}, id={self.id!r})'


# Views of a dict travel as lists.
for _view in ({}.keys(), {}.values(), {}.items()):
    context.reduction.register(type(_view), lambda view: (list, ([*view],)))


# How objects travel, by the name of a serializer.
listener_client = {'pickle': (connection.Listener, connection.Client),
                   'xmlrpclib': (connection.XmlListener, connection.XmlClient)}


# --- messages ---

class RemoteError(Exception):
    """Something went wrong in the server that is no exception of the object itself."""

    def __str__(self):
        rule = '-' * 75
        return f'\n{rule}\n{self.args[0]}{rule}'


def convert_to_error(kind, result):
    """What an answer means that is no result."""
    match kind:
        case '#ERROR':
            return result
        case '#TRACEBACK':
            return RemoteError(result)
        case '#UNSERIALIZABLE':
            return RemoteError(f'Unserializable message: {result}\n')
    return ValueError(f'Unrecognized message type {kind!r}')


def _result_of(kind, result):
    """The result that an answer brings, or the exception."""
    if kind != '#RETURN':
        raise convert_to_error(kind, result)
    return result


def dispatch(conn, ident, methodname, args=(), kwds={}):
    """Make a call over a connection; its result."""
    conn.send((ident, methodname, args, kwds))
    return _result_of(*conn.recv())


def _ask(serializer, address, authkey, name, args=(), kwds={}):
    """Make a call of the server, over a connection of its own."""
    connect = listener_client[serializer][1]
    with connect(address, authkey=authkey) as conn:
        return dispatch(conn, None, name, args, kwds)


def all_methods(obj):
    """The names of what can be called on an object."""
    return [*filter(lambda name: callable(getattr(obj, name)), dir(obj))]


def public_methods(obj):
    """all_methods() without those that begin with an underscore."""
    return [name for name in all_methods(obj) if not name.startswith('_')]


# --- the server ---

class Server:
    """The objects and the threads that serve them, one for each connection."""

    public = ['shutdown', 'create', 'accept_connection', 'get_methods', 'debug_info', 'number_of_objects', 'dummy',
              'incref', 'decref']

    def __init__(self, registry, address, authkey, serializer):
        if not isinstance(authkey, bytes):
            raise TypeError(f'Authkey {authkey!r} is type {type(authkey)}, not bytes')
        self.registry, self.authkey = registry, AuthenticationString(authkey)
        listen = listener_client[serializer][0]
        self.listener = listen(address=address, backlog=16)
        self.address = self.listener.address
        self.mutex = threading.Lock()
        # number: (object, names that may be called, types of what some of them return)
        self.id_to_obj = {'0': (None, ())}
        self.id_to_refcount = {}
        # Objects that other objects of this server refer to: such proxies count for ever.
        self.id_to_local_proxy_obj = {}

    def serve_forever(self):
        """Serve until shutdown() is called."""
        self.stop_event = threading.Event()
        process.current_process()._manager_server = self
        threading.Thread(target=self.accepter, daemon=True).start()
        try:
            # Without a limit Ctrl-C might not be seen.
            while not self.stop_event.wait(1):
                pass
        except (SystemExit, KeyboardInterrupt):
            pass
        finally:
            if sys.stdout is not sys.__stdout__:
                sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
            sys.exit(0)

    def accepter(self):
        while True:
            with suppress(OSError, AuthenticationError, EOFError):
                conn = self.listener.accept()
                threading.Thread(target=self.handle_request, args=(conn,), daemon=True).start()

    def handle_request(self, conn):
        """The first message of a connection: a call of the server itself."""
        with closing(conn):
            try:
                message = '#RETURN', self._call_of_server(conn)
            except SystemExit:
                return
            except Exception:
                message = '#TRACEBACK', traceback.format_exc()
            try:
                conn.send(message)
            except Exception as problem:
                with suppress(Exception):
                    conn.send(('#TRACEBACK', traceback.format_exc()))
                util.info('Failure to send message: %r (%r)', message, problem)

    def _call_of_server(self, conn):
        for step in (connection.deliver_challenge, connection.answer_challenge):
            step(conn, self.authkey)
        _, name, args, kwds = conn.recv()
        assert name in self.public, f'{name!r} unrecognized'
        return getattr(self, name)(conn, *args, **kwds)

    def serve_client(self, conn):
        """Make the calls that come over a connection."""
        while not self.stop_event.is_set():
            try:
                request = conn.recv()
            except EOFError:
                sys.exit(0)
            answer = self._answer(conn, *request)
            try:
                try:
                    conn.send(answer)
                except Exception:
                    conn.send(('#UNSERIALIZABLE', traceback.format_exc()))
            except Exception:
                conn.close()
                sys.exit(1)

    def _find(self, ident):
        known = self.id_to_obj.get(ident) or self.id_to_local_proxy_obj.get(ident)
        if known is None:
            raise KeyError(ident)
        return known

    # What a proxy may ask of every object.
    _for_all = {'__str__': str, '__repr__': repr, '#GETVALUE': lambda obj: obj}

    def _answer(self, conn, ident, name, args, kwds):
        """Makes a call of an object: (kind, value)."""
        try:
            obj, exposed, to_typeid = self._find(ident)
            if name not in exposed:
                if name in self._for_all:
                    return '#RETURN', self._for_all[name](obj)
                raise AttributeError(f'method {name!r} of {type(obj)!r} object is not in exposed={exposed!r}')
            function = getattr(obj, name)
        except Exception:
            return '#TRACEBACK', traceback.format_exc()
        try:
            result = function(*args, **kwds)
        except Exception as problem:
            return '#ERROR', problem
        typeid = (to_typeid or {}).get(name)
        if not typeid:
            return '#RETURN', result
        made, shown = self.create(conn, typeid, result)
        return '#PROXY', (shown, Token(typeid, self.address, made))

    # What the other side may call of the server.

    def dummy(self, conn):
        """Nothing: to see whether there is a server."""

    def shutdown(self, conn):
        """End the server."""
        try:
            # Nobody would send an answer afterwards.
            conn.send(('#RETURN', None))
        finally:
            self.stop_event.set()

    def number_of_objects(self, conn):
        """How many objects there are."""
        return len(self.id_to_refcount)

    def debug_info(self, conn):
        """The objects as text."""
        with self.mutex:
            counts = sorted(item for item in self.id_to_refcount.items() if item[0] != '0')
            texts = [str(self.id_to_obj[ident][0])[:75] for ident, _ in counts]
        return '\n'.join(f'  {ident}:       refcount={count}\n    {text}' for (ident, count), text in zip(counts, texts))

    def accept_connection(self, conn, name):
        """From now on the connection is for calls of objects."""
        threading.current_thread().name = name
        conn.send(('#RETURN', None))
        self.serve_client(conn)

    def create(self, conn, typeid, /, *args, **kwds):
        """Make an object; its number and what of it may be called."""
        with self.mutex:
            make, exposed, to_typeid, _ = self.registry[typeid]
            if make is not None:
                obj = make(*args, **kwds)
            elif kwds or len(args) != 1:
                raise ValueError('Without callable, must have one non-keyword argument')
            else:
                # The result of a call.
                obj = args[0]
            names = [*(public_methods(obj) if exposed is None else exposed), *(to_typeid or ())]
            ident = format(id(obj), 'x')
            self.id_to_obj[ident] = obj, {*names}, to_typeid
            self.id_to_refcount.setdefault(ident, 0)
        self.incref(conn, ident)
        return ident, (*names,)

    def get_methods(self, conn, token):
        """What may be called on an object."""
        return (*self._find(token.id)[1],)

    def incref(self, conn, ident):
        with self.mutex:
            if ident not in self.id_to_refcount and ident in self.id_to_local_proxy_obj:
                # Only other objects knew it; now somebody outside does again.
                self.id_to_obj[ident] = self.id_to_local_proxy_obj[ident]
                self.id_to_refcount[ident] = 0
            self.id_to_refcount[ident] += 1

    def decref(self, conn, ident):
        if ident not in self.id_to_refcount and ident in self.id_to_local_proxy_obj:
            return
        with self.mutex:
            self.id_to_refcount[ident] -= 1
            if self.id_to_refcount[ident]:
                return
            del self.id_to_refcount[ident]
            gone = self.id_to_obj.pop(ident)
        # What its end runs, runs without the lock.
        del gone


# --- managers ---

class State:
    """How far a manager has come."""

    __slots__ = ['value']
    INITIAL, STARTED, SHUTDOWN = range(3)


class BaseManager:
    """A server process and the types of objects that it can hold."""

    _Server, _registry = Server, {}

    def __init__(self, address=None, authkey=None, serializer='pickle', ctx=None, *, shutdown_timeout=1.0):
        self._state = State()
        self._state.value = State.INITIAL
        self._address, self._serializer = address, serializer
        self._authkey = AuthenticationString(process.current_process().authkey if authkey is None else authkey)
        self._ctx, self._shutdown_timeout = ctx or get_context(), shutdown_timeout

    address = property(lambda self: self._address)

    @classmethod
    def register(cls, typeid, callable=None, proxytype=None, exposed=None, method_to_typeid=None, create_method=True):
        """Add a type of objects."""
        if '_registry' not in vars(cls):
            # What a subclass adds its base does not get.
            cls._registry = {**cls._registry}
        kind = AutoProxy if proxytype is None else proxytype
        cls._registry[typeid] = (callable, exposed or getattr(kind, '_exposed_', None),
                                 method_to_typeid or getattr(kind, '_method_to_typeid_', None), kind)
        if create_method:
            def make(self, /, *args, **kwds):
                token, shown = self._create(typeid, *args, **kwds)
                return _first_proxy(kind, token, shown, self, self._authkey, self._serializer)
            make.__name__ = typeid
            setattr(cls, typeid, make)

    # Beginning and end.

    def _check_initial(self):
        state = self._state.value
        if state != State.INITIAL:
            raise ProcessError({State.STARTED: 'Already started server', State.SHUTDOWN: 'Manager has shut down'}.get(
                state, f'Unknown state {state!r}'))

    def get_server(self):
        """A server to run in this process."""
        self._check_initial()
        return self._Server(self._registry, self._address, self._authkey, self._serializer)

    def connect(self):
        """Use a server that runs already."""
        _ask(self._serializer, self._address, self._authkey, 'dummy')
        self._state.value = State.STARTED

    def start(self, initializer=None, initargs=()):
        """Start the server process."""
        self._check_initial()
        if initializer is not None and not callable(initializer):
            raise TypeError('initializer must be a callable')
        told, tell = connection.Pipe(duplex=False)
        self._process = self._ctx.Process(
            target=type(self)._run_server,
            args=(self._registry, self._address, bytes(self._authkey), self._serializer, tell, initializer, initargs))
        self._process.name = f"{type(self).__name__}-{':'.join(map(str, self._process._identity))}"
        self._process.start()
        tell.close()
        with told:
            self._address = told.recv()
        self._state.value = State.STARTED
        end = self._process, self._serializer, self._address, self._authkey, self._state, self._shutdown_timeout
        self.shutdown = util.Finalize(self, type(self)._finalize_manager, end, exitpriority=0)

    @classmethod
    def _run_server(cls, registry, address, authkey, serializer, writer, initializer=None, initargs=()):
        # Ctrl-C is for the program.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if initializer is not None:
            initializer(*initargs)
        server = cls._Server(registry, address, authkey, serializer)
        with writer:
            writer.send(server.address)
        server.serve_forever()

    @staticmethod
    def _finalize_manager(server, serializer, address, authkey, state, shutdown_timeout):
        if server.is_alive():
            with suppress(Exception):
                _ask(serializer, address, authkey, 'shutdown')
            server.join(shutdown_timeout)
        # It is told, then asked, then made.
        if server.is_alive():
            server.terminate()
            server.join(shutdown_timeout)
        if server.is_alive():
            server.kill()
            server.join()
        state.value = State.SHUTDOWN
        BaseProxy._address_to_local.pop(address, None)

    def join(self, timeout=None):
        """Wait for the server process to end."""
        server = self._process
        if server is not None:
            server.join(timeout)
            if not server.is_alive():
                self._process = None

    def __enter__(self):
        if self._state.value == State.INITIAL:
            self.start()
        if self._state.value != State.STARTED:
            raise ProcessError('Manager has shut down' if self._state.value == State.SHUTDOWN else
                               'Unable to start server')
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.shutdown()

    # Calls of the server.

    def _create(self, typeid, /, *args, **kwds):
        assert self._state.value == State.STARTED, 'server not yet started'
        ident, exposed = _ask(self._serializer, self._address, self._authkey, 'create', (typeid, *args), kwds)
        return Token(typeid, self._address, ident), exposed

    def _debug_info(self):
        return _ask(self._serializer, self._address, self._authkey, 'debug_info')

    def _number_of_objects(self):
        return _ask(self._serializer, self._address, self._authkey, 'number_of_objects')


# --- proxies ---

class ProcessLocalSet(set):
    """The objects that this process has proxies of; empty in the child of a fork."""

    def __init__(self):
        util.register_after_fork(self, set.clear)

    def __reduce__(self):
        return type(self), ()


def _authkey_for(authkey, manager):
    """The key that was given, that of the manager, or that of the process."""
    if authkey is None:
        authkey = process.current_process().authkey if manager is None else manager._authkey
    return authkey


def _first_proxy(kind, token, exposed, manager, authkey, serializer):
    """The first proxy of an object. The server has counted one for the time until there was a proxy."""
    proxy = kind(token, serializer, manager=manager, authkey=authkey, exposed=exposed)
    _ask(serializer, token.address, authkey, 'decref', (token.id,))
    return proxy


class BaseProxy:
    """Stands for an object of a manager."""

    # address: (what each thread has, numbers of the objects that there are proxies of)
    _address_to_local = {}
    _mutex = util.ForkAwareThreadLock()

    def __init__(self, token, serializer, manager=None, authkey=None, exposed=None, incref=True, manager_owned=False):
        with BaseProxy._mutex:
            known = BaseProxy._address_to_local
            if token.address not in known:
                known[token.address] = util.ForkAwareLocal(), ProcessLocalSet()
            self._tls, self._idset = known[token.address]
        self._token, self._id, self._manager = token, token.id, manager
        self._serializer, self._owned_by_manager = serializer, manager_owned
        self._authkey = AuthenticationString(_authkey_for(authkey, manager))
        if incref:
            self._incref()
        util.register_after_fork(self, BaseProxy._after_fork)

    def _connection(self):
        """The connection of this thread."""
        if not hasattr(self._tls, 'connection'):
            names = [process.current_process().name]
            if threading.current_thread().name != 'MainThread':
                names.append(threading.current_thread().name)
            connect = listener_client[self._serializer][1]
            conn = connect(self._token.address, authkey=self._authkey)
            dispatch(conn, None, 'accept_connection', ('|'.join(names),))
            self._tls.connection = conn
        return self._tls.connection

    def _callmethod(self, methodname, args=(), kwds={}):
        """Make a call of the object; its result, perhaps a proxy again."""
        conn = self._connection()
        conn.send((self._id, methodname, args, kwds))
        kind, result = conn.recv()
        if kind != '#PROXY':
            return _result_of(kind, result)
        exposed, token = result
        token.address = self._token.address
        kind = self._manager._registry[token.typeid][-1]
        return _first_proxy(kind, token, exposed, self._manager, self._authkey, self._serializer)

    def _getvalue(self):
        """A copy of the object."""
        return self._callmethod('#GETVALUE')

    def _incref(self):
        if self._owned_by_manager:
            return
        _ask(self._serializer, self._token.address, self._authkey, 'incref', (self._id,))
        self._idset.add(self._id)
        state = self._manager and self._manager._state
        end = self._serializer, self._token, self._authkey, state, self._tls, self._idset
        self._close = util.Finalize(self, BaseProxy._decref, end, exitpriority=10)

    @staticmethod
    def _decref(serializer, token, authkey, state, tls, idset):
        idset.discard(token.id)
        if state is None or state.value == State.STARTED:
            try:
                _ask(serializer, token.address, authkey, 'decref', (token.id,))
            except Exception as problem:
                util.debug('... decref failed %s', problem)
        if not idset and hasattr(tls, 'connection'):
            # This was the last proxy.
            vars(tls).pop('connection').close()

    def _after_fork(self):
        self._manager = None
        try:
            self._incref()
        except Exception as problem:
            util.info(f'incref failed: {problem}')

    def __reduce__(self):
        kind, options = type(self), {}
        if context.get_spawning_popen() is not None:
            options['authkey'] = self._authkey
        if getattr(self, '_isauto', False):
            kind, options['exposed'] = AutoProxy, self._exposed_
        return RebuildProxy, (kind, self._token, self._serializer, options)

    def __deepcopy__(self, memo):
        return self._getvalue()

    def __repr__(self):
        return f'<{type(self).__name__} object, typeid {self._token.typeid!r} at {id(self):#x}>'

    def __str__(self):
        try:
            return self._callmethod('__repr__')
        except Exception:
            return f"{repr(self)[:-1]}; '__str__()' failed>"


def RebuildProxy(func, token, serializer, kwds):
    """A proxy that comes to another process, or to the server itself, where it keeps the object alive."""
    here = process.current_process()
    server = getattr(here, '_manager_server', None)
    if server and server.address == token.address:
        kwds['manager_owned'] = True
        if token.id not in server.id_to_local_proxy_obj:
            server.id_to_local_proxy_obj[token.id] = server.id_to_obj[token.id]
    # A child that is being made gets the counts that its parent has.
    incref = kwds.pop('incref', True) and not getattr(here, '_inheriting', False)
    return func(token, serializer, incref=incref, **kwds)


def _method_of(name):
    """A method of a proxy: the call of that name."""
    def call(self, /, *args, **kwds):
        return self._callmethod(name, args, kwds)
    call.__name__ = name
    return call


_proxy_types = {}


def MakeProxyType(name, exposed):
    """A proxy class whose methods are the names given."""
    key = name, (*exposed,)
    if key not in _proxy_types:
        _proxy_types[key] = type(name, (BaseProxy,), {'_exposed_': key[1], **{one: _method_of(one) for one in exposed}})
    return _proxy_types[key]


def AutoProxy(token, serializer, manager=None, authkey=None, exposed=None, incref=True, manager_owned=False):
    """A proxy with every public method of the object."""
    if exposed is None:
        exposed = _ask(serializer, token.address, authkey, 'get_methods', (token,))
    kind = MakeProxyType(f'AutoProxy[{token.typeid}]', exposed)
    made = kind(token, serializer, manager=manager, authkey=_authkey_for(authkey, manager), incref=incref,
                manager_owned=manager_owned)
    made._isauto = True
    return made


# --- the types that SyncManager knows ---

class Namespace:
    """An object that takes any attribute."""

    def __init__(self, /, **kwds):
        vars(self).update(kwds)

    def __repr__(self):
        shown = sorted(f'{name}={value!r}' for name, value in vars(self).items() if not name.startswith('_'))
        return f"{type(self).__name__}({', '.join(shown)})"


class Value:
    """An object with a value."""

    def __init__(self, typecode, value, lock=True):
        self._typecode, self._value = typecode, value

    def get(self):
        return self._value

    def set(self, value):
        self._value = value

    value = property(get, set)

    def __repr__(self):
        return f'{type(self).__name__}({self._typecode!r}, {self._value!r})'


def Array(typecode, sequence, lock=True):
    """An array of the items."""
    from array import array
    return array(typecode, sequence)


class _Waiting(BaseProxy):
    """An object with a method wait()."""

    def wait(self, timeout=None):
        return self._callmethod('wait', (timeout,))


class IteratorProxy(BaseProxy):
    _exposed_ = ('__next__', 'send', 'throw', 'close')
    __next__, send, throw, close = map(_method_of, _exposed_)

    def __iter__(self):
        return self


class AcquirerProxy(BaseProxy):
    _exposed_ = ('acquire', 'release')
    release = _method_of('release')

    def acquire(self, blocking=True, timeout=None):
        # Not every lock knows a timeout.
        return self._callmethod('acquire', (blocking, *(() if timeout is None else (timeout,))))

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc_info):
        return self.release()


class ConditionProxy(AcquirerProxy, _Waiting):
    _exposed_ = (*AcquirerProxy._exposed_, 'wait', 'notify', 'notify_all')
    notify_all = _method_of('notify_all')

    def notify(self, n=1):
        return self._callmethod('notify', (n,))

    def wait_for(self, predicate, timeout=None):
        # The predicate cannot be sent: it is asked here.
        limit = None if timeout is None else time.monotonic() + timeout
        while not (result := predicate()):
            rest = None if limit is None else limit - time.monotonic()
            if rest is not None and rest <= 0:
                break
            self.wait(rest)
        return result


class EventProxy(_Waiting):
    _exposed_ = ('is_set', 'set', 'clear', 'wait')
    is_set, set, clear = map(_method_of, _exposed_[:3])


def _attribute_of(name):
    return property(lambda self: self._callmethod('__getattribute__', (name,)))


class BarrierProxy(_Waiting):
    _exposed_ = ('__getattribute__', 'wait', 'abort', 'reset')
    abort, reset = map(_method_of, _exposed_[2:])
    parties, n_waiting, broken = map(_attribute_of, ('parties', 'n_waiting', 'broken'))


def _of_object(name):
    """An operation on attributes: those with an underscore are the proxy's, the others the object's."""
    def operate(self, key, *value):
        if key.startswith('_'):
            return getattr(object, name)(self, key, *value)
        return object.__getattribute__(self, '_callmethod')(name, (key, *value))
    return operate


class NamespaceProxy(BaseProxy):
    _exposed_ = ('__getattribute__', '__setattr__', '__delattr__')
    __getattr__, __setattr__, __delattr__ = map(_of_object, _exposed_)


class ValueProxy(BaseProxy):
    _exposed_ = ('get', 'set')
    get, set = map(_method_of, _exposed_)
    value = property(lambda self: self.get(), lambda self, value: self.set(value))
    __class_getitem__ = classmethod(types.GenericAlias)


ArrayProxy = MakeProxyType('ArrayProxy', ('__len__', '__getitem__', '__setitem__'))

DictProxy = MakeProxyType('DictProxy', (
    *ArrayProxy._exposed_, '__contains__', '__delitem__', '__iter__', 'clear', 'copy', 'get', 'items', 'keys', 'pop',
    'popitem', 'setdefault', 'update', 'values'))
DictProxy._method_to_typeid_ = {'__iter__': 'Iterator'}

BaseListProxy = MakeProxyType('BaseListProxy', (
    *ArrayProxy._exposed_, '__add__', '__mul__', '__rmul__', '__imul__', '__contains__', '__delitem__', '__reversed__',
    'append', 'count', 'extend', 'index', 'insert', 'pop', 'remove', 'reverse', 'sort'))


class ListProxy(BaseListProxy):
    # The proxy stays what the name stands for.
    def __iadd__(self, value):
        self.extend(value)
        return self

    def __imul__(self, value):
        super().__imul__(value)
        return self


_LATER = ('apply_async', 'map_async', 'starmap_async')
_ITERATORS = ('imap', 'imap_unordered')
BasePoolProxy = MakeProxyType('PoolProxy', (*_LATER, *_ITERATORS, 'apply', 'map', 'starmap', 'close', 'terminate', 'join'))
BasePoolProxy._method_to_typeid_ = dict.fromkeys(_LATER, 'AsyncResult') | dict.fromkeys(_ITERATORS, 'Iterator')


class PoolProxy(BasePoolProxy):
    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.terminate()


def _make_pool(*args, **kwds):
    from .pool import Pool
    return Pool(*args, **kwds)


class SyncManager(BaseManager):
    """A manager of the usual types: lists, dicts, locks, queues and more."""


def _register_types():
    from queue import Queue
    kinds = {
        'Queue': (Queue, None), 'JoinableQueue': (Queue, None), 'Pool': (_make_pool, PoolProxy),
        'list': (list, ListProxy), 'dict': (dict, DictProxy),
        'Array': (Array, ArrayProxy), 'Value': (Value, ValueProxy), 'Namespace': (Namespace, NamespaceProxy),
        'Event': (threading.Event, EventProxy), 'Barrier': (threading.Barrier, BarrierProxy),
        'Condition': (threading.Condition, ConditionProxy),
        **{name: (getattr(threading, name), AcquirerProxy) for name in ('Lock', 'RLock', 'Semaphore', 'BoundedSemaphore')},
    }
    for typeid, (make, proxy) in kinds.items():
        SyncManager.register(typeid, make, proxy)
    # Only as results of calls.
    SyncManager.register('Iterator', proxytype=IteratorProxy, create_method=False)
    SyncManager.register('AsyncResult', create_method=False)


_register_types()


class SharedMemoryServer(Server):
    """A server that knows names of shared memory, and removes them when it ends."""

    public = [*Server.public, 'track_segment', 'release_segment', 'list_segments']

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._segments = {}

    def track_segment(self, conn, segment_name):
        """Know one more."""
        self._segments[segment_name] = None

    def release_segment(self, conn, segment_name):
        """Remove one."""
        self._segments.pop(segment_name, None)
        with suppress(FileNotFoundError):
            segment = SharedMemory(segment_name)
            segment.close()
            segment.unlink()

    def list_segments(self, conn):
        """Those it knows."""
        return [*self._segments]

    def shutdown(self, conn):
        """Remove all, then end: who has the answer finds none of them any more."""
        for name in [*self._segments]:
            self.release_segment(conn, name)
        super().shutdown(conn)


class SharedMemoryManager(BaseManager):
    """A manager that removes the shared memory made through it when it ends."""

    _Server = SharedMemoryServer

    def __init__(self, *args, **kwargs):
        # The server is to share the tracker of this process.
        from . import resource_tracker
        resource_tracker.ensure_running()
        super().__init__(*args, **kwargs)

    def _tracked(self, segment, made):
        try:
            _ask(self._serializer, self._address, self._authkey, 'track_segment', (segment.name,))
        except BaseException:
            segment.unlink()
            raise
        return made

    def SharedMemory(self, size):
        """A block of shared memory."""
        segment = SharedMemory(None, create=True, size=size)
        return self._tracked(segment, segment)

    def ShareableList(self, sequence):
        """A list in shared memory."""
        made = ShareableList(sequence)
        return self._tracked(made.shm, made)
