"""Signatures of callables: Signature, Parameter, BoundArguments. A part of inspect.

A function's signature comes from its code object, a native one's from its text (`__text_signature__`), that of a class from
what is called to make instances. Everything else is unwrapped until one of these is left.
"""
import builtins
import enum
import functools
import keyword
import re
import sys
import types

# What is defined here belongs to inspect, and is found there.
__name__ = 'inspect'

_CO_VARARGS, _CO_VARKEYWORDS = 4, 8
_HEAPTYPE = 1 << 9

_NativeCallable = (types.BuiltinFunctionType, types.MethodWrapperType, types.WrapperDescriptorType,
                   types.MethodDescriptorType, types.ClassMethodDescriptorType)


class _void:
    """Marks an argument that was not given."""


class _empty:
    """Marks what a parameter or signature does not have."""


class _ParameterKind(enum.IntEnum):
    POSITIONAL_ONLY = 'positional-only'
    POSITIONAL_OR_KEYWORD = 'positional or keyword'
    VAR_POSITIONAL = 'variadic positional'
    KEYWORD_ONLY = 'keyword-only'
    VAR_KEYWORD = 'variadic keyword'

    def __new__(cls, description):
        value = len(cls.__members__)
        made = int.__new__(cls, value)
        made._value_ = value
        made.description = description
        return made

    def __str__(self):
        return self.name


_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD, _VAR_POSITIONAL, _KEYWORD_ONLY, _VAR_KEYWORD = _ParameterKind


def formatannotation(annotation, base_module=None):
    """The text of an annotation in a signature."""
    if getattr(annotation, '__module__', None) == 'typing':
        return repr(annotation).replace('typing.', '')
    if isinstance(annotation, types.GenericAlias):
        return str(annotation)
    if isinstance(annotation, type):
        if annotation.__module__ in ('builtins', base_module):
            return annotation.__qualname__
        return f'{annotation.__module__}.{annotation.__qualname__}'
    return repr(annotation)


class Parameter:
    """A parameter of a function: its name, kind, default value and annotation."""

    __slots__ = ('_name', '_kind', '_default', '_annotation')

    POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD = _POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD
    VAR_POSITIONAL, KEYWORD_ONLY, VAR_KEYWORD = _VAR_POSITIONAL, _KEYWORD_ONLY, _VAR_KEYWORD
    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        try:
            self._kind = _ParameterKind(kind)
        except ValueError:
            raise ValueError(f'value {kind!r} is not a valid Parameter.kind')
        if default is not _empty and self._kind in (_VAR_POSITIONAL, _VAR_KEYWORD):
            raise ValueError(f'{self._kind.description} parameters cannot have default values')
        self._default, self._annotation = default, annotation
        if name is _empty:
            raise ValueError('name is a required attribute for Parameter')
        if not isinstance(name, str):
            raise TypeError(f'name must be a str, not a {type(name).__name__}')
        if name[:1] == '.' and name[1:].isdigit():
            # The parameter of a comprehension's function.
            if self._kind != _POSITIONAL_OR_KEYWORD:
                raise ValueError('implicit arguments must be passed as positional or keyword arguments, not '
                                 f'{self._kind.description}')
            self._kind = _POSITIONAL_ONLY
            name = f'implicit{name[1:]}'
        if keyword.iskeyword(name) and self._kind is not _POSITIONAL_ONLY or not name.isidentifier():
            raise ValueError(f'{name!r} is not a valid parameter name')
        self._name = name

    def __reduce__(self):
        return type(self), (self._name, self._kind), {'_default': self._default, '_annotation': self._annotation}

    def __setstate__(self, state):
        self._default, self._annotation = state['_default'], state['_annotation']

    name = property(lambda self: self._name)
    default = property(lambda self: self._default)
    annotation = property(lambda self: self._annotation)
    kind = property(lambda self: self._kind)

    def replace(self, *, name=_void, kind=_void, annotation=_void, default=_void):
        """A copy with something changed."""
        return type(self)(self._name if name is _void else name, self._kind if kind is _void else kind,
                          default=self._default if default is _void else default,
                          annotation=self._annotation if annotation is _void else annotation)

    def __str__(self):
        text = self._name
        if self._annotation is not _empty:
            text = f'{text}: {formatannotation(self._annotation)}'
        if self._default is not _empty:
            text += f' = {self._default!r}' if self._annotation is not _empty else f'={self._default!r}'
        return {_VAR_POSITIONAL: '*', _VAR_KEYWORD: '**'}.get(self._kind, '') + text

    def __repr__(self):
        return f'<{type(self).__name__} "{self}">'

    def _key(self):
        return self._name, self._kind, self._default, self._annotation

    def __hash__(self):
        return hash(self._key())

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, Parameter):
            return NotImplemented
        return self._key() == other._key()


