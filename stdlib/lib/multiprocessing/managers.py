"""Managers: a server process holds objects, others use them through proxies.

A proxy keeps one connection for each thread that uses it; a call is a message (object, method, arguments) and an answer
(kind, value). The server counts how many proxies each object has and forgets it with the last of them.
"""
import os
import signal
import sys
import threading
import time
import traceback
import types
from . import connection, context, get_context, process, util
from .context import AuthenticationError, ProcessError
from .process import AuthenticationString

__all__ = ['BaseManager', 'SyncManager', 'BaseProxy', 'Token', 'SharedMemoryManager']


class Token:
    """What names an object of a manager: its type, the server's address, its number."""

    __slots__ = ('typeid', 'address', 'id')

    def __init__(self, typeid, address, id):
        self.typeid, self.address, self.id = typeid, address, id

    def __getstate__(self):
        return self.typeid, self.address, self.id

    def __setstate__(self, state):
        self.typeid, self.address, self.id = state

    def __repr__(self):
        return '%s(typeid=%r, address=%r, id=%r)' % (type(self).__name__, self.typeid, self.address, self.id)


# Views of a dict travel as lists.
for _view in ({}.keys(), {}.values(), {}.items()):
    context.reduction.register(type(_view), lambda view: (list, (list(view),)))


class RemoteError(Exception):
    """Something went wrong in the server that is no exception of the object itself."""

    def __str__(self):
        return '\n' + '-' * 75 + '\n' + str(self.args[0]) + '-' * 75


def convert_to_error(kind, result):
    """What an answer means that is no result."""
    if kind == '#ERROR':
        return result
    if kind in ('#TRACEBACK', '#UNSERIALIZABLE'):
        if kind == '#UNSERIALIZABLE':
            return RemoteError('Unserializable message: %s\n' % result)
        return RemoteError(result)
    return ValueError('Unrecognized message type {!r}'.format(kind))


def dispatch(conn, ident, methodname, args=(), kwds={}):
    """Make a call over a connection; its result."""
    conn.send((ident, methodname, args, kwds))
    kind, result = conn.recv()
    if kind == '#RETURN':
        return result
    try:
        raise convert_to_error(kind, result)
    finally:
        del result


def all_methods(obj):
    """The names of what can be called on an object."""
    return [name for name in dir(obj) if callable(getattr(obj, name))]


def public_methods(obj):
    """all_methods() without those that begin with an underscore."""
    return [name for name in all_methods(obj) if name[0] != '_']


