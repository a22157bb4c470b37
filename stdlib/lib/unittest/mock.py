"""Objects that stand for others in tests: they take any call and any attribute, and remember what was done with them.

    thing = Mock(return_value=3)
    thing.method(1, key=2)
    thing.method.assert_called_once_with(1, key=2)

Records of calls are in _mock_calls, patch and its relatives in _mock_patch, create_autospec and mock_open in _mock_spec.
Each mock is of a class of its own, so that special methods can be set on one mock alone.
"""
import inspect
import sys
import threading
import types
from functools import partial

from ._mock_calls import (ANY, DEFAULT, _Call, _CallList, _deleted, _format_call_signature, _missing, _safe_repr,
                          _SentinelObject, call, sentinel)

__all__ = ('Mock', 'MagicMock', 'patch', 'sentinel', 'DEFAULT', 'ANY', 'call', 'create_autospec', 'AsyncMock', 'FILTER_DIR',
           'NonCallableMock', 'NonCallableMagicMock', 'mock_open', 'PropertyMock', 'seal')

__unittest = True

# dir() of a mock shows only what is of interest.
FILTER_DIR = True

_builtins = {name for name in dir(__import__('builtins')) if not name.startswith('_')}


class InvalidSpecError(Exception):
    """A mock was given as the specification of another mock."""


# --- special methods ---

_numerics = 'add sub mul matmul truediv floordiv mod lshift rshift and xor or pow'
_magics = {f'__{name}__' for name in ' '.join([
    'lt gt le ge eq ne getitem setitem delitem len contains str sizeof enter exit divmod rdivmod neg pos abs invert '
    'complex int float index round trunc floor ceil bool next fspath aiter ',
    _numerics, ' '.join([f'i{name}' for name in _numerics.split()]),
    ' '.join([f'r{name}' for name in _numerics.split()])]).split()}
_non_defaults = {'__get__', '__set__', '__delete__', '__reversed__', '__missing__', '__reduce__', '__reduce_ex__',
                 '__getinitargs__', '__getnewargs__', '__getstate__', '__setstate__', '__getformat__', '__repr__',
                 '__dir__', '__subclasses__', '__format__', '__getnewargs_ex__'}
_magics |= {'__hash__', '__iter__'}
_sync_async_magics = {'__aenter__', '__aexit__', '__anext__'}
_async_method_magics = {'__aenter__', '__aexit__', '__anext__'}
_async_magics = _async_method_magics | {'__aiter__'}
_all_sync_magics = _magics | _non_defaults
_all_magics = _all_sync_magics | _async_magics
_unsupported_magics = {'__getattr__', '__setattr__', '__init__', '__new__', '__prepare__', '__instancecheck__',
                       '__subclasscheck__', '__del__'}
_ATTRIB_DENY_LIST = frozenset({'called_once', 'called_with', 'called_once_with', 'has_calls', 'any_call', 'not_called'})

_return_values = {
    '__hash__': lambda self: object.__hash__(self), '__str__': lambda self: object.__str__(self),
    '__sizeof__': lambda self: object.__sizeof__(self),
    '__fspath__': lambda self: f'{type(self).__name__}/{self._extract_mock_name()}/{id(self)}',
}
_constant_values = {
    '__lt__': NotImplemented, '__gt__': NotImplemented, '__le__': NotImplemented, '__ge__': NotImplemented,
    '__int__': 1, '__contains__': False, '__len__': 0, '__exit__': False, '__complex__': 1j, '__float__': 1.0,
    '__bool__': True, '__index__': 1, '__aexit__': False,
}


def _is_magic(name):
    return f'__{name[2:-2]}__' == name


def _default_eq(self):
    def __eq__(other):
        value = self.__eq__._mock_return_value
        if value is not DEFAULT:
            return value
        return True if self is other else NotImplemented
    return __eq__


def _default_ne(self):
    def __ne__(other):
        if self.__ne__._mock_return_value is not DEFAULT:
            return DEFAULT
        return False if self is other else NotImplemented
    return __ne__


def _default_iter(self):
    def __iter__():
        value = self.__iter__._mock_return_value
        # An iterator that was given is used up, as it should be.
        return iter([]) if value is DEFAULT else iter(value)
    return __iter__


def _default_aiter(self):
    def __aiter__():
        value = self.__aiter__._mock_return_value
        return _AsyncIterator(iter([] if value is DEFAULT else value))
    return __aiter__


_side_effects = {'__eq__': _default_eq, '__ne__': _default_ne, '__iter__': _default_iter, '__aiter__': _default_aiter}


