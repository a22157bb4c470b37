"""patch and its relatives: names that mean something else for a while. A part of unittest.mock."""
import contextlib
import inspect
import pkgutil
import sys
from functools import partial, wraps

from . import mock as _mock
from ._mock_calls import DEFAULT, sentinel

# What is defined here belongs to unittest.mock, and is found there.
__name__ = 'unittest.mock'

_unset = sentinel.UNSET


def _importer(target):
    return pkgutil.resolve_name(target)


def _get_target(target):
    """(a function that imports what has the attribute, the attribute's name)"""
    try:
        target, attribute = target.rsplit('.', 1)
    except (TypeError, ValueError, AttributeError):
        raise TypeError(f'Need a valid target to patch. You supplied: {target!r}')
    return partial(_importer, target), attribute


def _is_started(patcher):
    return hasattr(patcher, 'is_local')


class _Patcher:
    """What all patchers do: they decorate classes, and can be started and stopped. `copy` makes another one like this."""

    _active_patches = []

    def decorate_class(self, klass):
        """Every test method gets a patcher of its own."""
        for name in filter(lambda name: name.startswith(patch.TEST_PREFIX), dir(klass)):
            method = getattr(klass, name)
            if callable(method):
                setattr(klass, name, self.copy()(method))
        return klass

    def start(self):
        """Begin; what a with statement would give."""
        given = self.__enter__()
        self._active_patches.append(self)
        return given

    def stop(self):
        """End what start() began; nothing if it did not."""
        if self not in self._active_patches:
            return None
        self._active_patches.remove(self)
        return self.__exit__(None, None, None)


# What patch() is told about the mock that it makes.
_SETTINGS = ('new', 'spec', 'create', 'spec_set', 'autospec', 'new_callable')
_TYPOS = ('auto_spec', 'autospect', 'set_spec')


