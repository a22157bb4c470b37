# Mocks take calls and remember them; patches come and go; specifications bind.
import os.path
from unittest import mock
from unittest.mock import ANY, DEFAULT, MagicMock, Mock, NonCallableMock, PropertyMock, call, create_autospec, mock_open, patch, \
    seal, sentinel


def show(function):
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__, error)


m = Mock(name='thing', return_value=3)
show(lambda: [m(1, a=2), m.called, m.call_count, m.call_args, m.call_args.kwargs, m.mock_calls == [call(1, a=2)]])
show(lambda: m.assert_called_once_with(1, a=2))
show(lambda: m.assert_called_with(2))
show(lambda: m.assert_not_called())
show(lambda: m.assert_called_once_with() if m() else 0)
m.method(1).other('x')
show(lambda: [str(c) for c in m.mock_calls])
show(lambda: [m.method_calls == [call.method(1)], m.method.call_args == call(1), call.a.b(1).c(2).call_list()])
show(lambda: m.assert_has_calls([call.method(1), call.method().other('x')]))
show(lambda: m.method.assert_any_call(5))
show(lambda: m.asert_called())
m.reset_mock()
show(lambda: [m.called, m.mock_calls == [], m.method.called, m()])
effects = Mock(side_effect=[1, KeyError('two'), 3])
show(effects)
show(effects)
show(effects)
show(effects)
show(lambda: Mock(side_effect=lambda x: x * 2)(4))
show(lambda: Mock(side_effect=lambda: DEFAULT, return_value=7)())
magic = MagicMock()
magic.__getitem__.side_effect = lambda key: key * 2
magic.__len__.return_value = 5
show(lambda: [magic[4], len(magic), list(magic), bool(magic), int(magic), magic == magic, magic != magic, magic in [magic]])
with magic as entered:
    pass
show(lambda: [magic.__exit__.call_args == call(None, None, None), entered is magic.__enter__.return_value])
show(lambda: magic < 3)


class Real:
    attribute = 1

    def __init__(self, x):
        self.x = x

    def method(self, a, b=2):
        return a + b

    @property
    def prop(self):
        return 1


spec = Mock(spec=Real)
show(lambda: [isinstance(spec, Real), spec.method(1) is spec.method.return_value])
show(lambda: spec.missing)
spec.fresh = 1
show(lambda: setattr(Mock(spec_set=Real), 'fresh', 1))
auto = create_autospec(Real)
instance = auto(5)
show(lambda: [isinstance(instance, Real), instance.method(1, b=3) is instance.method.return_value])
show(lambda: instance.method())
show(lambda: auto())
show(lambda: instance.method.assert_called_once_with(1, 3))
show(lambda: instance.nothing)


def function(a, b=1):
    pass


auto_function = create_autospec(function, return_value=9)
show(lambda: [auto_function(1), auto_function.called, auto_function.call_args])
show(lambda: auto_function(1, 2, 3))

with patch('os.path.exists', return_value='patched') as patched:
    show(lambda: [os.path.exists('/nowhere'), patched.call_args])
show(lambda: os.path.exists('/nowhere'))


@patch.object(Real, 'method', autospec=True)
@patch.object(Real, 'attribute', 5)
def decorated(mocked):
    mocked.return_value = 'mocked'
    return Real(1).method(1), Real.attribute


show(decorated)
show(lambda: [Real(1).method(1), Real.attribute])
settings = {'a': 1}
with patch.dict(settings, {'b': 2}, a=5):
    print(settings)
print(settings)
with patch.multiple(Real, attribute=DEFAULT, method=DEFAULT) as mocks:
    print(sorted(mocks), Real.method is mocks['method'])
show(lambda: patch('nodots'))
patcher = patch.object(Real, 'attribute', 8)
patcher.start()
print(Real.attribute)
patch.stopall()
print(Real.attribute)
with patch.object(Real, 'prop', new_callable=PropertyMock) as prop:
    prop.return_value = 'property'
    print(Real(1).prop, prop.call_args)
opened = mock_open(read_data='one\ntwo\n')
with patch('builtins.open', opened):
    with open('name') as file:
        print(file.readline(), list(file))
    with open('name') as file:
        print(repr(file.read()))
    open('out', 'w').write('text')
print(opened.mock_calls[0], opened.mock_calls[-1])
sealed = Mock()
sealed.known = 1
seal(sealed)
show(lambda: sealed.unknown)
print(sentinel.thing, sentinel.thing is sentinel.thing, ANY == 5, call(1, ANY) == call(1, 'x'))
print(call(1, a=2), call.method(3), call == call, repr(call), [call(1)] == [((1,),)], call(1) == (1,), call() == ())
wrapped = Mock(wraps=[3, 1, 2])
wrapped.sort()
show(lambda: [wrapped.index(2), wrapped.index.call_args])
parent = Mock()
parent.attach_mock(Mock(name='child'), 'child')
parent.child(1)
print(parent.mock_calls == [call.child(1)])
show(lambda: NonCallableMock()())
show(lambda: Mock(**{'a.b.return_value': 4}).a.b())
print(repr(Mock(name='n')).partition(' id')[0], repr(Mock(spec=Real)).partition(' id')[0], repr(m.x.y()).partition(' id')[0])
