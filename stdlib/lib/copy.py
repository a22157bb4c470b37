"""Shallow and deep copies of any object.

Both ask the object in the same order: its own __copy__ or __deepcopy__, then what pickling would ask (copyreg's table,
__reduce_ex__), whose answer says how to make it anew. A deep copy keeps a memo, a dict from the id of each original to its
copy, so that what is reached twice is copied once, cycles included.
"""
import types
import weakref
from _copy import update_attributes
from copyreg import dispatch_table

__all__ = ['Error', 'copy', 'deepcopy']


class Error(Exception):
    pass


error = Error

# What cannot change, or stands for itself.
_immutable = {types.NoneType, int, float, bool, complex, bytes, str, type, range, property, types.BuiltinFunctionType,
              types.EllipsisType, types.NotImplementedType, types.FunctionType, types.CodeType, weakref.ref}
# These cannot change either, but may hold what can.
_immutable_outside = _immutable | {tuple, frozenset, slice}


def _itself(part):
    return part


_shallow = {cls: cls.copy for cls in (list, dict, set, bytearray)} | dict.fromkeys(_immutable_outside, _itself)


def copy(x):
    """A new object of the same class with the same contents."""
    cls = type(x)
    ready = _shallow.get(cls)
    if ready is not None:
        return ready(x)
    if issubclass(cls, type):
        return x
    own = getattr(cls, '__copy__', None)
    if own is not None:
        return own(x)
    recipe = _recipe(x)
    return x if isinstance(recipe, str) else _made_anew(id(x), _itself, None, *recipe)


def deepcopy(x, memo=None, _nil=[]):
    """A copy of the object and of everything in it. `memo` holds what has been copied, by id."""
    cls = type(x)
    if cls in _immutable:
        return x
    if memo is None:
        memo = {}
    known = memo.get(id(x), _nil)
    if known is not _nil:
        return known
    made = _deep(x, cls, memo)
    if made is not x:
        memo[id(x)] = made
        # The original must outlive the memo, or its id might be given to something else.
        memo.setdefault(id(memo), []).append(x)
    return made


def _deep(x, cls, memo):
    special = _deep_special.get(cls)
    if special is not None:
        return special(x, memo)
    if issubclass(cls, type):
        return x
    own = getattr(x, '__deepcopy__', None)
    if own is not None:
        return own(memo)
    recipe = _recipe(x)
    return x if isinstance(recipe, str) else _made_anew(id(x), lambda part: deepcopy(part, memo), memo, *recipe)


def _deep_list(x, memo):
    made = memo[id(x)] = []
    for item in x:
        made.append(deepcopy(item, memo))
    return made


def _deep_dict(x, memo):
    made = memo[id(x)] = {}
    for key, value in x.items():
        made[deepcopy(key, memo)] = deepcopy(value, memo)
    return made


def _deep_tuple(x, memo):
    items = [deepcopy(item, memo) for item in x]
    # A tuple that contains itself, through something else, has been copied by now.
    if id(x) in memo:
        return memo[id(x)]
    return x if all(map(_is, x, items)) else tuple(items)


def _deep_method(x, memo):
    return type(x)(x.__func__, deepcopy(x.__self__, memo))


def _is(a, b):
    return a is b


_deep_special = {list: _deep_list, tuple: _deep_tuple, dict: _deep_dict, types.MethodType: _deep_method}


def _recipe(x):
    """How the object says it is made anew: a tuple as __reduce__ gives it, or a str for "as it is"."""
    registered = dispatch_table.get(type(x))
    if registered is not None:
        return registered(x)
    for name, arguments in (('__reduce_ex__', (4,)), ('__reduce__', ())):
        method = getattr(x, name, None)
        if method is not None:
            return method(*arguments)
    raise Error(f'un(deep)copyable object of type {type(x)}')


def _made_anew(key, part, memo, function, arguments, state=None, items=None, pairs=None):
    """Follow the recipe; `part` gives what takes the place of each thing in it. The memo learns of the object early."""
    made = function(*map(part, arguments))
    if memo is not None:
        memo[key] = made
    if state is not None:
        _set_state(made, part(state))
    for item in items or ():
        made.append(part(item))
    for key, value in pairs or ():
        made[part(key)] = part(value)
    return made


def _set_state(made, state):
    if hasattr(made, '__setstate__'):
        made.__setstate__(state)
        return
    attributes, slots = state if isinstance(state, tuple) and len(state) == 2 else (state, None)
    if attributes is not None:
        update_attributes(made, attributes)
    for name, value in (slots or {}).items():
        setattr(made, name, value)
