"""Classes that are mostly fields: dataclass writes __init__, __repr__, __eq__ and more from the annotations.

The methods of a class are written as text and compiled at once (_Methods); what they need beyond the names of fields,
such as default values, reaches them as arguments of the function around them.
"""
import abc
import keyword
import sys
import types

__all__ = ['dataclass', 'field', 'Field', 'FrozenInstanceError', 'InitVar', 'KW_ONLY', 'MISSING', 'fields', 'asdict',
           'astuple', 'make_dataclass', 'replace', 'is_dataclass']


class FrozenInstanceError(AttributeError):
    """A field of a frozen dataclass was assigned to or deleted."""


class _HAS_DEFAULT_FACTORY_CLASS:
    """The default in the signature of a parameter whose value a factory makes."""

    def __repr__(self):
        return '<factory>'


_HAS_DEFAULT_FACTORY = _HAS_DEFAULT_FACTORY_CLASS()


class _MISSING_TYPE:
    """The class of MISSING: no value was given."""


MISSING = _MISSING_TYPE()


class _KW_ONLY_TYPE:
    """The class of KW_ONLY: fields behind an annotation with it are keyword-only."""


KW_ONLY = _KW_ONLY_TYPE()


class _FIELD_BASE:
    """The kinds of fields: a real one, a class variable, a parameter of __init__ alone."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


_FIELD = _FIELD_BASE('_FIELD')
_FIELD_CLASSVAR = _FIELD_BASE('_FIELD_CLASSVAR')
_FIELD_INITVAR = _FIELD_BASE('_FIELD_INITVAR')

_FIELDS = '__dataclass_fields__'
_PARAMS = '__dataclass_params__'
_POST_INIT_NAME = '__post_init__'
_EMPTY_METADATA = types.MappingProxyType({})


class InitVar:
    """Annotates a parameter of __init__ that is handed to __post_init__ and kept nowhere: InitVar[int]."""

    __slots__ = ('type',)

    def __init__(self, type):
        self.type = type

    def __repr__(self):
        is_class = isinstance(self.type, type) and not isinstance(self.type, types.GenericAlias)
        return f'dataclasses.InitVar[{self.type.__name__ if is_class else repr(self.type)}]'

    def __class_getitem__(cls, type):
        return InitVar(type)


class Field:
    """All that is known of a field; made by field()."""

    __slots__ = ('name', 'type', 'default', 'default_factory', 'repr', 'hash', 'init', 'compare', 'metadata', 'kw_only',
                 '_field_type')

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = self.type = self._field_type = None  # known when the class is
        self.default, self.default_factory = default, default_factory
        self.init, self.repr, self.hash, self.compare = init, repr, hash, compare
        self.metadata = _EMPTY_METADATA if metadata is None else types.MappingProxyType(metadata)
        self.kw_only = kw_only

    def __repr__(self):
        shown = ('name', 'type', 'default', 'default_factory', 'init', 'repr', 'hash', 'compare', 'metadata', 'kw_only')
        parts = [f'{name}={getattr(self, name)!r}' for name in shown]
        return f'Field({",".join(parts)},_field_type={self._field_type})'

    def __set_name__(self, owner, name):
        # The default is what the class had under this name, and it may want to know.
        tell = getattr(type(self.default), '__set_name__', None)
        if tell:
            tell(self.default, owner, name)

    __class_getitem__ = classmethod(types.GenericAlias)


class _DataclassParams:
    """The arguments of dataclass()."""

    __slots__ = ('init', 'repr', 'eq', 'order', 'unsafe_hash', 'frozen')

    def __init__(self, init, repr, eq, order, unsafe_hash, frozen):
        self.init, self.repr, self.eq = init, repr, eq
        self.order, self.unsafe_hash, self.frozen = order, unsafe_hash, frozen

    def __repr__(self):
        return f'_DataclassParams({",".join([f"{name}={getattr(self, name)!r}" for name in self.__slots__])})'


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None,
          kw_only=MISSING):
    """Say more of a field than its default value."""
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError('cannot specify both default and default_factory')
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


# --- which fields a class has ---

def _is_classvar(annotation, typing):
    return annotation is typing.ClassVar or (
        type(annotation) is typing._GenericAlias and annotation.__origin__ is typing.ClassVar)


def _is_initvar(annotation, dataclasses):
    return annotation is dataclasses.InitVar or type(annotation) is dataclasses.InitVar


def _is_kw_only(annotation, dataclasses):
    return annotation is dataclasses.KW_ONLY


def _leading_name(text):
    """(prefix or None, name) that a dotted name at the start of a text consists of; (None, '') without one."""
    def identifier(at):
        while at < len(text) and text[at].isspace():
            at += 1
        end = at
        while end < len(text) and (text[end].isalnum() or text[end] == '_'):
            end += 1
        return text[at:end], end

    first, end = identifier(0)
    after = text[end:].lstrip()
    if first and after.startswith('.'):
        second, _ = identifier(text.index('.', end) + 1)
        if second:
            return first, second
    return None, first


def _names(annotation, cls, module, wanted, predicate):
    """Whether the text of an annotation begins with a name that means `wanted`; nothing is evaluated."""
    prefix, name = _leading_name(annotation)
    if not name:
        return False
    namespace = getattr(sys.modules.get(cls.__module__), '__dict__', None)
    if prefix is not None and namespace is not None:
        # Only the module that really has the thing counts.
        if namespace.get(prefix) is not module:
            return False
        namespace = sys.modules.get(wanted.__module__).__dict__
    return bool(namespace) and predicate(namespace.get(name), module)


def _kind_of(annotation, cls):
    """(kind of field, whether it is KW_ONLY)"""
    typing, dataclasses = sys.modules.get('typing'), sys.modules[__name__]
    text = isinstance(annotation, str)
    if typing and (_is_classvar(annotation, typing)
                   or text and _names(annotation, cls, typing, typing.ClassVar, _is_classvar)):
        return _FIELD_CLASSVAR
    if _is_initvar(annotation, dataclasses) or text and _names(annotation, cls, dataclasses, InitVar, _is_initvar):
        return _FIELD_INITVAR
    return _FIELD


def _make_field(cls, name, annotation, default_kw_only):
    """The Field of one annotation."""
    default = getattr(cls, name, MISSING)
    if isinstance(default, Field):
        made = default
    else:
        if isinstance(default, types.MemberDescriptorType):
            default = MISSING  # a slot, and no value
        made = field(default=default)
    made.name, made.type = name, annotation
    made._field_type = _kind_of(annotation, cls)
    if made._field_type is not _FIELD and made.default_factory is not MISSING:
        raise TypeError(f'field {made.name} cannot have a default factory')
    if made._field_type is _FIELD_CLASSVAR:
        if made.kw_only is not MISSING:
            raise TypeError(f'field {made.name} is a ClassVar but specifies kw_only')
    elif made.kw_only is MISSING:
        made.kw_only = default_kw_only
    if made._field_type is _FIELD and made.default.__class__.__hash__ is None:
        # What cannot be hashed can be changed, and would be shared by all instances.
        raise ValueError(f'mutable default {type(made.default)} for field {made.name} is not allowed: use '
                         'default_factory')
    return made


def _collect_fields(cls, kw_only):
    """The fields of the bases, then those of the class itself, by name."""
    collected = {}
    for base in cls.__mro__[-1:0:-1]:
        collected.update(getattr(base, _FIELDS, None) or {})
    annotations = cls.__dict__.get('__annotations__', {})
    dataclasses = sys.modules[__name__]
    separator_seen = False
    own = []
    for name, annotation in annotations.items():
        if _is_kw_only(annotation, dataclasses) or (isinstance(annotation, str) and _names(
                annotation, cls, dataclasses, KW_ONLY.__class__, _is_kw_only)):
            if separator_seen:
                raise TypeError(f'{name!r} is KW_ONLY, but KW_ONLY has already been specified')
            separator_seen = kw_only = True
        else:
            own.append(_make_field(cls, name, annotation, kw_only))
    for made in own:
        collected[made.name] = made
        if isinstance(getattr(cls, made.name, None), Field):
            if made.default is MISSING:
                delattr(cls, made.name)
            else:
                setattr(cls, made.name, made.default)
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in annotations:
            raise TypeError(f'{name!r} is a field but has no type annotation')
    return collected


# --- methods ---

class _Methods:
    """Texts of methods that are compiled together."""

    def __init__(self, cls, globals):
        self.cls, self.globals = cls, globals
        self.lines, self.names, self.outside = [], [], {}

    def add(self, name, parameters, body):
        self.lines.append(f' def {name}({", ".join(parameters)}):')
        self.lines += [f'  {line}' for line in body]
        self.names.append(name)

    def make(self):
        """The functions by name."""
        if not self.names:
            return {}
        text = '\n'.join([f'def __make__({", ".join(self.outside)}):', *self.lines,
                          f' return ({", ".join(self.names)},)'])
        namespace = {}
        exec(text, self.globals, namespace)
        functions = dict(zip(self.names, namespace['__make__'](**self.outside)))
        for name, function in functions.items():
            function.__qualname__ = f'{self.cls.__qualname__}.{name}'
        return functions


def _tuple_of(owner, fields):
    """The text of a tuple of attributes."""
    return f'({",".join([f"{owner}.{f.name}" for f in fields])},)' if fields else '()'


def _write_init(methods, all_fields, frozen, has_post_init, self_name):
    positional = [f for f in all_fields if f.init and not f.kw_only]
    keyword_only = [f for f in all_fields if f.init and f.kw_only]
    seen_default = False
    for f in positional:
        if f.default is not MISSING or f.default_factory is not MISSING:
            seen_default = True
        elif seen_default:
            raise TypeError(f'non-default argument {f.name!r} follows default argument')
    outside = methods.outside
    outside['__dataclass_HAS_DEFAULT_FACTORY__'] = _HAS_DEFAULT_FACTORY
    outside['__dataclass_builtins_object__'] = object

    def parameter(f):
        if f.default is not MISSING:
            outside[f'__dataclass_dflt_{f.name}__'] = f.default
            return f'{f.name}=__dataclass_dflt_{f.name}__'
        if f.default_factory is not MISSING:
            return f'{f.name}=__dataclass_HAS_DEFAULT_FACTORY__'
        return f.name

    def assign(name, value):
        if frozen:
            return f'__dataclass_builtins_object__.__setattr__({self_name},{name!r},{value})'
        return f'{self_name}.{name}={value}'

    body = []
    for f in all_fields:
        factory = f'__dataclass_factory_{f.name}__'
        if f.default_factory is not MISSING:
            outside[factory] = f.default_factory
            value = (f'{factory}() if {f.name} is __dataclass_HAS_DEFAULT_FACTORY__ else {f.name}' if f.init
                     else f'{factory}()')
        elif f.init:
            value = f.name
        elif hasattr(f.default, '__get__') or f._field_type is _FIELD and f.default is not MISSING and \
                '__slots__' in methods.cls.__dict__:
            # The class attribute that would supply it is not there for instances.
            outside[f'__dataclass_dflt_{f.name}__'] = f.default
            value = f'__dataclass_dflt_{f.name}__'
        else:
            continue
        if f._field_type is not _FIELD_INITVAR:
            body.append(assign(f.name, value))
    if has_post_init:
        arguments = ', '.join([f.name for f in all_fields if f._field_type is _FIELD_INITVAR])
        body.append(f'{self_name}.{_POST_INIT_NAME}({arguments})')
    parameters = [self_name, *map(parameter, positional)]
    if keyword_only:
        parameters += ['*', *map(parameter, keyword_only)]
    methods.add('__init__', parameters, body or ['pass'])
    return {**{f.name: f.type for f in positional + keyword_only}, 'return': None}


def _write_comparison(methods, name, operator, fields):
    methods.add(name, ['self', 'other'], [
        'if other.__class__ is self.__class__:',
        f' return {_tuple_of("self", fields)}{operator}{_tuple_of("other", fields)}',
        'return NotImplemented'])


def _write_frozen(methods, fields):
    methods.outside['cls'] = methods.cls
    methods.outside['FrozenInstanceError'] = FrozenInstanceError
    names = f'({",".join([repr(f.name) for f in fields])},)' if fields else '()'
    for name, parameters, verb in (('__setattr__', ['name', 'value'], 'assign to'), ('__delattr__', ['name'], 'delete')):
        methods.add(name, ['self', *parameters], [
            f'if type(self) is cls or name in {names}:',
            f' raise FrozenInstanceError(f"cannot {verb} field {{name!r}}")',
            f'super(cls, self).{name}({", ".join(parameters)})'])


def _recursive_repr(function):
    from reprlib import recursive_repr
    guarded = recursive_repr()(function)
    # By these two pprint knows a __repr__ that was made here.
    function.__qualname__ = f'__create_fn__.<locals>.{function.__name__}'
    guarded.__wrapped__ = function
    return guarded


def _set_new(cls, name, value):
    """Set an attribute unless the class has it; whether it has."""
    if name in cls.__dict__:
        return True
    setattr(cls, name, value)
    return False


# --- signatures for __doc__ ---

def _annotation_text(annotation):
    if getattr(annotation, '__module__', None) == 'typing':
        return repr(annotation).replace('typing.', '')
    if isinstance(annotation, types.GenericAlias):
        return str(annotation)
    if isinstance(annotation, type):
        if annotation.__module__ == 'builtins':
            return annotation.__qualname__
        return f'{annotation.__module__}.{annotation.__qualname__}'
    return repr(annotation)


def _signature_text(all_fields):
    """What inspect would say of the __init__ that was written, without loading it."""
    def shown(f):
        text = f'{f.name}: {_annotation_text(f.type)}'
        if f.default is not MISSING:
            return f'{text} = {f.default!r}'
        return text if f.default_factory is MISSING else f'{text} = <factory>'

    positional = [shown(f) for f in all_fields if f.init and not f.kw_only]
    keyword_only = [shown(f) for f in all_fields if f.init and f.kw_only]
    return f'({", ".join(positional + (["*"] + keyword_only if keyword_only else []))})'


def _describe(cls, all_fields, init):
    if not getattr(cls, '__doc__'):
        if init and type(cls) is type and '__new__' not in cls.__dict__:
            text = _signature_text(all_fields)
        else:
            import inspect
            try:
                text = str(inspect.signature(cls)).replace(' -> None', '')
            except (TypeError, ValueError):
                text = ''
        cls.__doc__ = cls.__name__ + text


# --- the decorator ---

def _check_frozen_bases(cls, frozen):
    any_frozen, has_bases = False, False
    for base in cls.__mro__[-1:0:-1]:
        if getattr(base, _FIELDS, None) is not None:
            has_bases = True
            any_frozen = any_frozen or getattr(base, _PARAMS).frozen
    if not has_bases:
        return
    if any_frozen and not frozen:
        raise TypeError('cannot inherit non-frozen dataclass from a frozen one')
    if not any_frozen and frozen:
        raise TypeError('cannot inherit frozen dataclass from a non-frozen one')


def _hash_action(unsafe_hash, eq, frozen, explicit):
    """What becomes of __hash__: 'keep', 'none', 'add', or 'refuse'."""
    if unsafe_hash:
        return 'refuse' if explicit else 'add'
    if not eq or explicit:
        return 'keep'
    return 'add' if frozen else 'none'


def _process_class(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot):
    globals = sys.modules[cls.__module__].__dict__ if cls.__module__ in sys.modules else {}
    setattr(cls, _PARAMS, _DataclassParams(init, repr, eq, order, unsafe_hash, frozen))
    by_name = _collect_fields(cls, kw_only)
    setattr(cls, _FIELDS, by_name)
    _check_frozen_bases(cls, frozen)
    class_hash = cls.__dict__.get('__hash__', MISSING)
    explicit_hash = not (class_hash is MISSING or class_hash is None and '__eq__' in cls.__dict__)
    if order and not eq:
        raise ValueError('eq must be true if order is true')

    methods = _Methods(cls, globals)
    in_init = [f for f in by_name.values() if f._field_type in (_FIELD, _FIELD_INITVAR)]
    real = [f for f in by_name.values() if f._field_type is _FIELD]
    compared = [f for f in real if f.compare]
    annotations = None
    if init:
        self_name = '__dataclass_self__' if 'self' in by_name else 'self'
        annotations = _write_init(methods, in_init, frozen, hasattr(cls, _POST_INIT_NAME), self_name)
    if repr:
        shown = ', '.join([f'{f.name}={{self.{f.name}!r}}' for f in real if f.repr])
        methods.add('__repr__', ['self'], [f'return f"{{self.__class__.__qualname__}}({shown})"'])
    if eq:
        _write_comparison(methods, '__eq__', '==', compared)
    if order:
        for name, operator in (('__lt__', '<'), ('__le__', '<='), ('__gt__', '>'), ('__ge__', '>=')):
            _write_comparison(methods, name, operator, compared)
    if frozen:
        _write_frozen(methods, real)
    hash_action = _hash_action(bool(unsafe_hash), bool(eq), bool(frozen), explicit_hash)
    if hash_action == 'refuse':
        raise TypeError(f'Cannot overwrite attribute __hash__ in class {cls.__name__}')
    if hash_action == 'add':
        hashed = [f for f in real if (f.compare if f.hash is None else f.hash)]
        methods.add('__hash__', ['self'], [f'return hash({_tuple_of("self", hashed)})'])

    made_init = _install(cls, methods.make(), annotations, hash_action)
    _describe(cls, in_init, made_init)
    if match_args:
        _set_new(cls, '__match_args__', tuple([f.name for f in in_init if f.init and not f.kw_only]))
    if weakref_slot and not slots:
        raise TypeError('weakref_slot is True but slots is False')
    if slots:
        cls = _add_slots(cls, frozen, weakref_slot)
    abc.update_abstractmethods(cls)
    return cls


def _install(cls, functions, annotations, hash_action):
    """Put the methods on the class; whether __init__ is the one that was written."""
    made_init = False
    for name, function in functions.items():
        if name == '__init__':
            function.__annotations__ = annotations
        elif name == '__repr__':
            function = _recursive_repr(function)
        if name == '__hash__':
            cls.__hash__ = function
        elif _set_new(cls, name, function):
            if name in ('__lt__', '__le__', '__gt__', '__ge__'):
                raise TypeError(f'Cannot overwrite attribute {name} in class {cls.__name__}. Consider using '
                                'functools.total_ordering')
            if name in ('__setattr__', '__delattr__'):
                raise TypeError(f'Cannot overwrite attribute {name} in class {cls.__name__}')
        elif name == '__init__':
            made_init = True
    if hash_action == 'none':
        cls.__hash__ = None
    return made_init


def _slot_names(cls):
    slots = cls.__dict__.get('__slots__')
    if slots is None:
        return
    if isinstance(slots, str):
        yield slots
    elif not hasattr(slots, '__next__'):
        yield from slots
    else:
        raise TypeError(f"Slots of '{cls.__name__}' cannot be determined")


def _dataclass_getstate(self):
    return [getattr(self, f.name) for f in fields(self)]


def _dataclass_setstate(self, state):
    for f, value in zip(fields(self), state):
        # The class may be frozen.
        object.__setattr__(self, f.name, value)


def _add_slots(cls, is_frozen, weakref_slot):
    """The class anew, with __slots__: they cannot be added to one that exists."""
    if '__slots__' in cls.__dict__:
        raise TypeError(f'{cls.__name__} already specifies __slots__')
    namespace = dict(cls.__dict__)
    names = tuple([f.name for f in fields(cls)])
    inherited = {name for base in cls.__mro__[1:-1] for name in _slot_names(base)}
    slots = [name for name in names if name not in inherited]
    if weakref_slot and '__weakref__' not in inherited:
        slots.append('__weakref__')
    namespace['__slots__'] = tuple(slots)
    for name in (*names, '__dict__', '__weakref__'):
        namespace.pop(name, None)
    qualname = getattr(cls, '__qualname__', None)
    made = type(cls)(cls.__name__, cls.__bases__, namespace)
    if qualname is not None:
        made.__qualname__ = qualname
    if is_frozen:
        if '__getstate__' not in namespace:
            made.__getstate__ = _dataclass_getstate
        if '__setstate__' not in namespace:
            made.__setstate__ = _dataclass_setstate
    return made


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False,
              match_args=True, kw_only=False, slots=False, weakref_slot=False):
    """Add to a class the methods that its annotated fields imply.

        @dataclass
        class Point:
            x: int
            y: int = 0
    """
    def wrap(cls):
        return _process_class(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot)

    return wrap if cls is None else wrap(cls)


# --- functions on dataclasses ---

def fields(class_or_instance):
    """The fields, a tuple of Field."""
    try:
        by_name = getattr(class_or_instance, _FIELDS)
    except AttributeError:
        raise TypeError('must be called with a dataclass type or instance') from None
    return tuple([f for f in by_name.values() if f._field_type is _FIELD])


def _is_dataclass_instance(obj):
    return hasattr(type(obj), _FIELDS)


def is_dataclass(obj):
    """Whether it is a dataclass or an instance of one."""
    cls = obj if isinstance(obj, type) and not isinstance(obj, types.GenericAlias) else type(obj)
    return hasattr(cls, _FIELDS)


def _convert(obj, factory, make):
    """Convert what is inside obj as well: make(pairs of names and values) stands for a dataclass instance."""
    def inner(value):
        return _convert(value, factory, make)

    if _is_dataclass_instance(obj):
        return make(factory, [(f.name, inner(getattr(obj, f.name))) for f in fields(obj)])
    if isinstance(obj, tuple) and hasattr(obj, '_fields'):
        return type(obj)(*[inner(value) for value in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)(inner(value) for value in obj)
    if isinstance(obj, dict):
        return type(obj)((inner(key), inner(value)) for key, value in obj.items())
    import copy
    return copy.deepcopy(obj)


def asdict(obj, *, dict_factory=dict):
    """The fields and their values as a dict; dataclasses inside become dicts as well."""
    if not _is_dataclass_instance(obj):
        raise TypeError('asdict() should be called on dataclass instances')
    return _convert(obj, dict_factory, lambda factory, pairs: factory(pairs))


def astuple(obj, *, tuple_factory=tuple):
    """The values of the fields as a tuple; dataclasses inside become tuples as well."""
    if not _is_dataclass_instance(obj):
        raise TypeError('astuple() should be called on dataclass instances')
    return _convert(obj, tuple_factory, lambda factory, pairs: factory([value for _, value in pairs]))


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, init=True, repr=True, eq=True, order=False,
                   unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False):
    """A dataclass from a name and fields: names, (name, type), or (name, type, field())."""
    namespace = {} if namespace is None else namespace
    seen, annotations, defaults = set(), {}, {}
    for item in fields:
        if isinstance(item, str):
            name, annotation = item, 'typing.Any'
        elif len(item) == 2:
            name, annotation = item
        elif len(item) == 3:
            name, annotation, defaults[item[0]] = item
        else:
            raise TypeError(f'Invalid field: {item!r}')
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError(f'Field names must be valid identifiers: {name!r}')
        if keyword.iskeyword(name):
            raise TypeError(f'Field names must not be keywords: {name!r}')
        if name in seen:
            raise TypeError(f'Field name duplicated: {name!r}')
        seen.add(name)
        annotations[name] = annotation

    def fill(body):
        body.update(namespace)
        body.update(defaults)
        body['__annotations__'] = annotations

    cls = types.new_class(cls_name, bases, {}, fill)
    return dataclass(cls, init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen,
                     match_args=match_args, kw_only=kw_only, slots=slots, weakref_slot=weakref_slot)


def replace(obj, /, **changes):
    """A new object of the same class, with some fields changed."""
    if not _is_dataclass_instance(obj):
        raise TypeError('replace() should be called on dataclass instances')
    for f in getattr(obj, _FIELDS).values():
        if f._field_type is _FIELD_CLASSVAR:
            continue
        if not f.init:
            if f.name in changes:
                raise ValueError(f'field {f.name} is declared with init=False, it cannot be specified with replace()')
        elif f.name not in changes:
            if f._field_type is _FIELD_INITVAR and f.default is MISSING:
                raise ValueError(f"InitVar {f.name!r} must be specified with replace()")
            changes[f.name] = getattr(obj, f.name)
    return obj.__class__(**changes)