def _set_return_value(mock, method, name):
    if name in _constant_values:
        method.return_value = _constant_values[name]
    elif name in _return_values:
        method.return_value = _return_values[name](mock)
    elif name in _side_effects:
        method.side_effect = _side_effects[name](mock)


class MagicProxy:
    """Makes the mock for a special method when it is used for the first time."""

    def __init__(self, name, parent):
        self.name, self.parent = name, parent

    def create_mock(self):
        made = self.parent._get_child_mock(name=self.name, _new_name=self.name, _new_parent=self.parent)
        setattr(self.parent, self.name, made)
        _set_return_value(self.parent, made, self.name)
        return made

    def __get__(self, obj, _type=None):
        return self.create_mock()


def _get_method(name, func):
    """A function that calls func and has the name of a special method."""
    def method(self, /, *args, **kw):
        return func(self, *args, **kw)
    method.__name__ = name
    return method


# --- helpers ---

def _is_instance_mock(obj):
    return issubclass(type(obj), NonCallableMock)


def _is_exception(obj):
    return isinstance(obj, BaseException) or isinstance(obj, type) and issubclass(obj, BaseException)


def _callable(obj):
    """Can it be called? Wrapped and bound functions can when what is inside them can."""
    while isinstance(obj, (staticmethod, classmethod, types.MethodType)):
        obj = obj.__func__
    return callable(obj)


def _is_list(obj):
    return type(obj) in (list, tuple)


def _try_iter(obj):
    """An iterator, if the thing can be iterated over and is no exception or callable."""
    if obj is None or _is_exception(obj) or callable(obj):
        return obj
    try:
        return iter(obj)
    except TypeError:
        return obj  # it will be refused when it is used


def _coroutine_mark():
    # Only asyncio marks functions, so who has not loaded it need not.
    return getattr(sys.modules.get('asyncio.coroutines'), '_is_coroutine', None)


def _is_async_func(obj):
    mark = _coroutine_mark()
    return inspect.iscoroutinefunction(obj) or mark is not None and getattr(obj, '_is_coroutine', None) is mark


def _is_async_obj(obj):
    if _is_instance_mock(obj) and not isinstance(obj, AsyncMock):
        return False
    if hasattr(obj, '__func__'):
        obj = obj.__func__
    return inspect.iscoroutinefunction(obj) or inspect.isawaitable(obj)


def _extract_mock(obj):
    # A function with a mock behind it, as create_autospec makes.
    if isinstance(obj, types.FunctionType) and hasattr(obj, 'mock'):
        return obj.mock
    return obj


def _signature_of_spec(spec, as_instance, eat_self):
    """(what was looked at, its Signature), or None."""
    if isinstance(spec, type) and not as_instance:
        spec, eat_self = spec.__init__, True
    elif isinstance(spec, (classmethod, staticmethod)):
        if isinstance(spec, classmethod):
            eat_self = True
        spec = spec.__func__
    elif not isinstance(spec, (types.FunctionType, types.MethodType)):
        try:
            spec = spec.__call__
        except AttributeError:
            return None
    looked_at = partial(spec, None) if eat_self else spec
    try:
        return spec, inspect.signature(looked_at)
    except ValueError:
        return None


def _delegating_property(name):
    hidden = '_mock_' + name

    def get(self):
        delegate = self._mock_delegate
        return getattr(self, hidden) if delegate is None else getattr(delegate, name)

    def set(self, value):
        delegate = self._mock_delegate
        if delegate is None:
            self.__dict__[hidden] = value
        else:
            setattr(delegate, name, value)

    return property(get, set)


def _check_and_set_parent(parent, value, name, new_name):
    """Make a mock the child of another, if it has no name and no parent yet; whether it was done."""
    value = _extract_mock(value)
    if not _is_instance_mock(value):
        return False
    if value._mock_name or value._mock_new_name or value._mock_parent is not None or value._mock_new_parent is not None:
        return False
    above = parent
    while above is not None:
        if above is value:
            return False  # no circles
        above = above._mock_new_parent
    if new_name:
        value._mock_new_parent, value._mock_new_name = parent, new_name
    if name:
        value._mock_parent, value._mock_name = parent, name
    return True


# --- mocks ---

class Base:
    _mock_return_value = DEFAULT
    _mock_side_effect = None

    def __init__(self, /, *args, **kwargs):
        pass