class BoundArguments:
    """Arguments in the places that a call would give them."""

    __slots__ = ('arguments', '_signature', '__weakref__')

    def __init__(self, signature, arguments):
        self.arguments, self._signature = arguments, signature

    signature = property(lambda self: self._signature)

    @property
    def args(self):
        """What is passed by position."""
        args = []
        for name, param in self._signature.parameters.items():
            if param.kind in (_VAR_KEYWORD, _KEYWORD_ONLY) or name not in self.arguments:
                break
            if param.kind == _VAR_POSITIONAL:
                args.extend(self.arguments[name])
            else:
                args.append(self.arguments[name])
        return tuple(args)

    @property
    def kwargs(self):
        """What is passed by name: from the first that is missing on, all are."""
        kwargs, started = {}, False
        for name, param in self._signature.parameters.items():
            if not started:
                if param.kind in (_VAR_KEYWORD, _KEYWORD_ONLY) or name not in self.arguments:
                    started = True
                    if name not in self.arguments:
                        continue
                else:
                    continue
            if name in self.arguments:
                if param.kind == _VAR_KEYWORD:
                    kwargs.update(self.arguments[name])
                else:
                    kwargs[name] = self.arguments[name]
        return kwargs

    def apply_defaults(self):
        """Put in the default values of what is missing."""
        complete = {}
        for name, param in self._signature.parameters.items():
            if name in self.arguments:
                complete[name] = self.arguments[name]
            elif param.default is not _empty:
                complete[name] = param.default
            elif param.kind is _VAR_POSITIONAL:
                complete[name] = ()
            elif param.kind is _VAR_KEYWORD:
                complete[name] = {}
        self.arguments = complete

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, BoundArguments):
            return NotImplemented
        return self.signature == other.signature and self.arguments == other.arguments

    def __setstate__(self, state):
        self._signature, self.arguments = state['_signature'], state['arguments']

    def __getstate__(self):
        return {'_signature': self._signature, 'arguments': self.arguments}

    def __repr__(self):
        return f'<{type(self).__name__} ({", ".join([f"{n}={v!r}" for n, v in self.arguments.items()])})>'


