# Types are subscripted, substituted, shown, compared, taken apart; hints are evaluated.
import collections
from typing import (IO, Annotated, Any, Callable, ClassVar, Concatenate, Counter, DefaultDict, Deque, Dict, Final, ForwardRef,
                    Generic, List, Literal, LiteralString, Mapping, NamedTuple, Never, NewType, NoReturn, Optional, ParamSpec,
                    Protocol, Required, Self, Sized, SupportsInt, TextIO, Tuple, Type, TypedDict, TypeVar, TypeVarTuple, Union,
                    Unpack, assert_never, assert_type, cast, get_args, get_origin, get_overloads, is_typeddict, overload,
                    runtime_checkable)
from typing import get_type_hints


def show(function):
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__, error)


T, U = TypeVar('T'), TypeVar('U', bound=int)
P = ParamSpec('P')
Ts = TypeVarTuple('Ts')

show(lambda: [Any, Union[int, str], Optional[int], Union[int, None, str], Union[int], Union[int, Union[str, int]]])
show(lambda: [List[int], Dict[str, List[int]], Tuple[int, ...], Tuple[()], Callable[[int], str], Callable[..., int]])
show(lambda: [Literal[1, 'a', True], Literal[1, 1], Annotated[int, 'x'], ClassVar[int], Final[str], Type[int]])
show(lambda: [T, U, P, Ts, TypeVar('A', covariant=True), TypeVar('B', int, str).__constraints__])
show(lambda: [List[T][int], Dict[T, U][str, int], Callable[[T], U][int, bool], Union[T, None][int], List[Tuple[T, T]][int]])
show(lambda: [Callable[P, int], Callable[P, T][[int, str], bool], Callable[Concatenate[int, P], T], Callable[P, T][..., int]])
show(lambda: [Tuple[Unpack[Ts]], Tuple[int, Unpack[Ts]][str, bytes]])
show(lambda: [Optional[int] == Union[None, int], Union[int, str] == Union[str, int], hash(List[int]) == hash(List[int])])
show(lambda: [int | Optional[str], T | None, List[int] | str, 'x' | T])
show(lambda: [get_origin(List[int]), get_args(Dict[int, str]), get_args(Callable[[int], str]), get_origin(Optional[int])])
show(lambda: [get_args(Annotated[int, 1]), get_origin(Annotated[int, 1]), get_origin(int | str), get_args(Literal[3])])


class Stack(Generic[T]):
    def push(self, item: T) -> None:
        self.item = item


class IntStack(Stack[int]):
    pass


show(lambda: [Stack[int], Stack[T], Stack.__parameters__, IntStack.__orig_bases__, IntStack.__mro__[1:], Stack[int]()
              .__class__ is Stack])
show(lambda: Stack[int, str])
show(lambda: Stack[int][str])
show(lambda: IntStack[str])


class Node:
    next: 'Optional[Node]'
    value: Annotated[int, 'm']
    total: ClassVar['int'] = 3


def function(a: 'int', b: List['Node'], *c: None) -> 'Node':
    pass


show(lambda: get_type_hints(Node))
show(lambda: get_type_hints(Node, include_extras=True)['value'])
show(lambda: get_type_hints(function))


@runtime_checkable
class Closes(Protocol):
    def close(self): ...


class Plain(Protocol):
    name: str


class File:
    def close(self):
        pass


show(lambda: [isinstance(File(), Closes), isinstance(3, Closes), issubclass(File, Closes)])
show(lambda: isinstance(3, Plain))
show(lambda: Closes())
show(lambda: [isinstance([], Sized), isinstance(3, SupportsInt), issubclass(list, List), isinstance({}, Mapping)])


class Point(NamedTuple):
    x: int
    y: int = 0

    def norm(self):
        return self.x + self.y


show(lambda: [Point(1), Point(1, 2).norm(), Point._field_defaults, Point.__annotations__, NamedTuple('Q', [('a', int)])(3)])


class Movie(TypedDict, total=False):
    title: Required[str]
    year: int


show(lambda: [Movie(title='x'), Movie.__required_keys__, Movie.__optional_keys__, Movie.__total__, is_typeddict(Movie)])
show(lambda: isinstance({}, Movie))
UserId = NewType('UserId', int)
show(lambda: [UserId(5), UserId, UserId.__supertype__, UserId | None])


@overload
def twice(x: int) -> int: ...
@overload
def twice(x: str) -> str: ...
def twice(x): return x * 2


show(lambda: [len(get_overloads(twice)), twice('a'), cast(int, 'x'), assert_type(1, int)])
for wrong in (lambda: List[int, str], lambda: Union[()], lambda: Optional[1, 2], lambda: Any(), lambda: Union(),
              lambda: isinstance(1, List[int]), lambda: Generic[int], lambda: Callable[int], lambda: Literal(),
              lambda: type('C', (Union[int],), {}), lambda: type('C', (Any, ), {}) and ClassVar[int][str], lambda: List[ClassVar],
              lambda: TypeVar('X', int), lambda: TypeVar('X', covariant=True, contravariant=True), lambda: assert_never(3),
              lambda: ForwardRef('a b'), lambda: Annotated[int], lambda: Dict[int], lambda: List[...] and 1, lambda: List[(1, 2),]):
    show(wrong)
show(lambda: [ForwardRef('int'), List['int'], IO[str], TextIO.__mro__[1:], Deque[int], DefaultDict[int, str], Counter[str]])
show(lambda: [Deque(), List.__doc__, Union.__doc__ is not None, Self, Never, NoReturn, LiteralString])
show(lambda: List())
