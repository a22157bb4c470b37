"""Mocks that follow a specification in all depth, and mocks of files. A part of unittest.mock."""
import functools
import inspect
import io
import types

from . import mock as _mock
from ._mock_calls import DEFAULT, _Call
from ._mock_patch import _instance_callable

# What is defined here belongs to unittest.mock, and is found there.
__name__ = 'unittest.mock'

_FUNCTION_TYPES = (types.FunctionType, types.MethodType)


def _copy_func_details(func, target):
    for name in ('__name__', '__doc__', '__text_signature__', '__module__', '__defaults__', '__kwdefaults__'):
        try:
            setattr(target, name, getattr(func, name))
        except AttributeError:
            pass


def _check_signature(spec, mock, skip_first, instance=False):
    """Let calls of the mock fail when the real thing would not take their arguments."""
    found = _mock._signature_of_spec(spec, instance, skip_first)
    if found is None:
        return
    func, signature = found

    def checksig(self, /, *args, **kwargs):
        signature.bind(*args, **kwargs)

    _copy_func_details(func, checksig)
    type(mock)._mock_check_sig = checksig
    type(mock).__signature__ = signature


def _as_function(mock, spec, is_async=False):
    """A function with the signature of the specification, and the mock behind it."""
    skip_first = isinstance(spec, type)
    found = _mock._signature_of_spec(spec, False, skip_first)
    if found is None:
        return mock
    func, signature = found

    if is_async:
        async def funcopy(*args, **kwargs):
            signature.bind(*args, **kwargs)
            return await mock(*args, **kwargs)
    else:
        def funcopy(*args, **kwargs):
            signature.bind(*args, **kwargs)
            return mock(*args, **kwargs)
    _copy_func_details(func, funcopy)
    funcopy.__name__ = getattr(spec, '__name__', 'funcopy')
    funcopy.__defaults__ = funcopy.__kwdefaults__ = None
    funcopy.__signature__ = signature
    _setup_func(funcopy, mock, is_async)
    return funcopy


def _setup_func(funcopy, mock, is_async):
    funcopy.mock = mock
    for name in ('assert_called_with', 'assert_called_once_with', 'assert_has_calls', 'assert_any_call',
                 'assert_called', 'assert_not_called', 'assert_called_once'):
        setattr(funcopy, name, functools.partial(getattr(type(mock), name), mock))
    if is_async:
        for name in ('assert_awaited', 'assert_awaited_once', 'assert_awaited_with', 'assert_awaited_once_with',
                     'assert_any_await', 'assert_has_awaits', 'assert_not_awaited'):
            setattr(funcopy, name, functools.partial(getattr(type(mock), name), mock))
        funcopy.await_count, funcopy.await_args = 0, None
        funcopy.await_args_list = _mock._CallList()

    def reset_mock():
        funcopy.method_calls, funcopy.mock_calls = _mock._CallList(), _mock._CallList()
        mock.reset_mock()
        result = funcopy.return_value
        if _mock._is_instance_mock(result) and result is not mock:
            result.reset_mock()

    funcopy.called, funcopy.call_count, funcopy.call_args = False, 0, None
    funcopy.call_args_list, funcopy.method_calls, funcopy.mock_calls = (_mock._CallList(), _mock._CallList(),
                                                                        _mock._CallList())
    funcopy.return_value, funcopy.side_effect = mock.return_value, mock.side_effect
    funcopy._mock_children = mock._mock_children
    funcopy.reset_mock = reset_mock
    # Counts and results are kept on the function, where the test sets and reads them.
    mock._mock_delegate = funcopy


def create_autospec(spec, spec_set=False, instance=False, _parent=None, _name=None, *, unsafe=False, **kwargs):
    """A mock that has the attributes of the specification, down to all depths, and takes the arguments that it takes."""
    if _mock._is_list(spec):
        spec = type(spec)  # the list of names says nothing of their values
    is_type = isinstance(spec, type)
    if _mock._is_instance_mock(spec):
        raise _mock.InvalidSpecError(f'Cannot autospec a Mock object. [object={spec!r}]')
    is_async_func = _mock._is_async_func(spec)
    options = {'spec': spec}
    if spec_set:
        options = {'spec_set': spec}
    elif spec is None:
        options = {}
    if options and instance:
        options['_spec_as_instance'] = True
    if not unsafe:
        for given in ('auto_spec', 'autospect', 'set_spec'):
            if given in kwargs:
                raise RuntimeError(f'{given} might be a typo; use unsafe=True if this is intended')
    options.update(kwargs)
    cls = _mock.MagicMock
    if inspect.isdatadescriptor(spec):
        options = {}  # a property may have any value
    elif is_type and instance and not _instance_callable(spec):
        cls = _mock.NonCallableMagicMock
    elif not _mock._callable(spec):
        cls = _mock.NonCallableMagicMock
    elif is_async_func:
        if instance:
            raise RuntimeError('Instance can not be True when create_autospec is mocking an async function')
        cls = _mock.AsyncMock
    name = options.pop('name', _name)
    new_name = name
    if _parent is None:
        new_name = ''  # the top of all names
    mock = cls(parent=_parent, _new_parent=_parent, _new_name=new_name, name=name, **options)
    if isinstance(spec, _FUNCTION_TYPES):
        mock = _as_function(mock, spec, is_async_func)
    else:
        _check_signature(spec, mock, is_type, instance)
    if _parent is not None and not instance:
        _parent._mock_children[_name] = mock
    if is_type and not instance and 'return_value' not in kwargs:
        mock.return_value = create_autospec(spec, spec_set, instance=True, _name='()', _parent=mock)
    _add_children(mock, spec, spec_set, is_type, instance)
    return mock