class Signature:
    """The parameters of a callable and the annotation of its result."""

    __slots__ = ('_return_annotation', '_parameters')

    _parameter_cls, _bound_arguments_cls = Parameter, BoundArguments
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty, __validate_parameters__=True):
        if parameters is None:
            by_name = {}
        elif __validate_parameters__:
            by_name = self._validated(parameters)
        else:
            by_name = {param.name: param for param in parameters}
        self._parameters = types.MappingProxyType(by_name)
        self._return_annotation = return_annotation

    @staticmethod
    def _validated(parameters):
        by_name, top, default_seen = {}, _POSITIONAL_ONLY, False
        for param in parameters:
            kind, name = param.kind, param.name
            if kind < top:
                raise ValueError(f'wrong parameter order: {top.description} parameter before {kind.description} '
                                 'parameter')
            top = kind
            if kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD):
                if param.default is not _empty:
                    default_seen = True
                elif default_seen:
                    raise ValueError('non-default argument follows default argument')
            if name in by_name:
                raise ValueError(f'duplicate parameter name: {name!r}')
            by_name[name] = param
        return by_name

    @classmethod
    def from_callable(cls, obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
        """The signature of anything that can be called."""
        return _from_callable(obj, cls, follow_wrapped=follow_wrapped, globals=globals, locals=locals,
                              eval_str=eval_str)

    parameters = property(lambda self: self._parameters)
    return_annotation = property(lambda self: self._return_annotation)

    def replace(self, *, parameters=_void, return_annotation=_void):
        """A copy with something changed."""
        return type(self)(self.parameters.values() if parameters is _void else parameters,
                          return_annotation=self._return_annotation if return_annotation is _void
                          else return_annotation)

    def _key(self):
        # Keyword-only parameters may come in any order.
        params = tuple([p for p in self.parameters.values() if p.kind != _KEYWORD_ONLY])
        return params, {p.name: p for p in self.parameters.values() if p.kind == _KEYWORD_ONLY}, self.return_annotation

    def __hash__(self):
        params, by_keyword, result = self._key()
        return hash((params, frozenset(by_keyword.values()), result))

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, Signature):
            return NotImplemented
        return self._key() == other._key()

    # --- binding ---

    def bind(self, /, *args, **kwargs):
        """The arguments in their places; TypeError if a call with them would fail."""
        return self._bind(args, kwargs)

    def bind_partial(self, /, *args, **kwargs):
        """The same, and some may be missing."""
        return self._bind(args, kwargs, partial=True)

    def _bind(self, args, kwargs, *, partial=False):
        arguments = {}
        params = list(self.parameters.values())
        at = self._bind_positional(params, args, kwargs, arguments, partial)
        collect = None
        for param in params[at:]:
            if param.kind == _VAR_KEYWORD:
                collect = param
            elif param.kind == _VAR_POSITIONAL:
                continue
            elif param.name in kwargs:
                if param.kind == _POSITIONAL_ONLY:
                    raise TypeError(f'{param.name!r} parameter is positional only, but was passed as a keyword')
                arguments[param.name] = kwargs.pop(param.name)
            elif not partial and param.default is _empty:
                raise TypeError(f'missing a required argument: {param.name!r}')
        if kwargs:
            if collect is None:
                raise TypeError(f'got an unexpected keyword argument {next(iter(kwargs))!r}')
            arguments[collect.name] = kwargs
        return self._bound_arguments_cls(self, arguments)

    def _bind_positional(self, params, args, kwargs, arguments, partial):
        """Give out the arguments by position; the index of the first parameter that is left."""
        at = 0
        for i, value in enumerate(args):
            if at == len(params) or params[at].kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
                raise TypeError('too many positional arguments') from None
            param = params[at]
            if param.kind == _VAR_POSITIONAL:
                arguments[param.name] = tuple(args[i:])
                return at + 1
            if param.name in kwargs and param.kind != _POSITIONAL_ONLY:
                raise TypeError(f'multiple values for argument {param.name!r}') from None
            arguments[param.name] = value
            at += 1
        return at

    # --- text ---

    def __reduce__(self):
        return type(self), (tuple(self._parameters.values()),), {'_return_annotation': self._return_annotation}

    def __setstate__(self, state):
        self._return_annotation = state['_return_annotation']

    def __repr__(self):
        return f'<{type(self).__name__} {self}>'

    def __str__(self):
        parts, slash_due, star_due = [], False, True
        for param in self.parameters.values():
            kind = param.kind
            if kind == _POSITIONAL_ONLY:
                slash_due = True
            elif slash_due:
                parts.append('/')
                slash_due = False
            if kind == _VAR_POSITIONAL:
                star_due = False
            elif kind == _KEYWORD_ONLY and star_due:
                parts.append('*')
                star_due = False
            parts.append(str(param))
        if slash_due:
            parts.append('/')
        text = f'({", ".join(parts)})'
        if self.return_annotation is not _empty:
            text += f' -> {formatannotation(self.return_annotation)}'
        return text


# --- where signatures come from ---

def _is_functionlike(obj):
    """Whether it has what a function has: something that was compiled in another way."""
    if not callable(obj) or isinstance(obj, type):
        return False
    annotations = getattr(obj, '__annotations__', _void)
    return (isinstance(getattr(obj, '__name__', None), str) and isinstance(getattr(obj, '__code__', None), types.CodeType)
            and isinstance(getattr(obj, '__defaults__', _void), (tuple, type(None)))
            and isinstance(getattr(obj, '__kwdefaults__', _void), (dict, type(None)))
            and (isinstance(annotations, (dict)) or annotations is None))


