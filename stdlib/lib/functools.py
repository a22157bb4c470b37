"""Tools for functions that work on other functions: caches, partial application, dispatch.

reduce, partial, cmp_to_key and the cache itself are native (module _functools).
"""

try:
    from _functools import _lru_cache_wrapper, _own_attribute, cmp_to_key, partial, reduce
except ImportError:
    from _py_functools import _lru_cache_wrapper, _own_attribute, cmp_to_key, partial, reduce
from _thread import RLock
from collections import namedtuple

__all__ = [
    "update_wrapper", "wraps", "WRAPPER_ASSIGNMENTS", "WRAPPER_UPDATES",
    "total_ordering", "cmp_to_key", "cache", "lru_cache", "reduce",
    "partial", "partialmethod", "singledispatch", "singledispatchmethod",
    "cached_property",
]

GenericAlias = type(list[int])
_UnionType = type(int | str)

# --- wrappers ---

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__")
WRAPPER_UPDATES = ("__dict__",)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Make `wrapper` look like `wrapped`: copy the attributes `assigned`, merge those in `updated`."""
    for name in assigned:
        try:
            value = getattr(wrapped, name)
        except AttributeError:
            continue
        setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    # Last, so that an updated __dict__ does not bring the __wrapped__ of `wrapped`.
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """The decorator that applies update_wrapper to the function below it."""
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


# --- total_ordering ---

# How each comparison follows from the one that a class defines: `a < b` from `a >= b` is its
# opposite, `a <= b` from `a < b` is that or equality, `a < b` from `a <= b` is that and inequality,
# and so on. `negate` turns the answer round first; `join` is what equality adds to it.


def _derive(name, root, negate, join):
    def method(self, other):
        answer = getattr(type(self), root)(self, other)
        if answer is NotImplemented:
            return answer
        if negate:
            answer = not answer
        if join == "or":
            return answer or self == other
        if join == "and":
            return answer and self != other
        return answer

    method.__name__ = name
    method.__qualname__ = f"_{name.strip('_')}_from_{root.strip('_')}"
    source = f"({'not ' if negate else ''}a {_OPERATORS[root]} b)"
    if join:
        source += f" {join} (a {'==' if join == 'or' else '!='} b)"
    method.__doc__ = f"Return a {_OPERATORS[name]} b.  Computed by @total_ordering from {source}."
    return method


_OPERATORS = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}

_DERIVATIONS = {
    "__lt__": [("__gt__", True, "and"), ("__le__", False, "or"), ("__ge__", True, None)],
    "__le__": [("__ge__", True, "or"), ("__lt__", False, "and"), ("__gt__", True, None)],
    "__gt__": [("__lt__", True, "and"), ("__ge__", False, "or"), ("__le__", True, None)],
    "__ge__": [("__le__", True, "or"), ("__gt__", False, "and"), ("__lt__", True, None)],
}


def total_ordering(cls):
    """Class decorator: fills in the ordering methods that are missing."""
    defined = [name for name in _DERIVATIONS
               if getattr(cls, name, None) is not getattr(object, name, None)]
    if not defined:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    # Prefer __lt__ to __le__ to __gt__ to __ge__.
    root = max(defined)
    for name, negate, join in _DERIVATIONS[root]:
        if name not in defined:
            setattr(cls, name, _derive(name, root, negate, join))
    return cls


# --- caches ---

_CacheInfo = namedtuple("CacheInfo", ["hits", "misses", "maxsize", "currsize"])


def lru_cache(maxsize=128, typed=False):
    """Decorator: remember the results of the `maxsize` most recently used calls (None: of all).

    With `typed`, arguments of different types are told apart even when they are equal.
    """
    if isinstance(maxsize, int):
        if maxsize < 0:
            maxsize = 0
    elif callable(maxsize) and isinstance(typed, bool):
        # @lru_cache without parentheses: what came is the function.
        function, maxsize = maxsize, 128
        return _make_cache(function, maxsize, typed)
    elif maxsize is not None:
        raise TypeError("Expected first argument to be an integer, a callable, or None")

    def decorating_function(user_function):
        return _make_cache(user_function, maxsize, typed)

    return decorating_function


def _make_cache(function, maxsize, typed):
    wrapper = _lru_cache_wrapper(function, maxsize, typed, _CacheInfo)
    wrapper.cache_parameters = lambda: {"maxsize": maxsize, "typed": typed}
    return update_wrapper(wrapper, function)


def cache(user_function, /):
    """Decorator: remember the results of all calls."""
    return lru_cache(maxsize=None)(user_function)


_MISSING = object()


class cached_property:
    """A method whose result becomes an attribute of the instance at the first access."""

    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__
        self.lock = RLock()

    def __set_name__(self, owner, name):
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError(
                "Cannot assign the same cached_property to two different names "
                f"({self.attrname!r} and {name!r})."
            )

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        name = self.attrname
        if name is None:
            raise TypeError(
                "Cannot use cached_property instance without calling __set_name__ on it.")
        try:
            value = _own_attribute(instance, name, _MISSING)
        except AttributeError:
            raise TypeError(
                f"No '__dict__' attribute on {type(instance).__name__!r} "
                f"instance to cache {name!r} property."
            ) from None
        if value is not _MISSING:
            return value
        with self.lock:
            # Another thread may have been here first.
            value = _own_attribute(instance, name, _MISSING)
            if value is _MISSING:
                value = self.func(instance)
                try:
                    object.__setattr__(instance, name, value)
                except TypeError:
                    raise TypeError(
                        f"The '__dict__' attribute on {type(instance).__name__!r} instance "
                        f"does not support item assignment for caching {name!r} property."
                    ) from None
        return value

    __class_getitem__ = classmethod(GenericAlias)


# --- partialmethod ---


class partialmethod:
    """A method with some arguments given already, for use in a class body."""

    def __init__(self, func, /, *args, **keywords):
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError("{!r} is not callable or a descriptor".format(func))
        if isinstance(func, partialmethod):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self.func = func
        self.args = args
        self.keywords = keywords

    def __repr__(self):
        cls = type(self)
        args = ', '.join(map(repr, self.args))
        keywords = ', '.join(f"{name}={value!r}" for name, value in self.keywords.items())
        return f"{cls.__module__}.{cls.__qualname__}({self.func}, {args}, {keywords})"

    def _make_unbound_method(self):
        def _method(cls_or_self, /, *args, **keywords):
            keywords = {**self.keywords, **keywords}
            return self.func(cls_or_self, *self.args, *args, **keywords)

        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method._partialmethod = self
        return _method

    def __get__(self, obj, cls=None):
        getter = getattr(self.func, "__get__", None)
        if getter is not None:
            bound = getter(obj, cls)
            if bound is not self.func:
                # The descriptor did its part (a classmethod, say): only the arguments are left.
                result = partial(bound, *self.args, **self.keywords)
                try:
                    result.__self__ = bound.__self__
                except AttributeError:
                    pass
                return result
        return self._make_unbound_method().__get__(obj, cls)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)

    __class_getitem__ = classmethod(GenericAlias)


# --- singledispatch ---


def _merge(sequences):
    """C3: repeatedly the first head that is in no tail."""
    sequences = [list(sequence) for sequence in sequences if sequence]
    merged = []
    while sequences:
        for sequence in sequences:
            head = sequence[0]
            if not any(head in other[1:] for other in sequences):
                break
        else:
            raise RuntimeError("Inconsistent hierarchy")
        merged.append(head)
        for sequence in sequences:
            if sequence[0] is head:
                del sequence[0]
        sequences = [sequence for sequence in sequences if sequence]
    return merged


def _linearize(cls, abstract):
    """The MRO of `cls` with the abstract classes it only pretends to inherit put where they fit."""
    bases = list(cls.__bases__)
    # Abstract bases that are registered explicitly stay behind the last base with __abstractmethods__.
    boundary = 0
    for index in range(len(bases) - 1, -1, -1):
        if hasattr(bases[index], "__abstractmethods__"):
            boundary = index + 1
            break
    explicit, other = bases[:boundary], bases[boundary:]
    here = [base for base in abstract
            if issubclass(cls, base) and not any(issubclass(b, base) for b in cls.__bases__)]
    rest = [base for base in abstract if base not in here]
    return _merge(
        [[cls]]
        + [_linearize(base, rest) for base in explicit]
        + [_linearize(base, rest) for base in here]
        + [_linearize(base, rest) for base in other]
        + [explicit] + [here] + [other])


def _dispatch_order(cls, registered):
    bases = set(cls.__mro__)

    def is_related(kind):
        return (kind not in bases and hasattr(kind, "__mro__")
                and not isinstance(kind, GenericAlias) and issubclass(cls, kind))

    related = [kind for kind in registered if is_related(kind)]
    # A class that another of them inherits from comes in with that one.
    related = [kind for kind in related
               if not any(kind is not other and kind in other.__mro__ for other in related)]
    wanted = set(related)
    abstract = []
    for kind in related:
        chains = [[base for base in sub.__mro__ if base in wanted]
                  for sub in kind.__subclasses__()
                  if sub not in bases and issubclass(cls, sub)]
        if not chains:
            abstract.append(kind)
            continue
        chains.sort(key=len, reverse=True)
        for chain in chains:
            for base in chain:
                if base not in abstract:
                    abstract.append(base)
    return _linearize(cls, abstract)


def _find_implementation(cls, registry):
    match = None
    for kind in _dispatch_order(cls, list(registry)):
        if match is not None:
            # Two registered abstract classes fit equally well.
            if (kind in registry and kind not in cls.__mro__ and match not in cls.__mro__
                    and not issubclass(match, kind)):
                raise RuntimeError("Ambiguous dispatch: {} or {}".format(match, kind))
            break
        if kind in registry:
            match = kind
    return registry.get(match)


def _union_members(annotation):
    """The classes of a union, or None when it is no union."""
    if isinstance(annotation, _UnionType):
        return annotation.__args__
    origin = getattr(annotation, "__origin__", None)
    if type(origin).__name__ == "_SpecialForm" and getattr(origin, "_name", None) == "Union":
        return annotation.__args__
    return None


def _is_class(annotation):
    return isinstance(annotation, type) and not isinstance(annotation, GenericAlias)


def _is_dispatch_type(annotation):
    if _is_class(annotation):
        return True
    members = _union_members(annotation)
    return members is not None and all(_is_class(member) for member in members)


def singledispatch(func):
    """Decorator: a generic function that chooses its implementation by the type of the first argument."""
    from types import MappingProxyType
    from weakref import WeakKeyDictionary

    registry = {}
    remembered = WeakKeyDictionary()
    token = None

    def dispatch(cls):
        """dispatch(cls) -> the implementation that is used for instances of cls."""
        nonlocal token
        if token is not None:
            from abc import get_cache_token
            current = get_cache_token()
            if token != current:
                remembered.clear()
                token = current
        try:
            return remembered[cls]
        except KeyError:
            pass
        implementation = registry.get(cls)
        if implementation is None:
            implementation = _find_implementation(cls, registry)
        remembered[cls] = implementation
        return implementation

    def register(cls, func=None):
        """register(cls, func) -> func: use func for instances of cls. Also a decorator."""
        nonlocal token
        if _is_dispatch_type(cls):
            if func is None:
                return lambda f: register(cls, f)
        else:
            if func is not None:
                raise TypeError(
                    f"Invalid first argument to `register()`. {cls!r} is not a class or union type.")
            annotations = getattr(cls, "__annotations__", {})
            if not annotations:
                raise TypeError(
                    f"Invalid first argument to `register()`: {cls!r}. "
                    "Use either `@register(some_class)` or plain `@register` "
                    "on an annotated function.")
            func = cls
            argname, cls = next(iter(annotations.items()))
            if isinstance(cls, str):
                cls = eval(cls, func.__globals__)
            if cls is None:
                cls = type(None)
            if not _is_dispatch_type(cls):
                if _union_members(cls) is not None:
                    raise TypeError(
                        f"Invalid annotation for {argname!r}. {cls!r} not all arguments are classes.")
                raise TypeError(f"Invalid annotation for {argname!r}. {cls!r} is not a class.")
        for member in _union_members(cls) or (cls,):
            registry[member] = func
            if token is None and hasattr(member, "__abstractmethods__"):
                from abc import get_cache_token
                token = get_cache_token()
        remembered.clear()
        return func

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f"{name} requires at least 1 positional argument")
        return dispatch(args[0].__class__)(*args, **kw)

    name = getattr(func, "__name__", "singledispatch function")
    registry[object] = func
    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = MappingProxyType(registry)
    wrapper._clear_cache = remembered.clear
    update_wrapper(wrapper, func)
    return wrapper


class singledispatchmethod:
    """singledispatch for methods: chooses by the first argument that is not self or cls."""

    def __init__(self, func):
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError(f"{func!r} is not callable or a descriptor")
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        """register(cls, method) -> method: use it for arguments of the class."""
        return self.dispatcher.register(cls, func=method)

    def __get__(self, obj, cls=None):
        def _method(*args, **kwargs):
            method = self.dispatcher.dispatch(args[0].__class__)
            return method.__get__(obj, cls)(*args, **kwargs)

        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method.register = self.register
        update_wrapper(_method, self.func)
        return _method

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)