class Server:
    """The objects and the threads that serve them, one for each connection."""

    public = ['shutdown', 'create', 'accept_connection', 'get_methods', 'debug_info', 'number_of_objects', 'dummy',
              'incref', 'decref']

    def __init__(self, registry, address, authkey, serializer):
        if not isinstance(authkey, bytes):
            raise TypeError('Authkey {0!r} is type {1!s}, not bytes'.format(authkey, type(authkey)))
        self.registry = registry
        self.authkey = AuthenticationString(authkey)
        self.listener = connection.Listener(address=address, backlog=16)
        self.address = self.listener.address
        self.id_to_obj = {'0': (None, ())}
        self.id_to_refcount = {}
        self.mutex = threading.Lock()

    def serve_forever(self):
        """Serve until shutdown() is called."""
        self.stop_event = threading.Event()
        process.current_process()._manager_server = self
        accepter = threading.Thread(target=self.accepter, daemon=True)
        accepter.start()
        try:
            while not self.stop_event.is_set():
                self.stop_event.wait(1)
        except (KeyboardInterrupt, SystemExit):
            pass
        finally:
            if sys.stdout != sys.__stdout__:
                sys.stdout = sys.__stdout__
                sys.stderr = sys.__stderr__
            sys.exit(0)

    def accepter(self):
        while True:
            try:
                conn = self.listener.accept()
            except (OSError, AuthenticationError, EOFError):
                continue
            threading.Thread(target=self.handle_request, args=(conn,), daemon=True).start()

    def handle_request(self, conn):
        """The first message of a connection: a call of the server itself."""
        try:
            connection.deliver_challenge(conn, self.authkey)
            connection.answer_challenge(conn, self.authkey)
            ident, name, args, kwds = conn.recv()
            assert name in self.public, '%r unrecognized' % name
            function = getattr(self, name)
        except SystemExit:
            conn.close()
            return
        except Exception:
            message = ('#TRACEBACK', traceback.format_exc())
        else:
            try:
                result = function(conn, *args, **kwds)
            except Exception:
                message = ('#TRACEBACK', traceback.format_exc())
            else:
                message = ('#RETURN', result)
        try:
            conn.send(message)
        except Exception as problem:
            try:
                conn.send(('#TRACEBACK', traceback.format_exc()))
            except Exception:
                pass
            util.info('Failure to send message: %r (%r)', message, problem)
        conn.close()

    def serve_client(self, conn):
        """Make the calls that come over a connection."""
        while not self.stop_event.is_set():
            try:
                request = conn.recv()
            except EOFError:
                sys.exit(0)
            message = self._answer(conn, *request)
            try:
                try:
                    conn.send(message)
                except Exception:
                    conn.send(('#UNSERIALIZABLE', traceback.format_exc()))
            except Exception:
                conn.close()
                sys.exit(1)

    def _answer(self, conn, ident, methodname, args, kwds):
        try:
            obj, exposed = self.id_to_obj[ident][:2]
            to_typeid = self.id_to_obj[ident][2]
            if methodname not in exposed:
                raise AttributeError('method %r of %r object is not in exposed=%r' % (methodname, type(obj), exposed))
            function = getattr(obj, methodname)
        except AttributeError:
            if methodname == '__str__':
                return '#RETURN', str(obj)
            if methodname == '__repr__':
                return '#RETURN', repr(obj)
            if methodname == '#GETVALUE':
                return '#RETURN', obj
            return '#TRACEBACK', traceback.format_exc()
        except Exception:
            return '#TRACEBACK', traceback.format_exc()
        try:
            result = function(*args, **kwds)
        except Exception as problem:
            return '#ERROR', problem
        typeid = to_typeid and to_typeid.get(methodname)
        if typeid:
            new_ident, new_exposed = self.create(conn, typeid, result)
            return '#PROXY', (new_exposed, Token(typeid, self.address, new_ident))
        return '#RETURN', result

    # What the other side may call.

    def dummy(self, conn):
        pass

    def debug_info(self, conn):
        """The objects as text."""
        with self.mutex:
            return '\n'.join('  %s:       refcount=%s\n    %s' % (ident, count, str(self.id_to_obj[ident][0])[:75])
                             for ident, count in sorted(self.id_to_refcount.items()) if ident != '0')

    def number_of_objects(self, conn):
        """How many objects there are."""
        return len(self.id_to_refcount)

    def shutdown(self, conn):
        """End the server."""
        try:
            conn.send(('#RETURN', None))
        finally:
            self.stop_event.set()

    def create(self, conn, typeid, /, *args, **kwds):
        """Make an object; its number and what of it may be called."""
        with self.mutex:
            make, exposed, method_to_typeid, proxytype = self.registry[typeid]
            if make is None:
                if kwds or len(args) != 1:
                    raise ValueError('Without callable, must have one non-keyword argument')
                obj = args[0]
            else:
                obj = make(*args, **kwds)
            if exposed is None:
                exposed = public_methods(obj)
            if method_to_typeid is not None:
                exposed = list(exposed) + list(method_to_typeid)
            ident = '%x' % id(obj)
            self.id_to_obj[ident] = (obj, set(exposed), method_to_typeid)
            self.id_to_refcount.setdefault(ident, 0)
        self.incref(conn, ident)
        return ident, tuple(exposed)

    def get_methods(self, conn, token):
        """What may be called on an object."""
        return tuple(self.id_to_obj[token.id][1])

    def accept_connection(self, conn, name):
        """From now on the connection is for calls of objects."""
        threading.current_thread().name = name
        conn.send(('#RETURN', None))
        self.serve_client(conn)

    def incref(self, conn, ident):
        with self.mutex:
            self.id_to_refcount[ident] += 1

    def decref(self, conn, ident):
        with self.mutex:
            self.id_to_refcount[ident] -= 1
            if self.id_to_refcount[ident] > 0:
                return
            del self.id_to_refcount[ident]
            gone = self.id_to_obj.pop(ident)
        del gone  # what its end runs, runs without the lock