def _from_function(cls, func, skip_bound_arg=True, globals=None, locals=None, eval_str=False):
    """The signature that a function's code, defaults and annotations make."""
    from inspect import get_annotations
    make = cls._parameter_cls
    code = func.__code__
    names, count = code.co_varnames, code.co_argcount
    positional = names[:count]
    keyword_only = names[count:count + code.co_kwonlyargcount]
    annotations = get_annotations(func, globals=globals, locals=locals, eval_str=eval_str)
    defaults, kwdefaults = func.__defaults__ or (), func.__kwdefaults__ or {}
    without_default = count - len(defaults)
    parameters = []

    def add(name, kind, default=_empty):
        parameters.append(make(name, annotation=annotations.get(name, _empty), kind=kind, default=default))

    for i, name in enumerate(positional):
        kind = _POSITIONAL_ONLY if i < code.co_posonlyargcount else _POSITIONAL_OR_KEYWORD
        add(name, kind, _empty if i < without_default else defaults[i - without_default])
    after = count + len(keyword_only)
    if code.co_flags & _CO_VARARGS:
        add(names[after], _VAR_POSITIONAL)
        after += 1
    for name in keyword_only:
        add(name, _KEYWORD_ONLY, kwdefaults.get(name, _empty))
    if code.co_flags & _CO_VARKEYWORDS:
        add(names[after], _VAR_KEYWORD)
    return cls(parameters, return_annotation=annotations.get('return', _empty),
               __validate_parameters__=not isinstance(func, types.FunctionType))


class _Names(dict):
    """The names that a default value in a text may use: those of the module, of others, and of builtins."""

    def __init__(self, obj):
        super().__init__()
        module = sys.modules.get(getattr(obj, '__module__', None), None)
        self._module = getattr(module, '__dict__', {})

    def __missing__(self, name):
        for namespace in (self._module, builtins.__dict__, sys.modules):
            if name in namespace:
                return namespace[name]
        raise KeyError(name)


def _from_text(cls, obj, text, skip_bound_arg=True):
    """The signature of a native function: its text is compiled as that of a function without a body."""
    has_self = text.startswith(('($', '( $'))
    text = text.replace('$', '', 1) if has_self else text
    namespace = {}
    try:
        exec(f'def foo{text}: pass', _Names(obj), namespace)
    except Exception:
        raise ValueError(f'{obj!r} has invalid signature') from None
    signature = _from_function(cls, namespace['foo'])
    parameters = list(signature.parameters.values())
    if has_self:
        bound = getattr(obj, '__self__', None)
        is_bound = bound is not None and not isinstance(bound, types.ModuleType) or isinstance(obj, type)
        if is_bound and skip_bound_arg or isinstance(bound, types.ModuleType):
            parameters.pop(0)
        else:
            parameters[0] = parameters[0].replace(kind=_POSITIONAL_ONLY)
    return signature.replace(parameters=parameters)


def _from_native(cls, func, skip_bound_arg=True):
    text = getattr(func, '__text_signature__', None)
    if not text:
        raise ValueError(f'no signature found for builtin {func!r}')
    return _from_text(cls, func, text, skip_bound_arg)


def _without_first(signature):
    """The signature of a method whose first parameter is bound."""
    params = list(signature.parameters.values())
    if not params or params[0].kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
        raise ValueError('invalid method signature')
    if params[0].kind is not _VAR_POSITIONAL:
        params = params[1:]
    return signature.replace(parameters=params)


def _of_partial(signature, partial, extra_args=()):
    """The signature that is left when some arguments are there already."""
    params = dict(signature.parameters)
    args = extra_args + (partial.args or ())
    keywords = partial.keywords or {}
    try:
        bound = signature.bind_partial(*args, **keywords)
    except TypeError as error:
        raise ValueError(f'partial object {partial!r} has incorrect arguments') from error
    to_keyword_only = False
    for name, param in signature.parameters.items():
        kind = param.kind
        if name in bound.arguments:
            if kind is _POSITIONAL_ONLY:
                params.pop(name)
                continue
            if kind is _POSITIONAL_OR_KEYWORD:
                if name in keywords:
                    # It and all behind it can only be given by name now.
                    to_keyword_only = True
                    params[name] = param.replace(default=bound.arguments[name])
                else:
                    params.pop(name)
                    continue
            elif kind is _KEYWORD_ONLY:
                params[name] = param.replace(default=bound.arguments[name])
        if to_keyword_only:
            if kind is _POSITIONAL_OR_KEYWORD:
                params[name] = params.pop(name).replace(kind=_KEYWORD_ONLY)
            elif kind in (_KEYWORD_ONLY, _VAR_KEYWORD):
                params[name] = params.pop(name)
            elif kind is _VAR_POSITIONAL:
                params.pop(name)
    return signature.replace(parameters=params.values())


