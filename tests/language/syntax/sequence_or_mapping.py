# To a pattern a class is a sequence or a mapping, never both: the first base that is either decides, or the last register().
import collections
import collections.abc as abc


class Empty:
    def __getitem__(self, key):
        raise KeyError

    def __len__(self):
        return 0

    def __iter__(self):
        return iter(())


class SequenceFirst(Empty, abc.Sequence, abc.Mapping): pass
class MappingFirst(Empty, abc.Mapping, abc.Sequence): pass
class UserDict(collections.UserDict, abc.Sequence): pass
class Ordered(collections.OrderedDict, abc.Sequence): pass
class Listed(list, abc.MutableSequence): pass
class Plain(Empty): pass
class Registered(Empty): keys = lambda self: ()
class Derived(Registered): pass
class Below(SequenceFirst): pass


def sequence_first(value):
    match value:
        case [*_]: return 'sequence'
        case {**_rest}: return 'mapping'
        case _: return 'neither'


def mapping_first(value):
    match value:
        case {**_rest}: return 'mapping'
        case [*_]: return 'sequence'
        case _: return 'neither'


def show(*classes):
    for cls in classes:
        print(cls.__name__, sequence_first(cls()), mapping_first(cls()))


show(SequenceFirst, MappingFirst, UserDict, Ordered, Listed, Plain, Registered, Derived, Below)
abc.Sequence.register(Registered)
show(Registered, Derived)
abc.Mapping.register(Registered)
show(Registered, Derived)
for cls in (str, bytes, bytearray, range, tuple, memoryview, collections.deque, collections.Counter):
    print(cls.__name__, sequence_first(cls(b'') if cls is memoryview else cls(0) if cls is range else cls()))