class State:
    __slots__ = ['value']
    INITIAL, STARTED, SHUTDOWN = 0, 1, 2


class BaseManager:
    """A server process and the types of objects that it can hold."""

    _registry = {}
    _Server = Server

    def __init__(self, address=None, authkey=None, serializer='pickle', ctx=None, *, shutdown_timeout=1.0):
        if authkey is None:
            authkey = process.current_process().authkey
        self._address = address
        self._authkey = AuthenticationString(authkey)
        self._state = State()
        self._state.value = State.INITIAL
        self._serializer = serializer
        self._ctx = ctx or get_context()
        self._shutdown_timeout = shutdown_timeout

    def get_server(self):
        """A server to run in this process."""
        self._check_initial()
        return self._Server(self._registry, self._address, self._authkey, self._serializer)

    def _check_initial(self):
        if self._state.value == State.STARTED:
            raise ProcessError('Already started server')
        if self._state.value == State.SHUTDOWN:
            raise ProcessError('Manager has shut down')
        if self._state.value != State.INITIAL:
            raise ProcessError('Unknown state {!r}'.format(self._state.value))

    def connect(self):
        """Use a server that runs already."""
        conn = connection.Client(self._address, authkey=self._authkey)
        dispatch(conn, None, 'dummy')
        self._state.value = State.STARTED

    def start(self, initializer=None, initargs=()):
        """Start the server process."""
        self._check_initial()
        if initializer is not None and not callable(initializer):
            raise TypeError('initializer must be a callable')
        reader, writer = connection.Pipe(duplex=False)
        self._process = self._ctx.Process(target=type(self)._run_server,
                                          args=(self._registry, self._address, bytes(self._authkey), self._serializer,
                                                writer, initializer, initargs))
        ident = ':'.join(str(i) for i in self._process._identity)
        self._process.name = type(self).__name__ + '-' + ident
        self._process.start()
        writer.close()
        self._address = reader.recv()
        reader.close()
        self._state.value = State.STARTED
        self.shutdown = util.Finalize(self, type(self)._finalize_manager,
                                      args=(self._process, self._address, self._authkey, self._state,
                                            self._shutdown_timeout), exitpriority=0)

    @classmethod
    def _run_server(cls, registry, address, authkey, serializer, writer, initializer=None, initargs=()):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program
        if initializer is not None:
            initializer(*initargs)
        server = cls._Server(registry, address, authkey, serializer)
        writer.send(server.address)
        writer.close()
        server.serve_forever()

    def _create(self, typeid, /, *args, **kwds):
        assert self._state.value == State.STARTED, 'server not yet started'
        conn = connection.Client(self._address, authkey=self._authkey)
        try:
            ident, exposed = dispatch(conn, None, 'create', (typeid,) + args, kwds)
        finally:
            conn.close()
        return Token(typeid, self._address, ident), exposed

    def join(self, timeout=None):
        """Wait for the server process to end."""
        if self._process is not None:
            self._process.join(timeout)
            if not self._process.is_alive():
                self._process = None

    def _debug_info(self):
        with connection.Client(self._address, authkey=self._authkey) as conn:
            return dispatch(conn, None, 'debug_info')

    def _number_of_objects(self):
        with connection.Client(self._address, authkey=self._authkey) as conn:
            return dispatch(conn, None, 'number_of_objects')

    def __enter__(self):
        if self._state.value == State.INITIAL:
            self.start()
        if self._state.value != State.STARTED:
            if self._state.value == State.SHUTDOWN:
                raise ProcessError('Manager has shut down')
            raise ProcessError('Unable to start server')
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.shutdown()

    @staticmethod
    def _finalize_manager(server, address, authkey, state, shutdown_timeout):
        if server.is_alive():
            try:
                with connection.Client(address, authkey=authkey) as conn:
                    dispatch(conn, None, 'shutdown')
            except Exception:
                pass
            server.join(timeout=shutdown_timeout)
            if server.is_alive():
                server.terminate()
                server.join(timeout=shutdown_timeout)
                if server.is_alive():
                    server.kill()
                    server.join()
        state.value = State.SHUTDOWN
        BaseProxy._address_to_local.pop(address, None)

    @property
    def address(self):
        return self._address

    @classmethod
    def register(cls, typeid, callable=None, proxytype=None, exposed=None, method_to_typeid=None, create_method=True):
        """Add a type of objects."""
        if '_registry' not in cls.__dict__:
            cls._registry = cls._registry.copy()
        if proxytype is None:
            proxytype = AutoProxy
        exposed = exposed or getattr(proxytype, '_exposed_', None)
        method_to_typeid = method_to_typeid or getattr(proxytype, '_method_to_typeid_', None)
        cls._registry[typeid] = (callable, exposed, method_to_typeid, proxytype)
        if create_method:
            def make(self, /, *args, **kwds):
                token, shown = self._create(typeid, *args, **kwds)
                proxy = proxytype(token, self._serializer, manager=self, authkey=self._authkey, exposed=shown)
                conn = connection.Client(token.address, authkey=self._authkey)
                dispatch(conn, None, 'decref', (token.id,))
                return proxy
            make.__name__ = typeid
            setattr(cls, typeid, make)