class _patch(_Patcher):
    """One name that is to mean something else: a decorator, a manager, or start() and stop()."""

    attribute_name = None

    def __init__(self, getter, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs, *, unsafe=False):
        for name, given in (('new', new is not DEFAULT), ('autospec', autospec is not None)):
            if given and new_callable is not None:
                raise ValueError(f"Cannot use '{name}' and 'new_callable' together")
        typos = [] if unsafe else [name for name in _TYPOS if name in kwargs]
        if typos:
            raise RuntimeError(f'{typos[0]} might be a typo; use unsafe=True if this is intended')
        for shown, value, words in (('spec', spec, 'the spec has'), ('spec_set', spec_set, 'the spec_set target has')):
            if _mock._is_instance_mock(value):
                raise _mock.InvalidSpecError(
                    f'Cannot spec attr {attribute!r} as {words} already been mocked out. [{shown}={value!r}]')
        self.getter, self.attribute, self.kwargs = getter, attribute, kwargs
        vars(self).update(zip(_SETTINGS, (new, spec, create, spec_set, autospec, new_callable)))
        self.has_local, self.additional_patchers = False, []

    def copy(self):
        settings = [getattr(self, name) for name in _SETTINGS]
        twin = _patch(self.getter, self.attribute, *settings, self.kwargs)
        twin.attribute_name = self.attribute_name
        twin.additional_patchers += [patcher.copy() for patcher in self.additional_patchers]
        return twin

    # --- decorating ---

    def __call__(self, func):
        if isinstance(func, type):
            return self.decorate_class(func)
        asynchronous = inspect.iscoroutinefunction(func)
        return (self.decorate_async_callable if asynchronous else self.decorate_callable)(func)

    @contextlib.contextmanager
    def decoration_helper(self, patched, args, keywargs):
        extra = []
        with contextlib.ExitStack() as stack:
            for patching in patched.patchings:
                arg = stack.enter_context(patching)
                if patching.attribute_name is not None:
                    keywargs.update(arg)
                elif patching.new is DEFAULT:
                    extra.append(arg)
            yield args + tuple(extra), keywargs

    def _joined(self, func, wrap):
        """A function that is patched already gets another patch; others are wrapped."""
        if hasattr(func, 'patchings'):
            func.patchings.append(self)
            return func
        wrapped = wraps(func)(wrap)
        wrapped.patchings = [self]
        return wrapped

    def decorate_callable(self, func):
        def patched(*args, **keywargs):
            with self.decoration_helper(made, args, keywargs) as (newargs, newkeywargs):
                return func(*newargs, **newkeywargs)

        made = self._joined(func, patched)
        return made

    def decorate_async_callable(self, func):
        async def patched(*args, **keywargs):
            with self.decoration_helper(made, args, keywargs) as (newargs, newkeywargs):
                return await func(*newargs, **newkeywargs)

        made = self._joined(func, patched)
        return made

    # --- entering and leaving ---

    def get_original(self):
        """(what the name means now, whether the target has it itself)"""
        target, name = self.getter(), self.attribute
        local = False
        try:
            original = target.__dict__[name]
        except (AttributeError, KeyError):
            original = getattr(target, name, DEFAULT)
        else:
            local = True
        if name in _mock._builtins and isinstance(target, type(sys)):
            self.create = True
        if not self.create and original is DEFAULT:
            raise AttributeError(f'{target} does not have the attribute {name!r}')
        return original, local

    def __enter__(self):
        self.target = self.getter()
        self._exit_stack = contextlib.ExitStack()
        original, local = self.get_original()
        new = self._make_new(original)
        self.temp_original, self.is_local = original, local
        try:
            setattr(self.target, self.attribute, new)
            if self.attribute_name is not None:
                extra = {}
                if self.new is DEFAULT:
                    extra[self.attribute_name] = new
                for patching in self.additional_patchers:
                    arg = self._exit_stack.enter_context(patching)
                    if patching.new is DEFAULT:
                        extra.update(arg)
                return extra
            return new
        except BaseException:
            if not self.__exit__(*sys.exc_info()):
                raise

    def _make_new(self, original):
        """What the name is to mean."""
        spec, spec_set, autospec = (None if value is False else value
                                    for value in (self.spec, self.spec_set, self.autospec))
        kwargs = {**self.kwargs}
        if spec is not None and autospec is not None:
            raise TypeError("Can't specify spec and autospec")
        if not (spec is autospec is None or spec_set is None or spec_set is True):
            raise TypeError("Can't provide explicit spec_set *and* spec or autospec")
        if autospec is not None:
            return self._make_autospec(original, self.new, autospec, bool(spec_set), kwargs)
        if self.new is DEFAULT:
            return self._make_mock(original, spec, spec_set, kwargs)
        if kwargs:
            raise TypeError("Can't pass kwargs to a mock we aren't creating")
        return self.new

    def _make_mock(self, original, spec, spec_set, kwargs):
        # True stands for what is there now; and spec_set=True means that spec is a spec_set.
        if spec is True:
            spec = original
        if spec_set is True:
            spec, spec_set = None, original if spec is None else spec
        model = spec if spec is not None else spec_set
        if model is not None and original is DEFAULT:
            raise TypeError("Can't use 'spec' with create=True")
        make = self._mock_class(original, spec, model) if self.new_callable is None else self.new_callable
        options = {name: value for name, value in (('spec', spec), ('spec_set', spec_set)) if value is not None}
        named = {}
        if isinstance(make, type) and issubclass(make, _mock.NonCallableMock) and self.attribute:
            named['name'] = self.attribute
        options |= kwargs
        made = make(**{**named, **options})
        if model is not None and isinstance(original, type) and _mock._is_instance_mock(made):
            # A class: what it returns follows the specification as an instance.
            if not _mock._is_list(model) and not _instance_callable(model):
                make = _mock.NonCallableMagicMock
            options.pop('name', None)
            made.return_value = make(_new_parent=made, _new_name='()', **options)
        return made

    @staticmethod
    def _mock_class(original, spec, model):
        """The class of mocks that can do what the model, or what was there, can."""
        usual = _mock.AsyncMock if spec is None and _mock._is_async_obj(original) else _mock.MagicMock
        if model is None:
            return usual
        if _mock._is_async_obj(model):
            return _mock.AsyncMock
        can_call = '__call__' in model if _mock._is_list(model) else callable(model)
        return usual if can_call else _mock.NonCallableMagicMock

    def _make_autospec(self, original, new, autospec, spec_set, kwargs):
        if new is not DEFAULT:
            raise TypeError("autospec creates the mock for you. Can't specify autospec and new.")
        if original is DEFAULT:
            raise TypeError("Can't use 'autospec' with create=True")
        if autospec is True:
            autospec = original
        if _mock._is_instance_mock(self.target):
            raise _mock.InvalidSpecError(f'Cannot autospec attr {self.attribute!r} as the patch target has already been '
                                         f'mocked out. [target={self.target!r}, attr={autospec!r}]')
        if _mock._is_instance_mock(autospec):
            name = getattr(self.target, '__name__', self.target)
            raise _mock.InvalidSpecError(f'Cannot autospec attr {self.attribute!r} from target {name!r} as it has already '
                                         f'been mocked out. [target={self.target!r}, attr={autospec!r}]')
        return _mock.create_autospec(autospec, spec_set=spec_set, _name=self.attribute, **kwargs)

    def __exit__(self, *exc_info):
        if self.is_local and self.temp_original is not DEFAULT:
            setattr(self.target, self.attribute, self.temp_original)
        else:
            delattr(self.target, self.attribute)
            if not self.create and (not hasattr(self.target, self.attribute) or self.attribute in (
                    '__doc__', '__module__', '__defaults__', '__annotations__', '__kwdefaults__')):
                setattr(self.target, self.attribute, self.temp_original)
        del self.temp_original, self.is_local, self.target
        stack = self._exit_stack
        del self._exit_stack
        return stack.__exit__(*exc_info)