class NonCallableMock(Base):
    """A mock that cannot be called."""

    _lock = threading.RLock()

    def __new__(cls, /, *args, **kw):
        bases = (cls,)
        if not issubclass(cls, AsyncMockMixin):
            spec = kw.get('spec_set') or kw.get('spec') or (args[0] if args else None)
            if spec is not None and _is_async_obj(spec):
                bases = (AsyncMockMixin, cls)
        return object.__new__(type(cls.__name__, bases, {'__doc__': cls.__doc__}))

    def __init__(self, spec=None, wraps=None, name=None, spec_set=None, parent=None, _spec_state=None, _new_name='',
                 _new_parent=None, _spec_as_instance=False, _eat_self=None, unsafe=False, **kwargs):
        own = self.__dict__
        own['_mock_parent'], own['_mock_name'] = parent, name
        own['_mock_new_name'] = _new_name
        own['_mock_new_parent'] = parent if _new_parent is None else _new_parent
        own['_mock_sealed'] = False
        if spec_set is not None:
            spec, spec_set = spec_set, True
        if _eat_self is None:
            _eat_self = parent is not None
        self._mock_add_spec(spec, spec_set, _spec_as_instance, _eat_self)
        own['_mock_children'] = {}
        own['_mock_wraps'], own['_mock_delegate'] = wraps, None
        own['_mock_called'], own['_mock_call_count'] = False, 0
        own['_mock_call_args'], own['_mock_call_args_list'] = None, _CallList()
        own['_mock_mock_calls'], own['method_calls'] = _CallList(), _CallList()
        own['_mock_unsafe'] = unsafe
        if kwargs:
            self.configure_mock(**kwargs)
        super().__init__(spec, wraps, name, spec_set, parent, _spec_state)

    # --- specification ---

    def mock_add_spec(self, spec, spec_set=False):
        """Allow only the attributes that the specification has (a list of names, or any object)."""
        self._mock_add_spec(spec, spec_set)

    def _mock_add_spec(self, spec, spec_set, _spec_as_instance=False, _eat_self=False):
        if _is_instance_mock(spec):
            raise InvalidSpecError(f'Cannot spec a Mock object. [object={spec!r}]')
        spec_class = signature = None
        asyncs = []
        if spec is not None:
            for attr in dir(spec):
                if inspect.iscoroutinefunction(inspect.getattr_static(spec, attr, None)):
                    asyncs.append(attr)
        if spec is not None and not _is_list(spec):
            spec_class = spec if isinstance(spec, type) else type(spec)
            found = _signature_of_spec(spec, _spec_as_instance, _eat_self)
            signature = found and found[1]
            spec = dir(spec)
        own = self.__dict__
        own['_spec_class'], own['_spec_set'] = spec_class, spec_set
        own['_spec_signature'], own['_mock_methods'], own['_spec_asyncs'] = signature, spec, asyncs

    @property
    def __class__(self):
        return type(self) if self._spec_class is None else self._spec_class

    # --- what it returns, what it remembers ---

    def _get_return_value(self):
        value = self._mock_return_value
        if self._mock_delegate is not None:
            value = self._mock_delegate.return_value
        if value is DEFAULT and self._mock_wraps is None:
            value = self._get_child_mock(_new_parent=self, _new_name='()')
            self.return_value = value
        return value

    def _set_return_value(self, value):
        if self._mock_delegate is not None:
            self._mock_delegate.return_value = value
        else:
            self._mock_return_value = value
            _check_and_set_parent(self, value, None, '()')

    return_value = property(_get_return_value, _set_return_value, doc='What a call returns.')

    called = _delegating_property('called')
    call_count = _delegating_property('call_count')
    call_args = _delegating_property('call_args')
    call_args_list = _delegating_property('call_args_list')
    mock_calls = _delegating_property('mock_calls')

    def _get_side_effect(self):
        delegate = self._mock_delegate
        if delegate is None:
            return self._mock_side_effect
        effect = delegate.side_effect
        if effect is not None and not callable(effect) and not isinstance(effect, _MockIter) and not _is_exception(effect):
            effect = _MockIter(effect)
            delegate.side_effect = effect
        return effect

    def _set_side_effect(self, value):
        value = _try_iter(value)
        if self._mock_delegate is None:
            self._mock_side_effect = value
        else:
            self._mock_delegate.side_effect = value

    side_effect = property(_get_side_effect, _set_side_effect)

    def reset_mock(self, visited=None, *, return_value=False, side_effect=False):
        """Forget all calls; what was configured stays, unless told otherwise."""
        visited = [] if visited is None else visited
        if id(self) in visited:
            return
        visited.append(id(self))
        self.called, self.call_args, self.call_count = False, None, 0
        self.mock_calls, self.call_args_list, self.method_calls = _CallList(), _CallList(), _CallList()
        if return_value:
            self._mock_return_value = DEFAULT
        if side_effect:
            self._mock_side_effect = None
        for child in self._mock_children.values():
            if child is not _deleted and hasattr(child, 'reset_mock') and not isinstance(child, _SpecState):
                child.reset_mock(visited, return_value=return_value, side_effect=side_effect)
        inner = self._mock_return_value
        if _is_instance_mock(inner) and inner is not self:
            inner.reset_mock(visited)

    def configure_mock(self, /, **kwargs):
        """Set attributes; names may have dots: **{'method.return_value': 3}."""
        for path, value in sorted(kwargs.items(), key=lambda item: item[0].count('.')):
            *steps, last = path.split('.')
            obj = self
            for step in steps:
                obj = getattr(obj, step)
            setattr(obj, last, value)

    def attach_mock(self, mock, attribute):
        """Put another mock here: its calls are recorded here as well."""
        inner = _extract_mock(mock)
        inner._mock_parent = inner._mock_new_parent = None
        inner._mock_name = ''
        inner._mock_new_name = None
        setattr(self, attribute, mock)

    # --- attributes ---

    def __getattr__(self, name):
        if name in {'_mock_methods', '_mock_unsafe'}:
            raise AttributeError(name)
        if self._mock_methods is not None:
            if name not in self._mock_methods or name in _all_magics:
                raise AttributeError(f'Mock object has no attribute {name!r}')
        elif _is_magic(name):
            raise AttributeError(name)
        if not self._mock_unsafe and (not self._mock_methods or name not in self._mock_methods):
            if name.startswith(('assert', 'assret', 'asert', 'aseert', 'assrt')) or name in _ATTRIB_DENY_LIST:
                raise AttributeError(f'{name!r} is not a valid assertion. Use a spec for the mock if {name!r} is meant to '
                                     'be an attribute.')
        with NonCallableMock._lock:
            return self._child(name)

    def _child(self, name):
        result = self._mock_children.get(name)
        if result is _deleted:
            raise AttributeError(name)
        if result is None:
            wraps = None if self._mock_wraps is None else getattr(self._mock_wraps, name)
            result = self._get_child_mock(parent=self, name=name, wraps=wraps, _new_name=name, _new_parent=self)
            self._mock_children[name] = result
        elif isinstance(result, _SpecState):
            try:
                result = create_autospec(result.spec, result.spec_set, result.instance, result.parent, result.name)
            except InvalidSpecError:
                target = self.__dict__['_mock_name'] or self
                raise InvalidSpecError(f'Cannot autospec attr {name!r} from target {target!r} as it has already been '
                                       f'mocked out. [target={self!r}, attr={result.spec!r}]')
            self._mock_children[name] = result
        return result

    def __setattr__(self, name, value):
        if name in {'return_value', '_mock_return_value', 'side_effect', '_mock_side_effect', '_mock_parent',
                    '_mock_new_parent', '_mock_name', '_mock_new_name', '_mock_delegate', 'called', 'call_count',
                    'call_args', 'call_args_list', 'mock_calls'} or name in type(self).__dict__ and isinstance(
                        type(self).__dict__[name], property):
            return object.__setattr__(self, name, value)
        if self._spec_set and self._mock_methods is not None and name not in self._mock_methods and (
                name not in self.__dict__):
            raise AttributeError(f"Mock object has no attribute '{name}'")
        if name in _unsupported_magics:
            raise AttributeError(f'Attempting to set unsupported magic method {name!r}.')
        if name in _all_magics:
            return self._set_magic(name, value)
        if name == '_mock_methods' and self._mock_methods is not None or name == '__class__':
            if name == '__class__':
                self._spec_class = value
                return
            object.__setattr__(self, name, value)
            return
        if _check_and_set_parent(self, value, name, name):
            self._mock_children[name] = value
        if self._mock_sealed and not hasattr(self, name):
            raise AttributeError(f'Cannot set {self._extract_mock_name()}.{name}')
        return object.__setattr__(self, name, value)

    def _set_magic(self, name, value):
        if self._mock_methods is not None and name not in self._mock_methods:
            raise AttributeError(f"Mock object has no attribute '{name}'")
        if not _is_instance_mock(value):
            setattr(type(self), name, _get_method(name, value))
            original = value
            value = lambda *args, **kw: original(self, *args, **kw)
        else:
            _check_and_set_parent(self, value, None, name)
            setattr(type(self), name, value)
            self._mock_children[name] = value
        return object.__setattr__(self, name, value)

    def __delattr__(self, name):
        if name in _all_magics and name in type(self).__dict__:
            delattr(type(self), name)
            if name not in self.__dict__:
                return  # it was a proxy
        obj = self._mock_children.get(name, _missing)
        if name in self.__dict__:
            object.__delattr__(self, name)
        elif obj is _deleted:
            raise AttributeError(name)
        if obj is not _missing:
            del self._mock_children[name]
        self._mock_children[name] = _deleted

    def __dir__(self):
        if not FILTER_DIR:
            return object.__dir__(self)
        extras = self._mock_methods or []
        own = [name for name in self.__dict__ if not name.startswith('_') or _is_magic(name)]
        children = [name for name, value in self._mock_children.items() if value is not _deleted]
        from_type = [name for name in dir(type(self)) if not name.startswith('_') or _is_magic(name) and
                     name in ('__class__', '__doc__')]
        return sorted(set(extras) | set(from_type) | set(own) | set(children))

    # --- text ---

    def _extract_mock_name(self):
        parent, last = self._mock_new_parent, self
        separator = '' if self._mock_new_name == '()' else '.'
        names_and_separators = [self._mock_new_name]
        while parent is not None:
            last = parent
            names_and_separators.append(parent._mock_new_name + separator)
            separator = '' if parent._mock_new_name == '()' else '.'
            parent = parent._mock_new_parent
        parts = list(reversed(names_and_separators))
        first = last._mock_name or 'mock'
        if len(parts) > 1 and parts[1] not in ('()', '().'):
            first += '.'
        parts[0] = first
        return ''.join(parts)

    def __repr__(self):
        name = self._extract_mock_name()
        shown = f' name={name!r}' if name not in ('mock', 'mock.') else ''
        spec = ''
        if self._spec_class is not None:
            spec = f' {"spec_set" if self._spec_set else "spec"}={self._spec_class.__name__!r}'
        return f"<{type(self).__name__}{shown}{spec} id='{id(self)}'>"

    def _format_mock_call_signature(self, args, kwargs):
        return _format_call_signature(self._mock_name or 'mock', args, kwargs)

    def _format_mock_failure_message(self, args, kwargs, action='call'):
        expected = self._format_mock_call_signature(args, kwargs)
        actual = self._format_mock_call_signature(*self.call_args[-2:] if len(self.call_args) == 3 else self.call_args)
        return f'expected {action} not found.\nExpected: {expected}\nActual: {actual}'

    def _calls_repr(self, prefix='Calls'):
        return f'\n{prefix}: {_safe_repr(self.mock_calls)}.' if self.mock_calls else ''

    # --- assertions ---

    def _get_call_signature_from_name(self, name):
        """The signature of the child that a recorded name leads to."""
        if not name:
            return self._spec_signature
        children, signature = self._mock_children, None
        for part in name.replace('()', '').split('.'):
            child = children.get(part)
            if child is None or isinstance(child, _SpecState):
                break
            # A function that create_autospec made has its mock inside.
            child = _extract_mock(child)
            children, signature = child._mock_children, child._spec_signature
        return signature

    def _call_matcher(self, _call):
        """The call as it is compared: bound to the signature if there is one; an exception if it does not fit."""
        signature = self._get_call_signature_from_name(_call[0]) if isinstance(_call, tuple) and len(_call) > 2 \
            else self._spec_signature
        if signature is None:
            return _call
        if len(_call) == 2:
            name, (args, kwargs) = '', _call
        else:
            name, args, kwargs = _call
        try:
            bound = signature.bind(*args, **kwargs)
        except TypeError as error:
            return error.with_traceback(None)
        return call(name, bound.args, bound.kwargs)

    def assert_not_called(self):
        """It was never called."""
        if self.call_count != 0:
            raise AssertionError(f"Expected '{self._mock_name or 'mock'}' to not have been called. Called "
                                 f"{self.call_count} times.{self._calls_repr()}")

    def assert_called(self):
        """It was called."""
        if self.call_count == 0:
            raise AssertionError(f"Expected '{self._mock_name or 'mock'}' to have been called.")

    def assert_called_once(self):
        """It was called once."""
        if self.call_count != 1:
            raise AssertionError(f"Expected '{self._mock_name or 'mock'}' to have been called once. Called "
                                 f"{self.call_count} times.{self._calls_repr()}")

    def assert_called_with(self, /, *args, **kwargs):
        """The last call was with these arguments."""
        if self.call_args is None:
            raise AssertionError('expected call not found.\nExpected: '
                                 f'{self._format_mock_call_signature(args, kwargs)}\nActual: not called.')
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        actual = self._call_matcher(self.call_args)
        if actual != expected:
            cause = expected if isinstance(expected, Exception) else None
            raise AssertionError(self._format_mock_failure_message(args, kwargs)) from cause

    def assert_called_once_with(self, /, *args, **kwargs):
        """It was called once, and with these arguments."""
        if self.call_count != 1:
            raise AssertionError(f"Expected '{self._mock_name or 'mock'}' to be called once. Called "
                                 f"{self.call_count} times.{self._calls_repr()}")
        return self.assert_called_with(*args, **kwargs)

    def assert_has_calls(self, calls, any_order=False):
        """These calls were made, one after the other unless any order will do."""
        expected = [self._call_matcher(each) for each in calls]
        cause = next((each for each in expected if isinstance(each, Exception)), None)
        made = _CallList([self._call_matcher(each) for each in self.mock_calls])
        if not any_order:
            if expected not in made:
                problem = 'Calls not found.' if cause is None else (
                    f'Error processing expected calls.\nErrors: '
                    f'{[each if isinstance(each, Exception) else None for each in expected]}')
                raise AssertionError(f'{problem}\nExpected: {_CallList(calls)}'
                                     f'{self._calls_repr(prefix="Actual").rstrip(".")}') from cause
            return
        made, not_found = list(made), []
        for each in expected:
            try:
                made.remove(each)
            except ValueError:
                not_found.append(each)
        if not_found:
            raise AssertionError(f'{self._mock_name or "mock"!r} does not contain all of {tuple(not_found)!r} in its call '
                                 f'list, found {made!r} instead') from cause

    def assert_any_call(self, /, *args, **kwargs):
        """Some call was with these arguments."""
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        cause = expected if isinstance(expected, Exception) else None
        made = [self._call_matcher(each) for each in self.call_args_list]
        if cause or expected not in made:
            raise AssertionError(f'{self._format_mock_call_signature(args, kwargs)} call not found') from cause

    # --- children ---

    def _get_child_mock(self, /, **kw):
        """A new mock for an attribute or a return value; a subclass may make another kind."""
        if self._mock_sealed:
            name = f'.{kw["name"]}' if 'name' in kw else '()'
            raise AttributeError(self._extract_mock_name() + name)
        new_name = kw.get('_new_name')
        if new_name in self.__dict__['_spec_asyncs']:
            return AsyncMock(**kw)
        cls = type(self).__mro__[1]
        if issubclass(cls, MagicMock) and new_name in _async_method_magics:
            cls = AsyncMock
        elif issubclass(cls, AsyncMockMixin):
            if new_name in _all_sync_magics or self._mock_methods and new_name in self._mock_methods:
                # Only what was said to be asynchronous is.
                cls = MagicMock
            else:
                cls = AsyncMock
        elif not issubclass(cls, CallableMixin):
            cls = MagicMock if issubclass(cls, NonCallableMagicMock) else Mock
        elif cls is AsyncMockMixin or not issubclass(cls, NonCallableMock):
            cls = Mock
        return cls(**kw)