class ProcessLocalSet(set):
    """The objects that this process has proxies of; empty in the child of a fork."""

    def __init__(self):
        util.register_after_fork(self, lambda obj: obj.clear())

    def __reduce__(self):
        return type(self), ()


class BaseProxy:
    """Stands for an object of a manager."""

    _address_to_local = {}
    _mutex = util.ForkAwareThreadLock()

    def __init__(self, token, serializer, manager=None, authkey=None, exposed=None, incref=True, manager_owned=False):
        with BaseProxy._mutex:
            local = BaseProxy._address_to_local.get(token.address)
            if local is None:
                local = util.ForkAwareLocal(), ProcessLocalSet()
                BaseProxy._address_to_local[token.address] = local
        self._tls, self._idset = local
        self._token = token
        self._id = token.id
        self._manager = manager
        self._serializer = serializer
        self._owned_by_manager = manager_owned
        if authkey is not None:
            self._authkey = AuthenticationString(authkey)
        elif manager is not None:
            self._authkey = manager._authkey
        else:
            self._authkey = process.current_process().authkey
        if incref:
            self._incref()
        util.register_after_fork(self, BaseProxy._after_fork)

    def _connect(self):
        name = process.current_process().name
        if threading.current_thread().name != 'MainThread':
            name += '|' + threading.current_thread().name
        conn = connection.Client(self._token.address, authkey=self._authkey)
        dispatch(conn, None, 'accept_connection', (name,))
        self._tls.connection = conn

    def _callmethod(self, methodname, args=(), kwds={}):
        """Make a call of the object; its result, perhaps a proxy again."""
        try:
            conn = self._tls.connection
        except AttributeError:
            self._connect()
            conn = self._tls.connection
        conn.send((self._id, methodname, args, kwds))
        kind, result = conn.recv()
        if kind == '#RETURN':
            return result
        if kind == '#PROXY':
            exposed, token = result
            proxytype = self._manager._registry[token.typeid][-1]
            token.address = self._token.address
            proxy = proxytype(token, self._serializer, manager=self._manager, authkey=self._authkey, exposed=exposed)
            conn = connection.Client(token.address, authkey=self._authkey)
            dispatch(conn, None, 'decref', (token.id,))
            return proxy
        try:
            raise convert_to_error(kind, result)
        finally:
            del result

    def _getvalue(self):
        """A copy of the object."""
        return self._callmethod('#GETVALUE')

    def _incref(self):
        if self._owned_by_manager:
            return
        conn = connection.Client(self._token.address, authkey=self._authkey)
        dispatch(conn, None, 'incref', (self._id,))
        self._idset.add(self._id)
        state = self._manager and self._manager._state
        self._close = util.Finalize(self, BaseProxy._decref,
                                    args=(self._token, self._authkey, state, self._tls, self._idset),
                                    exitpriority=10)

    @staticmethod
    def _decref(token, authkey, state, tls, idset):
        idset.discard(token.id)
        if state is None or state.value == State.STARTED:
            try:
                conn = connection.Client(token.address, authkey=authkey)
                dispatch(conn, None, 'decref', (token.id,))
            except Exception as problem:
                util.debug('... decref failed %s', problem)
        if not idset and hasattr(tls, 'connection'):
            tls.connection.close()
            del tls.connection

    def _after_fork(self):
        self._manager = None
        try:
            self._incref()
        except Exception as problem:
            util.info('incref failed: %s' % problem)

    def __reduce__(self):
        kwds = {}
        if context.get_spawning_popen() is not None:
            kwds['authkey'] = self._authkey
        if getattr(self, '_isauto', False):
            kwds['exposed'] = self._exposed_
            return RebuildProxy, (AutoProxy, self._token, self._serializer, kwds)
        return RebuildProxy, (type(self), self._token, self._serializer, kwds)

    def __deepcopy__(self, memo):
        return self._getvalue()

    def __repr__(self):
        return '<%s object, typeid %r at %#x>' % (type(self).__name__, self._token.typeid, id(self))

    def __str__(self):
        try:
            return self._callmethod('__repr__')
        except Exception:
            return repr(self)[:-1] + "; '__str__()' failed>"