def _user_defined(cls, name):
    """A method of a class that is not native."""
    found = getattr(cls, name, None)
    return None if found is None or isinstance(found, _NativeCallable) else found


# Native types that look at their arguments themselves take whatever comes: that is no signature.
_SAYS_NOTHING = re.compile(r'\((?:\$\w+, )?(?:/, )?\*\w+(?:, \*\*\w+)?\)').fullmatch


def _from_class(obj, sigcls, follow):
    signature = None
    call = _user_defined(type(obj), '__call__')
    if call is not None:
        signature = follow(call)
    else:
        new, init = _user_defined(obj, '__new__'), _user_defined(obj, '__init__')
        for base in obj.__mro__:
            # The one that is defined nearest counts.
            if new is not None and '__new__' in base.__dict__:
                signature = follow(new)
                break
            if init is not None and '__init__' in base.__dict__:
                signature = follow(init)
                break
    if signature is not None:
        return _without_first(signature)
    for base in obj.__mro__[:-1]:
        # A class of the program says it in its namespace, if at all.
        text = base.__dict__.get('__text_signature__') if base.__flags__ & _HEAPTYPE else base.__text_signature__
        if isinstance(text, str) and text and not _SAYS_NOTHING(text):
            return _from_text(sigcls, base, text)
    if type not in obj.__mro__ and obj.__init__ is object.__init__ and obj.__new__ is object.__new__:
        return sigcls()
    raise ValueError(f'no signature found for builtin type {obj!r}')


def _from_callable(obj, sigcls, *, follow_wrapped=True, skip_bound_arg=True, globals=None, locals=None, eval_str=False):
    """The signature of anything that can be called."""
    from inspect import unwrap
    follow = functools.partial(_from_callable, sigcls=sigcls, follow_wrapped=follow_wrapped,
                               skip_bound_arg=skip_bound_arg, globals=globals, locals=locals, eval_str=eval_str)
    if not callable(obj):
        raise TypeError(f'{obj!r} is not a callable object')
    if isinstance(obj, types.MethodType):
        signature = follow(obj.__func__)
        return _without_first(signature) if skip_bound_arg else signature
    if follow_wrapped:
        obj = unwrap(obj, stop=lambda f: hasattr(f, '__signature__') or isinstance(f, types.MethodType))
        if isinstance(obj, types.MethodType):
            return follow(obj)
    signature = getattr(obj, '__signature__', None)
    if signature is not None:
        if not isinstance(signature, Signature):
            raise TypeError(f'unexpected object {signature!r} in __signature__ attribute')
        return signature
    partialmethod = getattr(obj, '_partialmethod', None)
    if isinstance(partialmethod, functools.partialmethod):
        # self is there in front of what the partial method supplies.
        inner = follow(partialmethod.func)
        left = _of_partial(inner, partialmethod, (None,))
        first = next(iter(inner.parameters.values()))
        if first.kind is _VAR_POSITIONAL:
            return left
        return left.replace(parameters=(first, *left.parameters.values()))
    if isinstance(obj, types.FunctionType) or _is_functionlike(obj):
        return _from_function(sigcls, obj, skip_bound_arg, globals, locals, eval_str)
    if isinstance(obj, _NativeCallable):
        return _from_native(sigcls, obj, skip_bound_arg)
    if isinstance(obj, functools.partial):
        return _of_partial(follow(obj.func), obj)
    if isinstance(obj, type):
        return _from_class(obj, sigcls, follow)
    call = _user_defined(type(obj), '__call__')
    if call is not None:
        try:
            signature = follow(call)
        except ValueError as error:
            raise ValueError(f'no signature found for {obj!r}') from error
        return _without_first(signature) if skip_bound_arg else signature
    raise ValueError(f'callable {obj!r} is not supported by signature')