class CallableMixin(Base):
    """What a mock needs to be called."""

    def __init__(self, spec=None, side_effect=None, return_value=DEFAULT, wraps=None, name=None, spec_set=None,
                 parent=None, _spec_state=None, _new_name='', _new_parent=None, **kwargs):
        self.__dict__['_mock_return_value'] = return_value
        super().__init__(spec, wraps, name, spec_set, parent, _spec_state, _new_name, _new_parent, **kwargs)
        self.side_effect = side_effect

    def _mock_check_sig(self, /, *args, **kwargs):
        """Refuse arguments that the specification does not take; replaced when there is one."""

    def __call__(self, /, *args, **kwargs):
        self._mock_check_sig(*args, **kwargs)
        self._increment_mock_call(*args, **kwargs)
        return self._mock_call(*args, **kwargs)

    def _mock_call(self, /, *args, **kwargs):
        return self._execute_mock_call(*args, **kwargs)

    def _increment_mock_call(self, /, *args, **kwargs):
        """Record the call here and with all parents."""
        self.called = True
        self.call_count += 1
        record = _Call((args, kwargs), two=True)
        self.call_args = record
        self.call_args_list.append(record)
        name = self._mock_name
        with_methods = self._mock_parent is not None
        method_name, full_name = name, self._mock_new_name
        self.mock_calls.append(_Call(('', args, kwargs)))
        parent = self._mock_new_parent
        through_call = full_name == '()'
        while parent is not None:
            if with_methods:
                parent.method_calls.append(_Call((method_name, args, kwargs)))
                with_methods = parent._mock_parent is not None
                if with_methods:
                    method_name = f'{parent._mock_name}.{method_name}'
            parent.mock_calls.append(_Call((full_name, args, kwargs)))
            if parent._mock_new_name:
                full_name = f'{parent._mock_new_name}{"" if through_call else "."}{full_name}'
            through_call = parent._mock_new_name == '()'
            parent = parent._mock_new_parent

    def _execute_mock_call(self, /, *args, **kwargs):
        effect = self.side_effect
        if effect is not None:
            if _is_exception(effect):
                raise effect
            if not callable(effect):
                result = next(effect)
                if _is_exception(result):
                    raise result
            else:
                result = effect(*args, **kwargs)
            if result is not DEFAULT:
                return result
        if self._mock_return_value is not DEFAULT:
            return self.return_value
        if self._mock_delegate and self._mock_delegate.return_value is not DEFAULT:
            return self._mock_delegate.return_value
        if self._mock_wraps is not None:
            return self._mock_wraps(*args, **kwargs)
        return self.return_value