def _add_children(mock, spec, spec_set, is_type, instance):
    for entry in dir(spec):
        if _mock._is_magic(entry):
            continue
        try:
            original = getattr(spec, entry)
        except AttributeError:
            continue
        options = {'spec': original}
        if spec_set:
            options = {'spec_set': original}
        if not isinstance(original, _FUNCTION_TYPES):
            new = _mock._SpecState(original, spec_set, mock, entry, instance)
            mock._mock_children[entry] = new
            continue
        parent = mock.mock if isinstance(spec, _FUNCTION_TYPES) else mock
        skip_first = _must_skip(spec, entry, is_type)
        options['_eat_self'] = skip_first
        if inspect.iscoroutinefunction(original):
            child = _mock.AsyncMock
        else:
            child = _mock.MagicMock
        new = child(parent=parent, name=entry, _new_name=entry, _new_parent=parent, **options)
        mock._mock_children[entry] = new
        _check_signature(original, new, skip_first=skip_first)
        if isinstance(new, _mock.NonCallableMock):
            setattr(mock, entry, new)


def _must_skip(spec, entry, is_type):
    """Whether the first parameter of a method is bound."""
    if not isinstance(spec, type):
        if entry in getattr(spec, '__dict__', {}):
            return False  # a function on the instance
        spec = spec.__class__
    for base in spec.__mro__:
        found = base.__dict__.get(entry, DEFAULT)
        if found is DEFAULT:
            continue
        if isinstance(found, (staticmethod, classmethod)):
            return False
        if isinstance(found, types.FunctionType):
            return is_type
        return False
    return is_type


# --- files ---

_file_spec = _open_spec = None


def _lines_of(data):
    return (io.BytesIO if isinstance(data, bytes) else io.StringIO)(data)


def mock_open(mock=None, read_data=''):
    """A mock for open(): what it returns reads the given data, and can be entered."""
    global _file_spec, _open_spec
    if _file_spec is None:
        _file_spec = list(set(dir(io.TextIOWrapper)) | set(dir(io.BytesIO)))
        _open_spec = list(set(dir(io.open)))
    stream = _lines_of(read_data)
    state = [stream, None]
    if mock is None:
        mock = _mock.MagicMock(name='open', spec=_open_spec)
    handle = _mock.MagicMock(spec=_file_spec)
    handle.__enter__.return_value = handle

    def readlines(*args, **kwargs):
        if handle.readlines.return_value is not None:
            return handle.readlines.return_value
        return state[0].readlines(*args, **kwargs)

    def read(*args, **kwargs):
        if handle.read.return_value is not None:
            return handle.read.return_value
        return state[0].read(*args, **kwargs)

    def lines():
        if handle.readline.return_value is not None:
            while True:
                yield handle.readline.return_value
        yield from state[0]

    def readline(*args, **kwargs):
        if handle.readline.return_value is not None:
            return handle.readline.return_value
        return state[0].readline(*args, **kwargs)

    def next_line():
        if handle.readline.return_value is not None:
            return handle.readline.return_value
        return next(state[0])

    def close(*args):
        handle.close()

    handle.write.return_value = handle.read.return_value = None
    handle.readline.return_value = handle.readlines.return_value = None
    handle.read.side_effect = read
    handle.readline.side_effect = readline
    handle.readlines.side_effect = readlines
    handle.__iter__.side_effect = lines
    handle.__next__.side_effect = next_line
    state[1] = readline

    def start_again(*args, **kwargs):
        # Each call of open() reads from the beginning.
        state[0] = _lines_of(read_data)
        if handle.readline.side_effect is state[1]:
            handle.readline.side_effect = readline
        return DEFAULT

    mock.side_effect = start_again
    mock.return_value = handle
    return mock
