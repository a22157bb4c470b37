"""Names that stand for types: forward references, type variables and parameter specifications.

Made as a part of _typing_core, which imports this when its special forms are there; subscripted types come after
(_core._GenericAlias), so they are looked up when they are needed.
"""
import _typing_core as _core
import functools
import operator
import sys
import types
from _typing_core import _Final, _Immutable, _caller, _is_param_expr, _type_check
from types import GenericAlias

# As the classes say of themselves.
__name__ = 'typing'


# --- references to types that come later ---

class ForwardRef(_Final, _root=True):
    """A type whose expression is evaluated when somebody asks."""

    __slots__ = ('__forward_arg__', '__forward_code__', '__forward_evaluated__', '__forward_value__',
                 '__forward_is_argument__', '__forward_is_class__', '__forward_module__')

    def __init__(self, arg, is_argument=True, module=None, *, is_class=False):
        if not isinstance(arg, str):
            raise TypeError(f'Forward reference must be a string -- got {arg!r}')
        # *Ts alone is no expression.
        text = f'({arg},)[0]' if arg[:1] == '*' else arg
        try:
            code = compile(text, '<string>', 'eval')
        except SyntaxError:
            raise SyntaxError(f'Forward reference must be an expression -- got {arg!r}')
        self.__forward_arg__, self.__forward_code__ = arg, code
        self.__forward_evaluated__, self.__forward_value__ = False, None
        self.__forward_is_argument__, self.__forward_is_class__ = is_argument, is_class
        self.__forward_module__ = module

    def _evaluate(self, globalns, localns, recursive_guard):
        if self.__forward_arg__ in recursive_guard:
            return self
        if self.__forward_evaluated__ and localns is globalns:
            return self.__forward_value__
        if globalns is None and localns is None:
            globalns = localns = {}
        elif globalns is None:
            globalns = localns
        elif localns is None:
            localns = globalns
        if self.__forward_module__ is not None:
            globalns = getattr(sys.modules.get(self.__forward_module__, None), '__dict__', globalns)
        found = _type_check(eval(self.__forward_code__, globalns, localns),
                            'Forward references must evaluate to types.',
                            is_argument=self.__forward_is_argument__, allow_special_forms=self.__forward_is_class__)
        self.__forward_value__ = _eval_type(found, globalns, localns, recursive_guard | {self.__forward_arg__})
        self.__forward_evaluated__ = True
        return self.__forward_value__

    def __eq__(self, other):
        if not isinstance(other, ForwardRef):
            return NotImplemented
        if self.__forward_evaluated__ and other.__forward_evaluated__:
            return (self.__forward_arg__ == other.__forward_arg__
                    and self.__forward_value__ == other.__forward_value__)
        return (self.__forward_arg__ == other.__forward_arg__
                and self.__forward_module__ == other.__forward_module__)

    def __hash__(self):
        return hash((self.__forward_arg__, self.__forward_module__))

    def __or__(self, other):
        return _core.Union[self, other]

    def __ror__(self, other):
        return _core.Union[other, self]

    def __repr__(self):
        module = '' if self.__forward_module__ is None else f', module={self.__forward_module__!r}'
        return f'ForwardRef({self.__forward_arg__!r}{module})'


def _eval_type(t, globalns, localns, recursive_guard=frozenset()):
    """The type with its forward references resolved."""
    if isinstance(t, ForwardRef):
        return t._evaluate(globalns, localns, recursive_guard)
    if isinstance(t, (_core._GenericAlias, GenericAlias, types.UnionType)):
        if isinstance(t, GenericAlias):
            args = tuple([ForwardRef(arg) if isinstance(arg, str) else arg for arg in t.__args__])
            if t.__args__ != args or t.__unpacked__:
                unpacked = t.__unpacked__
                t = t.__origin__[args]
                if unpacked:
                    t = _core.Unpack[t]
        evaluated = tuple([_eval_type(arg, globalns, localns, recursive_guard) for arg in t.__args__])
        if evaluated == t.__args__:
            return t
        if isinstance(t, GenericAlias):
            return GenericAlias(t.__origin__, evaluated)
        if isinstance(t, types.UnionType):
            return functools.reduce(operator.or_, evaluated)
        return t.copy_with(evaluated)
    return t


# --- type variables ---

class _Variable(_Final, _Immutable, _root=True):
    """What type variables have in common."""

    __slots__ = ()

    def __or__(self, other):
        return _core.Union[self, other]

    def __ror__(self, other):
        return _core.Union[other, self]

    def __mro_entries__(self, bases):
        raise TypeError(f'Cannot subclass an instance of {type(self).__name__}')

    def __reduce__(self):
        return self.__name__

    def _set_module(self):
        module = _caller(2)
        if module != 'typing':
            self.__module__ = module

    def _set_variance(self, bound, covariant, contravariant):
        if covariant and contravariant:
            raise ValueError('Bivariant types are not supported.')
        self.__covariant__, self.__contravariant__ = bool(covariant), bool(contravariant)
        self.__bound__ = _type_check(bound, 'Bound must be a type.') if bound else None

    def __repr__(self):
        sign = '+' if self.__covariant__ else '-' if self.__contravariant__ else '~'
        return sign + self.__name__


