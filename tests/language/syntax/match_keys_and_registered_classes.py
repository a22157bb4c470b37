# Equal keys of a mapping pattern are duplicates; f-strings are no patterns; classes registered with an ABC match.
import collections.abc

for pattern in ('{0: _, False: _}', '{0: _, 0.0: _}', '{0: _, 0j: _}', '{1: _, True: _}', '{0: _, -0: _}', '{1: _, 2.5: _}',
                '{f"": _}', 'f""', 'f"{x}"'):
    try:
        compile(f'match ...:\n    case {pattern}:\n        pass', '<pattern>', 'exec')
        print(pattern, 'compiles')
    except SyntaxError as error:
        print(pattern, error.msg)


class Parent:
    def __len__(self):
        return 0


class Child(Parent):
    pass


def kind(value):
    match value:
        case [*_]:
            return 'sequence'
        case {}:
            return 'mapping'
        case _:
            return 'neither'


print(kind(Child()), kind('text'), kind(b'bytes'), kind(bytearray()))
collections.abc.Sequence.register(Parent)
print(kind(Parent()), kind(Child()), kind(range(3)), kind(memoryview(b'')))