def RebuildProxy(func, token, serializer, kwds):
    """A proxy in another process; in the server, the object itself."""
    server = getattr(process.current_process(), '_manager_server', None)
    if server and server.address == token.address:
        return server.id_to_obj[token.id][0]
    incref = kwds.pop('incref', True) and not getattr(process.current_process(), '_inheriting', False)
    return func(token, serializer, incref=incref, **kwds)


_proxy_types = {}


def _method_of(name):
    def method(self, /, *args, **kwds):
        return self._callmethod(name, args, kwds)
    method.__name__ = name
    return method


def MakeProxyType(name, exposed):
    """A proxy class whose methods are the names given."""
    exposed = tuple(exposed)
    try:
        return _proxy_types[name, exposed]
    except KeyError:
        pass
    made = type(name, (BaseProxy,), {one: _method_of(one) for one in exposed})
    made._exposed_ = exposed
    _proxy_types[name, exposed] = made
    return made


def AutoProxy(token, serializer, manager=None, authkey=None, exposed=None, incref=True, manager_owned=False):
    """A proxy with every public method of the object."""
    if exposed is None:
        conn = connection.Client(token.address, authkey=authkey)
        try:
            exposed = dispatch(conn, None, 'get_methods', (token,))
        finally:
            conn.close()
    if authkey is None and manager is not None:
        authkey = manager._authkey
    if authkey is None:
        authkey = process.current_process().authkey
    kind = MakeProxyType('AutoProxy[%s]' % token.typeid, exposed)
    proxy = kind(token, serializer, manager=manager, authkey=authkey, incref=incref, manager_owned=manager_owned)
    proxy._isauto = True
    return proxy