class TypeVar(_Variable, _root=True):
    """Stands for a type: the same one wherever it appears in a signature or class."""

    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        self.__name__ = name
        self._set_variance(bound, covariant, contravariant)
        if constraints and bound is not None:
            raise TypeError('Constraints cannot be combined with bound=...')
        if constraints and len(constraints) == 1:
            raise TypeError('A single constraint is not allowed')
        msg = 'TypeVar(name, constraint, ...): constraints must be types.'
        self.__constraints__ = tuple([_type_check(t, msg) for t in constraints])
        self._set_module()

    def __typing_subst__(self, arg):
        arg = _type_check(arg, 'Parameters to generic types must be types.', is_argument=True)
        if (isinstance(arg, _core._GenericAlias) and arg.__origin__ is _core.Unpack
                or isinstance(arg, GenericAlias) and getattr(arg, '__unpacked__', False)):
            raise TypeError(f'{arg} is not valid as type argument')
        return arg


class TypeVarTuple(_Variable, _root=True):
    """Stands for any number of types."""

    def __init__(self, name):
        self.__name__ = name
        self._set_module()

    def __iter__(self):
        yield _core.Unpack[self]

    def __repr__(self):
        return self.__name__

    def __typing_subst__(self, arg):
        raise TypeError('Substitution of bare TypeVarTuple is not supported')

    def __typing_prepare_subst__(self, alias, args):
        """Take as many arguments as the other parameters leave."""
        params = alias.__parameters__
        index = params.index(self)
        if any(isinstance(param, TypeVarTuple) for param in params[index + 1:]):
            raise TypeError(f'More than one TypeVarTuple parameter in {alias}')
        alen, plen = len(args), len(params)
        left, right = index, plen - index - 1
        variadic_at = fill = None
        for k, arg in enumerate(args):
            if not isinstance(arg, type):
                inner = getattr(arg, '__typing_unpacked_tuple_args__', None)
                if inner and len(inner) == 2 and inner[-1] is ...:
                    if variadic_at is not None:
                        raise TypeError('More than one unpacked arbitrary-length tuple argument')
                    variadic_at, fill = k, inner[0]
        if variadic_at is not None:
            left, right = min(left, variadic_at), min(right, alen - variadic_at - 1)
        elif left + right > alen:
            raise TypeError(f'Too few arguments for {alias}; actual {alen}, expected at least {plen - 1}')
        return (*args[:left], *([fill] * (index - left)), tuple(args[left:alen - right]),
                *([fill] * (plen - right - left - 1 - (index - left))), *args[alen - right:])


class _ParamPart(_Final, _Immutable, _root=True):
    def __init__(self, origin):
        self.__origin__ = origin

    def __repr__(self):
        return f'{self.__origin__.__name__}.{self._word}'

    def __eq__(self, other):
        if not isinstance(other, type(self)):
            return NotImplemented
        return self.__origin__ == other.__origin__

    __hash__ = object.__hash__

    def __mro_entries__(self, bases):
        raise TypeError(f'Cannot subclass an instance of {type(self).__name__}')


class ParamSpecArgs(_ParamPart, _root=True):
    """P.args"""

    _word = 'args'


class ParamSpecKwargs(_ParamPart, _root=True):
    """P.kwargs"""

    _word = 'kwargs'


class ParamSpec(_Variable, _root=True):
    """Stands for all parameters of a function."""

    @property
    def args(self):
        return ParamSpecArgs(self)

    @property
    def kwargs(self):
        return ParamSpecKwargs(self)

    def __init__(self, name, *, bound=None, covariant=False, contravariant=False):
        self.__name__ = name
        self._set_variance(bound, covariant, contravariant)
        self._set_module()

    def __typing_subst__(self, arg):
        if isinstance(arg, (list, tuple)):
            arg = tuple([_type_check(a, 'Expected a type.') for a in arg])
        elif not _is_param_expr(arg):
            raise TypeError(f'Expected a list of types, an ellipsis, ParamSpec, or Concatenate. Got {arg}')
        return arg

    def __typing_prepare_subst__(self, alias, args):
        params = alias.__parameters__
        i = params.index(self)
        if i >= len(args):
            raise TypeError(f'Too few arguments for {alias}')
        if len(params) == 1 and not _is_param_expr(args[0]):
            # X[int, str] may be written for X[[int, str]] when there is no other parameter.
            return (args,)
        if isinstance(args[i], list):
            return (*args[:i], tuple(args[i]), *args[i + 1:])
        return args