class Mock(CallableMixin, NonCallableMock):
    """A mock. With `spec` it has only the attributes that the specification has; `return_value` is what a call returns;
    `side_effect` is called instead, raised, or gives one value for each call; `wraps` is what calls are passed on to."""


class MagicMixin(Base):
    """Gives a mock all special methods."""

    def __init__(self, /, *args, **kw):
        self._mock_set_magics()
        super().__init__(*args, **kw)
        self._mock_set_magics()  # again: the specification may allow fewer

    def _mock_set_magics(self):
        wanted = (_magics | _async_method_magics | {'__aiter__'})
        methods = getattr(self, '_mock_methods', None)
        cls = type(self)
        if methods is not None:
            allowed = wanted.intersection(methods)
            for name in wanted - allowed:
                if name in cls.__dict__:
                    delattr(self, name)
            wanted = allowed
        for name in wanted - set(cls.__dict__):
            setattr(cls, name, MagicProxy(name, self))


class NonCallableMagicMock(MagicMixin, NonCallableMock):
    """A MagicMock that cannot be called."""

    def mock_add_spec(self, spec, spec_set=False):
        self._mock_add_spec(spec, spec_set)
        self._mock_set_magics()


class MagicMock(MagicMixin, Mock):
    """A Mock with all special methods: it can be indexed, iterated over, entered and so on."""

    def mock_add_spec(self, spec, spec_set=False):
        self._mock_add_spec(spec, spec_set)
        self._mock_set_magics()