def _instance_callable(obj):
    """Whether instances of a class, or the object, can be called."""
    if not isinstance(obj, type):
        return getattr(obj, '__call__', None) is not None
    return any([base.__dict__.get('__call__') is not None for base in (obj,) + obj.__mro__])


def _patch_object(target, attribute, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None,
                  new_callable=None, *, unsafe=False, **kwargs):
    """Patch an attribute of an object that is at hand."""
    if type(target) is str:
        raise TypeError(f'{target!r} must be the actual object to be patched, not a str')
    return _patch(lambda: target, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs, unsafe=unsafe)


def _patch_multiple(target, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, **kwargs):
    """Patch several attributes; those given as DEFAULT become mocks, which are handed on by name."""
    getter = partial(_importer, target) if type(target) is str else lambda: target
    if not kwargs:
        raise ValueError('Must supply at least one keyword argument with patch.multiple')
    (first, new), *others = kwargs.items()
    patcher = _patch(getter, first, new, spec, create, spec_set, autospec, new_callable, {})
    patcher.attribute_name = first
    for attribute, new in others:
        another = _patch(getter, attribute, new, spec, create, spec_set, autospec, new_callable, {})
        another.attribute_name = attribute
        patcher.additional_patchers.append(another)
    return patcher


def patch(target, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, *, unsafe=False,
          **kwargs):
    """Let the name 'package.module.attribute' mean a mock, or `new`, while a function or with block runs."""
    getter, attribute = _get_target(target)
    return _patch(getter, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs, unsafe=unsafe)


class _patch_dict(_Patcher):
    """Changes a dict (or the one that a name means) and puts back what was there."""

    def __init__(self, in_dict, values=(), clear=False, **kwargs):
        self.in_dict, self.values, self.clear = in_dict, {**dict(values), **kwargs}, clear
        self._original = None

    def copy(self):
        return _patch_dict(self.in_dict, self.values, self.clear)

    def __call__(self, f):
        if isinstance(f, type):
            return self.decorate_class(f)

        def patched(*args, **kw):
            with self:
                return f(*args, **kw)

        async def patched_async(*args, **kw):
            with self:
                return await f(*args, **kw)

        return wraps(f)(patched_async if inspect.iscoroutinefunction(f) else patched)

    def __enter__(self):
        self._patch_dict()
        return self.in_dict

    def _patch_dict(self):
        if isinstance(self.in_dict, str):
            self.in_dict = _importer(self.in_dict)
        known = self.in_dict
        # Mappings may have the least methods only.
        self._original = known.copy() if hasattr(known, 'copy') else {key: known[key] for key in known}
        if self.clear:
            _clear_dict(known)
        _fill_dict(known, self.values)

    def _unpatch_dict(self):
        _clear_dict(self.in_dict)
        _fill_dict(self.in_dict, self._original)

    def __exit__(self, *args):
        if self._original is not None:
            self._unpatch_dict()
            self._original = None
        return False


def _clear_dict(in_dict):
    if hasattr(in_dict, 'clear'):
        in_dict.clear()
    else:
        for key in [*in_dict]:
            del in_dict[key]


def _fill_dict(in_dict, values):
    if hasattr(in_dict, 'update'):
        in_dict.update(values)
    else:
        for key in values:
            in_dict[key] = values[key]


def _patch_stopall():
    """Stop all patches that were started."""
    for patcher in reversed(_patch._active_patches):
        patcher.stop()


patch.object = _patch_object
patch.dict = _patch_dict
patch.multiple = _patch_multiple
patch.stopall = _patch_stopall
patch.TEST_PREFIX = 'test'
