"""Looking for objects whose class has no __eq__, and what a comparison may change on the way."""


class Plain:
    pass


class Other:
    pass


class Loud:
    """Says who asked, and does not know."""

    def __eq__(self, other):
        print('  Loud.__eq__', type(other).__name__)
        return NotImplemented


class Never:
    def __eq__(self, other):
        return False


items = [Plain() for _ in range(4)]
last = items[-1]
for container in items, tuple(items):
    kind = type(container).__name__
    print(kind, last in container, Plain() in container, None in container, 3 in container, 'x' in container)
    print(kind, container.index(last), container.count(last), container.count(Plain()), container.count(None))
    try:
        container.index(Other())
    except ValueError as error:
        print(kind, 'ValueError', str(error).startswith(('tuple.index', '<__main__.Other object')))

print('mixed')
mixed = [1, 2.5, None, True, 'text', b'bytes', (1, 2), ..., NotImplemented, Other(), last, 10 ** 30, last]
for wanted in last, None, ..., 1.0, False, 'te' + 'xt', b'bytes', (1.0, 2), 10 ** 30, 1e30, Other(), Never():
    print(type(wanted).__name__, wanted in mixed, mixed.count(wanted), tuple(mixed).count(wanted))
nan = float('nan')
print(nan in [1, nan], float('nan') in [1, nan], [nan].index(nan), Never() in [Never()])
never = Never()
print(never in [never], never == never)

print('asked both ways')
print(Plain() in [Plain(), Loud(), Plain()])
print(Loud() in [Plain(), None, 1])

print('a class learns to compare while it is looked for')


class Teacher:
    """The first comparison gives Plain an __eq__."""

    def __eq__(self, other):
        Plain.__eq__ = lambda self, other: True
        return False


for wanted in Plain(), None, 1:
    for make in list, tuple:
        row = make([Plain(), Other(), 0, Teacher(), 0, Plain()])
        print(type(wanted).__name__, make.__name__, row.index(wanted) if wanted in row else 'absent')
        if '__eq__' in vars(Plain):
            del Plain.__eq__
wanted = Plain()
row = [0, Plain(), Teacher(), 0]
print(row.index(wanted), row.count(wanted))
del Plain.__eq__

print('a list that a comparison empties')


class Emptier:
    def __eq__(self, other):
        row.clear()
        return False


row = [Plain(), Emptier(), last]
print(last in row, row)
row = [Plain(), Emptier(), last]
print(row.count(last), row)


print('== and != of objects')


class Unlike(Plain):
    def __ne__(self, other):
        return 'unlike'


a, b = Plain(), Unlike()
print(a == b, b == a, a != b, b != a, a == a, a != a, a == None, None == a, a != 1, 'x' == a)
print([a] == [a], [a] == [Plain()], (a, 1) == (a, 1.0), {a: 1} == {a: 1}, {a} == {Plain()})


class Kind(type):
    def __ne__(cls, other):
        return 'other kind'


class OfKind(metaclass=Kind):
    pass


print(OfKind != Plain, Plain != OfKind, OfKind == Plain, Plain != Other, Plain != Plain)
for other in None, 0, 1.5, 'text', b'bytes', (), ..., Plain(), Never(), Unlike():
    print(type(other).__name__, a != other, other != a, None != other, other != (1,))