class PropertyMock(Mock):
    """Stands for a property on a class: reading calls it, and so does setting, with the value."""

    def _get_child_mock(self, /, **kwargs):
        return MagicMock(**kwargs)

    def __get__(self, obj, obj_type=None):
        return self()

    def __set__(self, obj, val):
        self(val)


# --- asynchronous mocks ---

class AsyncMockMixin(Base):
    await_count = _delegating_property('await_count')
    await_args = _delegating_property('await_args')
    await_args_list = _delegating_property('await_args_list')

    def __init__(self, /, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own = self.__dict__
        own['_is_coroutine'] = _coroutine_mark()
        own['_mock_await_count'], own['_mock_await_args'] = 0, None
        own['_mock_await_args_list'] = _CallList()
        own['__code__'] = _coroutine_code()  # it says that this is a coroutine function
        own['__name__'] = 'AsyncMock'
        own['__defaults__'], own['__kwdefaults__'], own['__annotations__'] = (), {}, None

    async def _execute_mock_call(self, /, *args, **kwargs):
        record = _Call((args, kwargs), two=True)
        self.await_count += 1
        self.await_args = record
        self.await_args_list.append(record)
        effect = self.side_effect
        if effect is not None:
            if _is_exception(effect):
                raise effect
            if not callable(effect):
                try:
                    result = next(effect)
                except StopIteration:
                    raise StopAsyncIteration  # a coroutine cannot raise the other
                if _is_exception(result):
                    raise result
            elif inspect.iscoroutinefunction(effect):
                result = await effect(*args, **kwargs)
            else:
                result = effect(*args, **kwargs)
            if result is not DEFAULT:
                return result
        if self._mock_return_value is not DEFAULT:
            return self.return_value
        if self._mock_wraps is not None:
            if inspect.iscoroutinefunction(self._mock_wraps):
                return await self._mock_wraps(*args, **kwargs)
            return self._mock_wraps(*args, **kwargs)
        return self.return_value

    def _name_for_message(self):
        return self._mock_name or 'mock'

    def assert_awaited(self):
        """It was awaited."""
        if self.await_count == 0:
            raise AssertionError(f'Expected {self._name_for_message()} to have been awaited.')

    def assert_awaited_once(self):
        """It was awaited once."""
        if self.await_count != 1:
            raise AssertionError(f'Expected {self._name_for_message()} to have been awaited once. Awaited '
                                 f'{self.await_count} times.')

    def assert_awaited_with(self, /, *args, **kwargs):
        """The last await was with these arguments."""
        if self.await_args is None:
            raise AssertionError(f'Expected await: {self._format_mock_call_signature(args, kwargs)}\nNot awaited')
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        actual = self._call_matcher(self.await_args)
        if actual != expected:
            cause = expected if isinstance(expected, Exception) else None
            raise AssertionError(self._format_mock_failure_message(args, kwargs, action='await')) from cause

    def assert_awaited_once_with(self, /, *args, **kwargs):
        """It was awaited once, and with these arguments."""
        if self.await_count != 1:
            raise AssertionError(f'Expected {self._name_for_message()} to have been awaited once. Awaited '
                                 f'{self.await_count} times.')
        return self.assert_awaited_with(*args, **kwargs)

    def assert_any_await(self, /, *args, **kwargs):
        """Some await was with these arguments."""
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        cause = expected if isinstance(expected, Exception) else None
        if cause or expected not in [self._call_matcher(each) for each in self.await_args_list]:
            raise AssertionError(f'{self._format_mock_call_signature(args, kwargs)} await not found') from cause

    def assert_has_awaits(self, calls, any_order=False):
        """It was awaited in these ways, one after the other unless any order will do."""
        expected = [self._call_matcher(each) for each in calls]
        cause = next((each for each in expected if isinstance(each, Exception)), None)
        made = _CallList([self._call_matcher(each) for each in self.await_args_list])
        if not any_order:
            if expected not in made:
                problem = 'Awaits not found.' if cause is None else (
                    f'Error processing expected awaits.\nErrors: '
                    f'{[each if isinstance(each, Exception) else None for each in expected]}')
                raise AssertionError(f'{problem}\nExpected: {_CallList(calls)}\nActual: {self.await_args_list}') from cause
            return
        made, not_found = list(made), []
        for each in expected:
            try:
                made.remove(each)
            except ValueError:
                not_found.append(each)
        if not_found:
            raise AssertionError(f'{tuple(not_found)!r} not all found in await list') from cause

    def assert_not_awaited(self):
        """It was never awaited."""
        if self.await_count != 0:
            raise AssertionError(f'Expected {self._name_for_message()} to not have been awaited. Awaited '
                                 f'{self.await_count} times.')

    def reset_mock(self, /, *args, **kwargs):
        super().reset_mock(*args, **kwargs)
        self.await_count, self.await_args, self.await_args_list = 0, None, _CallList()


def _coroutine_code():
    async def coroutine():
        pass
    return coroutine.__code__


class AsyncMagicMixin(MagicMixin):
    """Special methods of an asynchronous mock."""


class AsyncMock(AsyncMockMixin, AsyncMagicMixin, Mock):
    """A mock whose calls are awaited; await_count, await_args and assert_awaited tell how."""


class _AsyncIterator:
    """Asynchronous iteration over what is there already."""

    def __init__(self, iterator):
        self.iterator = iterator
        self.__dict__['__code__'] = _coroutine_code()

    async def __anext__(self):
        try:
            return next(self.iterator)
        except StopIteration:
            raise StopAsyncIteration


class _MockIter:
    def __init__(self, obj):
        self.obj = iter(obj)

    def __next__(self):
        return next(self.obj)


class _SpecState:
    """What is needed to make the autospec of an attribute when somebody asks for it."""

    def __init__(self, spec, spec_set=False, parent=None, name=None, ids=None, instance=False):
        self.spec, self.ids, self.spec_set = spec, ids, spec_set
        self.parent, self.instance, self.name = parent, instance, name


def seal(mock):
    """Make no new attributes and return values from here on."""
    mock._mock_sealed = True
    for name in dir(mock):
        try:
            child = getattr(mock, name)
        except AttributeError:
            continue
        if not isinstance(child, NonCallableMock) or isinstance(child._mock_children.get(name), _SpecState):
            continue
        if child._mock_new_parent is mock:
            seal(child)


from ._mock_patch import _get_target, _patch, _patch_dict, _patch_multiple, _patch_object, _patch_stopall, patch
from ._mock_spec import create_autospec, mock_open
