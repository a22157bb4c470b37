# Substitution in generic aliases: unpacked tuples, type variable tuples, parameter specifications; collections.abc's
# Callable keeps its type; names of subscripted types; which checks protocols refuse.
import collections.abc
import typing
from typing import *

T, T1, T2 = TypeVar('T'), TypeVar('T1'), TypeVar('T2')
Ts, P = TypeVarTuple('Ts'), ParamSpec('P')


class Box(Generic[T1, T2]):
    pass


class Row(Generic[*Ts]):
    pass


def show(text):
    try:
        print(text, '->', eval(text))
    except TypeError as error:
        print(text, '->', type(error).__name__, error)


for alias in 'dict[T1, T2]', 'Dict[T1, T2]', 'Box[T1, T2]':
    for items in ('int', 'int, str', 'int, str, bool', '*tuple[int, str]', '*Tuple[int], str', '*tuple[()], *Tuple[int, str]',
                  '*tuple[int, ...]', '*Ts', 'tuple[int, ...], str'):
        show(f'{alias}[{items}]')
for alias in 'tuple[*Ts]', 'Tuple[T, *Ts]', 'Row[*Ts]', 'tuple[*Ts, T]', 'tuple[list[T], *Ts, str]', 'Row[tuple[*Ts], *Ts]':
    for items in '()', 'int', 'int, str', '*tuple[int, ...]', 'bool, *tuple[int, ...], str', '*Ts', 'T, *Ts':
        show(f'{alias}[{items}]')
C = collections.abc.Callable
for text in ('C[[], int]', 'C[P, T][[int, str], bool]', 'C[P, T][[], bool]', 'C[Concatenate[int, P], T][[str], bool]',
             'C[[int, T], T][str]', 'C[[*Ts], T][int, str, bool]', 'type(C[[int], str]).__name__', 'C[..., T][int].__args__',
             'C[P, int][Concatenate[str, P]]', 'C[int]', "Callable['P', int]", 'hash(C[[int], str]) == hash(C[[int], str])',
             'C[[int], str] == C[[int], str]', '[name.__name__ for name in (List[int], ClassVar[int], Optional[int], Type[int])]',
             'get_type_hints(starred)', 'Generic[Ts]', 'issubclass(int, Unchecked)', 'issubclass(int, WithData)',
             'isinstance(3, WithData)', 'issubclass(int, Checked)', 'issubclass(bytes, Checked)'):
    if text.startswith('get_type'):
        def starred(*args: *tuple[int, ...], **kwargs: 'list[T]'):
            pass

        class Unchecked(Protocol):
            def f(self): ...

        @runtime_checkable
        class WithData(Protocol):
            real: int

        @runtime_checkable
        class Checked(Protocol):
            def decode(self): ...
    show(text)