# --- the types that SyncManager knows ---

class Namespace:
    """An object that takes any attribute."""

    def __init__(self, /, **kwds):
        self.__dict__.update(kwds)

    def __repr__(self):
        shown = sorted('%s=%r' % item for item in self.__dict__.items() if not item[0].startswith('_'))
        return '%s(%s)' % (type(self).__name__, ', '.join(shown))


class Value:
    """An object with a value."""

    def __init__(self, typecode, value, lock=True):
        self._typecode = typecode
        self._value = value

    def get(self):
        return self._value

    def set(self, value):
        self._value = value

    def __repr__(self):
        return '%s(%r, %r)' % (type(self).__name__, self._typecode, self._value)

    value = property(get, set)


def Array(typecode, sequence, lock=True):
    """An array of the items."""
    import array
    return array.array(typecode, sequence)


class IteratorProxy(BaseProxy):
    _exposed_ = ('__next__', 'send', 'throw', 'close')

    def __iter__(self):
        return self

    def __next__(self, *args):
        return self._callmethod('__next__', args)

    send, throw, close = _method_of('send'), _method_of('throw'), _method_of('close')


class AcquirerProxy(BaseProxy):
    _exposed_ = ('acquire', 'release')

    def acquire(self, blocking=True, timeout=None):
        return self._callmethod('acquire', (blocking,) if timeout is None else (blocking, timeout))

    def release(self):
        return self._callmethod('release')

    def __enter__(self):
        return self._callmethod('acquire')

    def __exit__(self, *exc_info):
        return self._callmethod('release')


class ConditionProxy(AcquirerProxy):
    _exposed_ = ('acquire', 'release', 'wait', 'notify', 'notify_all')

    def wait(self, timeout=None):
        return self._callmethod('wait', (timeout,))

    def notify(self, n=1):
        return self._callmethod('notify', (n,))

    def notify_all(self):
        return self._callmethod('notify_all')

    def wait_for(self, predicate, timeout=None):
        result = predicate()
        deadline = None if timeout is None else time.monotonic() + timeout
        while not result:
            rest = None
            if deadline is not None:
                rest = deadline - time.monotonic()
                if rest <= 0:
                    break
            self.wait(rest)
            result = predicate()
        return result


class EventProxy(BaseProxy):
    _exposed_ = ('is_set', 'set', 'clear', 'wait')
    is_set, set, clear = _method_of('is_set'), _method_of('set'), _method_of('clear')

    def wait(self, timeout=None):
        return self._callmethod('wait', (timeout,))


class BarrierProxy(BaseProxy):
    _exposed_ = ('__getattribute__', 'wait', 'abort', 'reset')
    abort, reset = _method_of('abort'), _method_of('reset')

    def wait(self, timeout=None):
        return self._callmethod('wait', (timeout,))

    parties = property(lambda self: self._callmethod('__getattribute__', ('parties',)))
    n_waiting = property(lambda self: self._callmethod('__getattribute__', ('n_waiting',)))
    broken = property(lambda self: self._callmethod('__getattribute__', ('broken',)))


class NamespaceProxy(BaseProxy):
    _exposed_ = ('__getattribute__', '__setattr__', '__delattr__')

    def __getattr__(self, key):
        if key[0] == '_':
            return object.__getattribute__(self, key)
        return object.__getattribute__(self, '_callmethod')('__getattribute__', (key,))

    def __setattr__(self, key, value):
        if key[0] == '_':
            return object.__setattr__(self, key, value)
        return object.__getattribute__(self, '_callmethod')('__setattr__', (key, value))

    def __delattr__(self, key):
        if key[0] == '_':
            return object.__delattr__(self, key)
        return object.__getattribute__(self, '_callmethod')('__delattr__', (key,))


class ValueProxy(BaseProxy):
    _exposed_ = ('get', 'set')
    get, set = _method_of('get'), _method_of('set')
    value = property(lambda self: self.get(), lambda self, value: self.set(value))
    __class_getitem__ = classmethod(types.GenericAlias)


BaseListProxy = MakeProxyType('BaseListProxy', (
    '__add__', '__contains__', '__delitem__', '__getitem__', '__len__', '__mul__', '__reversed__', '__rmul__',
    '__setitem__', 'append', 'count', 'extend', 'index', 'insert', 'pop', 'remove', 'reverse', 'sort', '__imul__'))


class ListProxy(BaseListProxy):
    def __iadd__(self, value):
        self._callmethod('extend', (value,))
        return self

    def __imul__(self, value):
        self._callmethod('__imul__', (value,))
        return self


DictProxy = MakeProxyType('DictProxy', (
    '__contains__', '__delitem__', '__getitem__', '__iter__', '__len__', '__setitem__', 'clear', 'copy', 'get', 'items',
    'keys', 'pop', 'popitem', 'setdefault', 'update', 'values'))
DictProxy._method_to_typeid_ = {'__iter__': 'Iterator'}

ArrayProxy = MakeProxyType('ArrayProxy', ('__len__', '__getitem__', '__setitem__'))

BasePoolProxy = MakeProxyType('PoolProxy', ('apply', 'apply_async', 'close', 'imap', 'imap_unordered', 'join', 'map',
                                            'map_async', 'starmap', 'starmap_async', 'terminate'))
BasePoolProxy._method_to_typeid_ = {'apply_async': 'AsyncResult', 'map_async': 'AsyncResult',
                                    'starmap_async': 'AsyncResult', 'imap': 'Iterator', 'imap_unordered': 'Iterator'}


class PoolProxy(BasePoolProxy):
    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.terminate()


def _make_pool(*args):
    from . import pool
    return pool.Pool(*args)


class SyncManager(BaseManager):
    """A manager of the usual types: lists, dicts, locks, queues and more."""


def _register_types():
    import queue
    register = SyncManager.register
    for name in ('Queue', 'JoinableQueue'):
        register(name, queue.Queue)
    register('Event', threading.Event, EventProxy)
    for name in ('Lock', 'RLock', 'Semaphore', 'BoundedSemaphore'):
        register(name, getattr(threading, name), AcquirerProxy)
    register('Condition', threading.Condition, ConditionProxy)
    register('Barrier', threading.Barrier, BarrierProxy)
    register('Pool', _make_pool, PoolProxy)
    register('list', list, ListProxy)
    register('dict', dict, DictProxy)
    register('Value', Value, ValueProxy)
    register('Array', Array, ArrayProxy)
    register('Namespace', Namespace, NamespaceProxy)
    # Only as results of calls.
    register('Iterator', proxytype=IteratorProxy, create_method=False)
    register('AsyncResult', create_method=False)


_register_types()


class SharedMemoryManager(BaseManager):
    """A manager that removes the shared memory made through it when it ends."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._blocks = []

    def __enter__(self):
        return self

    def start(self, initializer=None, initargs=()):
        self._state.value = State.STARTED

    def SharedMemory(self, size):
        """A block of shared memory."""
        from .shared_memory import SharedMemory
        block = SharedMemory(None, create=True, size=size)
        self._blocks.append(block.name)
        return block

    def ShareableList(self, sequence):
        """A list in shared memory."""
        from .shared_memory import ShareableList
        made = ShareableList(sequence)
        self._blocks.append(made.shm.name)
        return made

    def shutdown(self):
        from .shared_memory import SharedMemory
        for name in self._blocks:
            try:
                block = SharedMemory(name)
                block.close()
                block.unlink()
            except FileNotFoundError:
                pass
        self._blocks.clear()
        self._state.value = State.SHUTDOWN
