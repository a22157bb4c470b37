"""Enumerations: classes whose members are named constants.

    class Color(Enum):
        RED = 1
        GREEN = 2

How a class comes about: __prepare__ gives an _EnumDict, which notes the names that become members. EnumType.__new__
wraps the value of each in a _ProtoMember and lets type.__new__ make the class; that calls __set_name__ of each, in the
order of definition, which puts the real member in its place. So an enumeration is complete before __init_subclass__
sees it.
"""
import builtins
import sys
from functools import reduce
from operator import or_ as _or
from types import DynamicClassAttribute, MappingProxyType

__all__ = ['EnumType', 'EnumMeta', 'Enum', 'IntEnum', 'StrEnum', 'Flag', 'IntFlag', 'ReprEnum', 'auto', 'unique',
           'property', 'verify', 'member', 'nonmember', 'FlagBoundary', 'STRICT', 'CONFORM', 'EJECT', 'KEEP',
           'global_flag_repr', 'global_enum_repr', 'global_str', 'global_enum', 'EnumCheck', 'CONTINUOUS', 'NAMED_FLAGS',
           'UNIQUE']

# They exist only at the end of the file, and the machinery needs to know.
Enum = ReprEnum = Flag = EJECT = KEEP = CONFORM = STRICT = None


# --- names and bits ---

def _is_descriptor(obj):
    return hasattr(obj, '__get__') or hasattr(obj, '__set__') or hasattr(obj, '__delete__')


def _is_dunder(name):
    return len(name) > 4 and name[:2] == name[-2:] == '__' and name[2] != '_' and name[-3] != '_'


def _is_sunder(name):
    return len(name) > 2 and name[0] == name[-1] == '_' and name[1] != '_' and name[-2] != '_'


def _is_private(cls_name, name):
    """Whether the compiler has mangled the name for this class."""
    prefix = f'_{cls_name}__'
    return (name.startswith(prefix) and len(name) > len(prefix)
            and not (name.endswith('__') and len(name) > len(prefix) + 1))


def _is_internal_class(cls_name, obj):
    """Whether obj is a class that the body of the class cls_name defines."""
    if not isinstance(obj, type):
        return False
    qualname = getattr(obj, '__qualname__', '')
    return qualname == f'{cls_name}.{getattr(obj, "__name__", "")}' or qualname.endswith(
        f'.{cls_name}.{getattr(obj, "__name__", "")}')


def _is_single_bit(num):
    return num != 0 and num & (num - 1) == 0


_power_of_two = _is_single_bit


def _iter_bits_lsb(num):
    """The bits that are set, the lowest first."""
    if isinstance(num, Enum):
        num = num._value_
    if num < 0:
        raise ValueError(f'{num!r} is not a positive integer')
    while num:
        bit = num & -num
        yield bit
        num ^= bit


def _high_bit(value):
    return value.bit_length() - 1


def show_flag_values(value):
    """The bits that are set, as a list."""
    return list(_iter_bits_lsb(value))


def bin(num, max_bits=None):
    """Like builtins.bin, but negative numbers in two's complement, the sign in front: 0b1 0110."""
    limit = 1 << num.bit_length()
    digits = builtins.bin(num + limit)[3:] if num >= 0 else builtins.bin(~num ^ (limit - 1) + limit)[3:]
    sign = '0b0' if num >= 0 else '0b1'
    if max_bits is not None and len(digits) < max_bits:
        digits = (sign[-1] * max_bits + digits)[-max_bits:]
    return f'{sign} {digits}'


def _make_class_unpicklable(obj):
    """Let pickling any instance of a class fail, rather than make something that cannot be read back."""
    def _break_on_call_reduce(self, proto):
        raise TypeError(f'{self!r} cannot be pickled')
    if isinstance(obj, dict):
        obj['__reduce_ex__'] = _break_on_call_reduce
        obj['__module__'] = '<unknown>'
    else:
        setattr(obj, '__reduce_ex__', _break_on_call_reduce)
        setattr(obj, '__module__', '<unknown>')


# --- what a class body may contain ---

class _AutoNull:
    def __repr__(self):
        return '_auto_null'


_auto_null = _AutoNull()


class auto:
    """Stands for a value that _generate_next_value_ supplies."""

    def __init__(self, value=_auto_null):
        self.value = value

    def __repr__(self):
        return f'auto({self.value!r})'


class nonmember:
    """What it holds becomes a plain attribute."""

    def __init__(self, value):
        self.value = value


class member:
    """What it holds becomes a member, even a function or class."""

    def __init__(self, value):
        self.value = value


class property(DynamicClassAttribute):
    """A property of members that does not hide a member of the same name on the class."""

    fget = fset = fdel = None
    member = None

    def __get__(self, instance, ownerclass=None):
        if instance is None:
            if self.member is not None:
                return self.member
            try:
                return ownerclass._member_map_[self.name]
            except KeyError:
                raise AttributeError(f'{ownerclass!r} has no attribute {self.name!r}')
        if self.fget is not None:
            return self.fget(instance)
        # It only makes way for a member, which members have as an attribute, too.
        try:
            return ownerclass._member_map_[self.name]
        except KeyError:
            raise AttributeError(f'{ownerclass!r} has no attribute {self.name!r}')

    def __set__(self, instance, value):
        if self.fset is None:
            raise AttributeError(f'{self.owner!r} cannot set attribute {self.name!r}')
        self.fset(instance, value)

    def __delete__(self, instance):
        if self.fdel is None:
            raise AttributeError(f'{self.owner!r} cannot delete attribute {self.name!r}')
        self.fdel(instance)

    def __set_name__(self, ownerclass, name):
        self.name = name
        self.clsname = ownerclass.__name__
        self.owner = ownerclass


_RESERVED_SUNDERS = ('_order_', '_generate_next_value_', '_numeric_repr_', '_missing_', '_ignore_', '_iter_member_',
                     '_iter_member_by_value_', '_iter_member_by_def_')


class _EnumDict(dict):
    """The namespace of a class body: keeps the names of members in order and refuses what cannot be."""

    def __init__(self):
        super().__init__()
        self._member_names = {}  # a dict for its order
        self._last_values = []
        self._ignore = []
        self._auto_called = False
        self._cls_name = None

    def __setitem__(self, key, value):
        internal = _is_internal_class(self._cls_name, value)
        if internal:
            import warnings
            warnings.warn('In 3.13 classes created inside an enum will not become a member.  '
                          'Use the `member` decorator to keep the current behavior.', DeprecationWarning, stacklevel=2)
        if _is_private(self._cls_name, key):
            pass
        elif _is_sunder(key):
            value = self._set_sunder(key, value)
        elif _is_dunder(key):
            if key == '__order__':
                key = '_order_'
        elif key in self._member_names:
            raise TypeError(f'{key!r} already defined as {self[key]!r}')
        elif key in self._ignore:
            pass
        elif isinstance(value, nonmember):
            value = value.value
        elif internal or not _is_descriptor(value):
            value = self._add_member(key, value)
        super().__setitem__(key, value)

    def _set_sunder(self, key, value):
        if key not in _RESERVED_SUNDERS:
            raise ValueError(f'_sunder_ names, such as {key!r}, are reserved for future Enum use')
        if key == '_generate_next_value_':
            if self._auto_called:
                raise TypeError('_generate_next_value_ must be defined before members')
            setattr(self, '_generate_next_value', value.__func__ if isinstance(value, staticmethod) else value)
        elif key == '_ignore_':
            value = value.replace(',', ' ').split() if isinstance(value, str) else list(value)
            self._ignore = value
            already = set(value) & set(self._member_names)
            if already:
                raise ValueError(f'_ignore_ cannot specify already set names: {already!r}')
        return value

    def _add_member(self, key, value):
        if key in self:
            raise TypeError(f'{key!r} already defined as {self[key]!r}')
        if isinstance(value, member):
            value = value.value
        if isinstance(value, auto):
            value = self._value_of_auto(key, value)
        elif type(value) is tuple and any([isinstance(part, auto) for part in value]):
            value = tuple([self._value_of_auto(key, part) if isinstance(part, auto) else part for part in value])
        else:
            self._last_values.append(value)
        self._member_names[key] = None
        return value

    def _value_of_auto(self, key, part):
        if part.value is _auto_null:
            part.value = self._generate_next_value(key, 1, len(self._member_names), self._last_values[:])
            self._auto_called = True
        self._last_values.append(part.value)
        return part.value

    def update(self, members, **more_members):
        try:
            names = members.keys()
        except AttributeError:
            for name, value in members:
                self[name] = value
        else:
            for name in names:
                self[name] = members[name]
        for name, value in more_members.items():
            self[name] = value


# --- making members ---

class _ProtoMember:
    """Holds the place of a member until the class exists."""

    def __init__(self, value):
        self.value = value

    def __set_name__(self, cls, name):
        delattr(cls, name)
        made = self._make(cls, name)
        value = made._value_
        known = _member_with_value(cls, value)
        if known is not None:
            made = known  # an alias
        elif Flag is None or not issubclass(cls, Flag) or _is_single_bit(value):
            # Flags of several bits are aliases as well, of combinations.
            cls._member_names_.append(name)
        _place_member(cls, name, made)
        cls._member_map_[name] = made
        try:
            cls._value2member_map_.setdefault(value, made)
        except TypeError:
            cls._unhashable_values_.append(value)

    def _make(self, cls, name):
        value = self.value
        args = value if isinstance(value, tuple) else (value,)
        if cls._member_type_ is tuple:
            args = (args,)
        made = cls._new_member_(cls, *args) if cls._use_args_ else cls._new_member_(cls)
        if not hasattr(made, '_value_'):
            if cls._member_type_ is object:
                made._value_ = value
            else:
                try:
                    made._value_ = cls._member_type_(*args)
                except Exception as error:
                    raise TypeError('_value_ not set in __new__, unable to create it') from error
        value = made._value_
        made._name_ = name
        made.__objclass__ = cls
        made.__init__(*args)
        made._sort_order_ = len(cls._member_names_)
        if Flag is not None and issubclass(cls, Flag):
            if not isinstance(value, int):
                raise TypeError(f"unsupported operand type(s) for -: '{type(value).__name__}' and 'int'")
            cls._all_bits_ |= (1 << value.bit_length()) - 1 if value >= 0 else 0
            if _is_single_bit(value):
                cls._flag_mask_ |= value
        return made


def _member_with_value(cls, value):
    try:
        return cls._value2member_map_.get(value)
    except TypeError:
        for known in cls._member_map_.values():
            if known._value_ == value:
                return known
    return None


def _place_member(cls, name, made):
    """Put a member on its class; when a base has a property of that name, one that gives way to the member."""
    for base in cls.__mro__[1:]:
        found = base.__dict__.get(name)
        if found is None:
            continue
        if not isinstance(found, (property, DynamicClassAttribute)) and not (
                hasattr(found, 'fget') and hasattr(found, 'fset') and hasattr(found, 'fdel')):
            continue
        redirect = property()
        redirect.fget, redirect.fset, redirect.fdel = found.fget, found.fset, found.fdel
        redirect.member = made
        redirect.__set_name__(cls, name)
        type.__setattr__(cls, name, redirect)
        return
    type.__setattr__(cls, name, made)


def _operators_of_flags():
    return ('__or__', '__and__', '__xor__', '__ror__', '__rand__', '__rxor__', '__invert__')


class EnumType(type):
    """The class of enumerations."""

    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        metacls._check_for_existing_members_(cls, bases)
        namespace = _EnumDict()
        namespace._cls_name = cls
        _, first_enum = metacls._get_mixins_(cls, bases)
        if first_enum is not None:
            namespace['_generate_next_value_'] = getattr(first_enum, '_generate_next_value_', None)
        return namespace

    def __new__(metacls, cls, bases, classdict, *, boundary=None, _simple=False, **kwds):
        if _simple:
            return super().__new__(metacls, cls, bases, classdict, **kwds)
        ignored = classdict.setdefault('_ignore_', [])
        ignored.append('_ignore_')
        for name in ignored:
            classdict.pop(name, None)
        names = classdict._member_names
        invalid = set(names) & {'mro', ''}
        if invalid:
            raise ValueError(f'invalid enum member name(s) {",".join(map(repr, invalid))}')
        order = classdict.pop('_order_', None)
        member_type, first_enum = metacls._get_mixins_(cls, bases)
        new, save_new, use_args = metacls._find_new_(classdict, member_type, first_enum)
        for name in names:
            dict.__setitem__(classdict, name, _ProtoMember(classdict[name]))
        # Not through __setitem__ of the namespace, which would refuse such names.
        dict.update(classdict, _new_member_=new, _use_args_=use_args, _member_names_=[], _member_map_={},
                    _value2member_map_={}, _unhashable_values_=[], _member_type_=member_type,
                    _value_repr_=metacls._find_data_repr_(cls, bases))
        if boundary is not None or first_enum is not None and hasattr(first_enum, '_flag_mask_'):
            dict.update(classdict, _boundary_=boundary or getattr(first_enum, '_boundary_', None), _flag_mask_=0,
                        _all_bits_=0, _inverted_=None)
        failure = None
        try:
            made = super().__new__(metacls, cls, bases, classdict, **kwds)
        except RuntimeError as error:
            # What __set_name__ raised was wrapped.
            failure = error.__cause__ or error
        if failure is not None:
            raise failure
        metacls._complete(made, classdict, member_type, first_enum, new, save_new)
        if order is not None:
            metacls._check_order(made, order)
        return made

    @staticmethod
    def _complete(made, classdict, member_type, first_enum, new, save_new):
        # A mixed-in type's own methods do not count: 1 must not be what a member of an Enum with int looks like.
        for name in ('__repr__', '__str__', '__format__', '__reduce_ex__'):
            if name not in classdict:
                found = getattr(made, name)
                if found in (getattr(member_type, name), getattr(object, name)):
                    setattr(made, name, getattr(first_enum, name))
        if ReprEnum is not None and ReprEnum in made.__bases__:
            if '__format__' not in classdict:
                made.__format__ = member_type.__format__
            if '__str__' not in classdict:
                found = member_type.__str__
                made.__str__ = member_type.__repr__ if found is object.__str__ else found
        if Flag is not None and issubclass(made, Flag):
            for name in _operators_of_flags():
                if name not in classdict:
                    setattr(made, name, getattr(Flag, name))
        if Enum is not None:
            # Calling the class looks a member up; the new that makes members is kept for later.
            if save_new:
                made.__new_member__ = new
            made.__new__ = Enum.__new__
        if Flag is not None and issubclass(made, Flag):
            values = [each._value_ for each in made]
            if values != sorted(values):
                made._iter_member_ = made._iter_member_by_def_

    @staticmethod
    def _check_order(made, order):
        if isinstance(order, str):
            order = order.replace(',', ' ').split()
        names = made._member_names_
        if Flag is not None and issubclass(made, Flag):
            # Aliases may be named.
            order = [name for name in order if name in names or name not in made._member_map_]
        else:
            order = [name for name in order if name not in made._member_map_ or name in names]
        if order != names:
            raise TypeError(f'member order does not match _order_:\n  {names!r}\n  {order!r}')

    def __bool__(cls):
        return True

    def __call__(cls, value, names=None, *, module=None, qualname=None, type=None, start=1, boundary=None):
        """The member with this value; or, if names are given, a new enumeration called `value`."""
        if names is None:
            return cls.__new__(cls, value)
        return cls._create_(value, names, module=module, qualname=qualname, type=type, start=start, boundary=boundary)

    def __contains__(cls, member):
        if not isinstance(member, Enum):
            import warnings
            warnings.warn('in 3.12 __contains__ will no longer raise TypeError, but will return True or\n'
                          'False depending on whether the value is a member or the value of a member',
                          DeprecationWarning, stacklevel=2)
            raise TypeError(f"unsupported operand type(s) for 'in': '{type(member).__qualname__}' and "
                            f"'{cls.__class__.__qualname__}'")
        return isinstance(member, cls) and member._name_ in cls._member_map_

    def __delattr__(cls, attr):
        if attr in cls._member_map_:
            raise AttributeError(f'{cls.__name__!r} cannot delete member {attr!r}.')
        super().__delattr__(attr)

    def __dir__(cls):
        interesting = {'__class__', '__contains__', '__doc__', '__getitem__', '__iter__', '__len__', '__members__',
                       '__module__', '__name__', '__qualname__', *cls._member_names_}
        if cls._new_member_ is not object.__new__:
            interesting.add('__new__')
        if cls.__init_subclass__ is not object.__init_subclass__:
            interesting.add('__init_subclass__')
        if cls._member_type_ is object:
            return sorted(interesting)
        return sorted(set(dir(cls._member_type_)) | interesting)

    def __getattr__(cls, name):
        if _is_dunder(name):
            raise AttributeError(name)
        try:
            return cls._member_map_[name]
        except KeyError:
            raise AttributeError(name) from None

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __iter__(cls):
        return (cls._member_map_[name] for name in cls._member_names_)

    def __len__(cls):
        return len(cls._member_names_)

    @builtins.property
    def __members__(cls):
        """A view of names and members, aliases included."""
        return MappingProxyType(cls._member_map_)

    def __repr__(cls):
        kind = 'flag' if Flag is not None and issubclass(cls, Flag) else 'enum'
        return f'<{kind} {cls.__name__!r}>'

    def __reversed__(cls):
        return (cls._member_map_[name] for name in reversed(cls._member_names_))

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get('_member_map_', {}):
            raise AttributeError(f'cannot reassign member {name!r}')
        super().__setattr__(name, value)

    # --- classes made by calls ---

    def _create_(cls, class_name, names, *, module=None, qualname=None, type=None, start=1, boundary=None):
        metacls = cls.__class__
        bases = (cls,) if type is None else (type, cls)
        namespace = metacls.__prepare__(class_name, bases)
        if isinstance(names, str):
            names = names.replace(',', ' ').split()
        if isinstance(names, (tuple, list)) and names and isinstance(names[0], str):
            pairs, values = [], []
            for count, name in enumerate(names):
                value = cls._generate_next_value_(name, start, count, values[:])
                values.append(value)
                pairs.append((name, value))
            names = pairs
        for item in names:
            name, value = (item, names[item]) if isinstance(item, str) else item
            namespace[name] = value
        if module is None:
            try:
                module = sys._getframe(2).f_globals['__name__']
            except (AttributeError, ValueError, KeyError):
                pass
        if module is None:
            _make_class_unpicklable(namespace)
        else:
            namespace['__module__'] = module
        if qualname is not None:
            namespace['__qualname__'] = qualname
        return metacls.__new__(metacls, class_name, bases, namespace, boundary=boundary)

    def _convert_(cls, name, module, filter, source=None, *, boundary=None, as_global=False):
        """Make the constants of a module that the filter accepts an enumeration, in their place."""
        module_globals = sys.modules[module].__dict__
        constants = module_globals if source is None else source.__dict__
        members = [(key, value) for key, value in constants.items() if filter(key)]
        try:
            members.sort(key=lambda item: (item[1], item[0]))
        except TypeError:
            members.sort(key=lambda item: item[0])
        made = cls(name, members, module=module, boundary=boundary or KEEP)
        if as_global:
            sys.modules['enum'].global_enum(made)
        else:
            sys.modules[made.__module__].__dict__.update(made.__members__)
        module_globals[name] = made
        return made

    # --- what the bases say ---

    @classmethod
    def _check_for_existing_members_(mcls, class_name, bases):
        for chain in bases:
            for base in chain.__mro__:
                if isinstance(base, EnumType) and base._member_names_:
                    raise TypeError(f'<enum {class_name!r}> cannot extend {base!r}')

    @classmethod
    def _get_mixins_(mcls, class_name, bases):
        """The type of the values, and the enumeration to derive from, which is the last base."""
        if not bases:
            return object, Enum
        first_enum = bases[-1]
        if not isinstance(first_enum, EnumType):
            raise TypeError('new enumerations should be created as '
                            '`EnumName([mixin_type, ...] [data_type,] enum_type)`')
        return mcls._find_data_type_(class_name, bases) or object, first_enum

    @classmethod
    def _find_data_repr_(mcls, class_name, bases):
        for chain in bases:
            for base in chain.__mro__:
                if base is object:
                    continue
                if isinstance(base, EnumType):
                    return base._value_repr_
                if '__repr__' in base.__dict__:
                    return base.__dict__['__repr__']
        return None

    @classmethod
    def _find_data_type_(mcls, class_name, bases):
        data_types, base_chain = set(), set()
        for chain in bases:
            candidate = None
            for base in chain.__mro__:
                base_chain.add(base)
                if base is object:
                    continue
                if isinstance(base, EnumType):
                    if base._member_type_ is not object:
                        data_types.add(base._member_type_)
                        break
                elif '__new__' in base.__dict__ or '__dataclass_fields__' in base.__dict__:
                    data_types.add(candidate or base)
                    break
                else:
                    candidate = candidate or base
        if len(data_types) > 1:
            raise TypeError(f'too many data types for {class_name!r}: {data_types!r}')
        return data_types.pop() if data_types else None

    @classmethod
    def _find_new_(mcls, classdict, member_type, first_enum):
        """The __new__ that makes members, whether it is to be kept, and whether it takes the value's parts."""
        new = classdict.get('__new__')
        of_enum = None if Enum is None else Enum.__new__
        save_new = first_enum is not None and new is not None
        if new is None:
            for name in ('__new_member__', '__new__'):
                for holder in (member_type, first_enum):
                    found = getattr(holder, name, None)
                    if found not in (None, object.__new__, of_enum):
                        new = found
                        break
                if new is not None:
                    break
            else:
                new = object.__new__
        use_args = first_enum is not None and new not in (of_enum, object.__new__)
        return new, save_new, use_args


EnumMeta = EnumType


# --- enumerations ---

class Enum(metaclass=EnumType):
    """A collection of names and values: a subclass defines its members.

    They are found as attributes, Color.RED; by value, Color(1); by name, Color['RED']; and in a loop over the class.
    """

    def __new__(cls, value):
        # Members exist already: this is a look-up.
        if type(value) is cls:
            return value
        try:
            return cls._value2member_map_[value]
        except KeyError:
            pass  # not there, and quickly known
        except TypeError:
            for each in cls._member_map_.values():
                if each._value_ == value:
                    return each
        return cls._look_further(value)

    @classmethod
    def _look_further(cls, value):
        try:
            error = None
            result = cls._missing_(value)
        except Exception as raised:
            error, result = raised, None
        try:
            if isinstance(result, cls):
                return result
            if Flag is not None and issubclass(cls, Flag) and cls._boundary_ is EJECT and isinstance(result, int):
                return result
            invalid = ValueError(f'{value!r} is not a valid {cls.__qualname__}')
            if result is None and error is None:
                raise invalid
            if error is None:
                error = TypeError(f'error in {cls.__name__}._missing_: returned {result!r} instead of None or a valid '
                                  'member')
            if not isinstance(error, ValueError):
                error.__context__ = invalid
            raise error
        finally:
            # The exceptions hold this frame.
            error = invalid = None

    def __init__(self, *args, **kwds):
        pass

    def _generate_next_value_(name, start, count, last_values):
        """The value for auto(): one more than the last one."""
        if not last_values:
            return start
        try:
            return sorted(last_values).pop() + 1
        except TypeError:
            import warnings
            warnings.warn('In 3.13 the default `auto()`/`_generate_next_value_` will require all values to be sortable '
                          'and support adding +1\nand the value returned will be the largest value in the enum '
                          'incremented by 1', DeprecationWarning, stacklevel=5)
        for value in reversed(last_values):
            try:
                return value + 1
            except TypeError:
                pass
        return start

    @classmethod
    def _missing_(cls, value):
        """Called for values without a member: may return one."""
        return None

    def __repr__(self):
        value_repr = self.__class__._value_repr_ or repr
        return f'<{self.__class__.__name__}.{self._name_}: {value_repr(self._value_)}>'

    def __str__(self):
        return f'{self.__class__.__name__}.{self._name_}'

    def __dir__(self):
        names = {'__class__', '__doc__', '__eq__', '__hash__', '__module__', 'name', 'value'}
        own = getattr(self, '__dict__', {})
        names.update([name for name in own if name[:1] != '_' and name not in self._member_map_])
        for cls in self.__class__.mro():
            for name, found in cls.__dict__.items():
                if name[:1] == '_':
                    continue
                if isinstance(found, property):
                    # Only what can be asked of a member.
                    if found.fget is not None or name not in self._member_map_:
                        names.add(name)
                    else:
                        names.discard(name)
                elif name not in self._member_map_ or cls is self.__class__:
                    names.add(name)
        if self._member_type_ is not object:
            names.update(object.__dir__(self))
        return sorted(names)

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, proto):
        return getattr, (self.__class__, self._name_)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    @property
    def name(self):
        """The name of the member."""
        return self._name_

    @property
    def value(self):
        """The value of the member."""
        return self._value_


class ReprEnum(Enum):
    """An Enum that changes repr() alone: str() and format() are those of the mixed-in type."""


class IntEnum(int, ReprEnum):
    """
    Enum where members are also (and must be) ints
    """


class StrEnum(str, ReprEnum):
    """
    Enum where members are also (and must be) strings
    """

    def __new__(cls, *values):
        if len(values) > 3:
            raise TypeError(f'too many arguments for str(): {values!r}')
        if len(values) == 1 and not isinstance(values[0], str):
            raise TypeError(f'{values[0]!r} is not a string')
        if len(values) >= 2 and not isinstance(values[1], str):
            raise TypeError(f'encoding must be a string, not {values[1]!r}')
        if len(values) == 3 and not isinstance(values[2], str):
            raise TypeError(f'errors must be a string, not {values[2]!r}')
        value = str(*values)
        made = str.__new__(cls, value)
        made._value_ = value
        return made

    def _generate_next_value_(name, start, count, last_values):
        """The value for auto(): the name in small letters."""
        return name.lower()


# --- flags ---

class FlagBoundary(StrEnum):
    """What becomes of bits that no flag has: an error, dropped, a plain int, or kept."""

    STRICT = auto()
    CONFORM = auto()
    EJECT = auto()
    KEEP = auto()


STRICT, CONFORM, EJECT, KEEP = FlagBoundary


class Flag(Enum, boundary=CONFORM):
    """Members are bits, which can be combined with |, &, ^ and ~."""

    def __reduce_ex__(self, proto):
        cls = self.__class__
        if self._name_ in cls._member_map_:
            return getattr, (cls, self._name_)
        # Combinations have no name: they are put together from members again.
        unknown = self._value_ & ~cls._flag_mask_
        parts = list(cls._iter_member_(self._value_ & cls._flag_mask_))
        if unknown or not parts:
            return cls, (self._value_,)
        if len(parts) == 1:
            return getattr, (cls, parts[0]._name_)
        return _or, (cls(self._value_ & ~parts[-1]._value_), parts[-1])

    _numeric_repr_ = repr

    def _generate_next_value_(name, start, count, last_values):
        """The value for auto(): the next power of two."""
        if not last_values:
            return start if start is not None else 1
        last_value = max(last_values)
        try:
            high_bit = _high_bit(last_value)
        except Exception:
            raise TypeError(f'invalid flag value {last_value!r}') from None
        return 2 ** (high_bit + 1)

    @classmethod
    def _iter_member_by_value_(cls, value):
        for bit in _iter_bits_lsb(value & cls._flag_mask_):
            yield cls._value2member_map_.get(bit)

    _iter_member_ = _iter_member_by_value_

    @classmethod
    def _iter_member_by_def_(cls, value):
        yield from sorted(cls._iter_member_by_value_(value), key=lambda each: each._sort_order_)

    @classmethod
    def _missing_(cls, value):
        """The combination for a number, made now."""
        if not isinstance(value, int):
            raise ValueError(f'{value!r} is not a valid {cls.__qualname__}')
        mask, all_bits = cls._flag_mask_, cls._all_bits_
        if not ~all_bits <= value <= all_bits or value & (all_bits ^ mask):
            if cls._boundary_ is STRICT:
                width = max(value.bit_length(), mask.bit_length())
                raise ValueError(f'{cls!r} invalid value {value!r}\n    given {bin(value, width)}\n'
                                 f'  allowed {bin(mask, width)}')
            if cls._boundary_ is CONFORM:
                value &= mask
            elif cls._boundary_ is EJECT:
                return value
            elif cls._boundary_ is KEEP:
                if value < 0:
                    value += max(all_bits + 1, 2 ** value.bit_length())
            else:
                raise ValueError(f'{cls!r} unknown flag boundary {cls._boundary_!r}')
        given = value
        if value < 0:
            value += all_bits + 1
        return cls._combination(value, given)

    @classmethod
    def _combination(cls, value, given):
        unknown = value & ~cls._flag_mask_
        if unknown and cls._boundary_ is not KEEP:
            raise ValueError(f'{cls.__name__}({value!r}) -->  unknown values {unknown!r} [{bin(unknown)}]')
        if cls._member_type_ is object:
            made = object.__new__(cls)
        else:
            made = cls._member_type_.__new__(cls, value)
        if not hasattr(made, '_value_'):
            made._value_ = value
        names = [each._name_ for each in cls._iter_member_(value)]
        made._name_ = None
        if names:
            if unknown:
                names.append(str(cls._numeric_repr_(unknown)))
            made._name_ = '|'.join(names)
        # Another thread may have been quicker.
        made = cls._value2member_map_.setdefault(value, made)
        if given != value:
            cls._value2member_map_[given] = made
        return made

    def __contains__(self, other):
        """Whether all bits of the other are set here."""
        if not isinstance(other, self.__class__):
            raise TypeError(f"unsupported operand type(s) for 'in': '{type(other).__qualname__}' and "
                            f"'{self.__class__.__qualname__}'")
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        """The single bits of this combination."""
        yield from self._iter_member_(self._value_)

    def __len__(self):
        return self._value_.bit_count()

    def __repr__(self):
        cls = self.__class__
        value = (cls._value_repr_ or repr)(self._value_)
        return f'<{cls.__name__}: {value}>' if self._name_ is None else f'<{cls.__name__}.{self._name_}: {value}>'

    def __str__(self):
        name = self.__class__.__name__
        return f'{name}({self._value_!r})' if self._name_ is None else f'{name}.{self._name_}'

    def __bool__(self):
        return bool(self._value_)

    def _bits_of(self, other):
        """The bits of an operand, or None if it cannot be one."""
        if isinstance(other, self.__class__):
            return other._value_
        if self._member_type_ is not object and isinstance(other, self._member_type_):
            return int(other)
        return None

    def __or__(self, other):
        bits = self._bits_of(other)
        return NotImplemented if bits is None else self.__class__(self._value_ | bits)

    def __and__(self, other):
        bits = self._bits_of(other)
        return NotImplemented if bits is None else self.__class__(self._value_ & bits)

    def __xor__(self, other):
        bits = self._bits_of(other)
        return NotImplemented if bits is None else self.__class__(self._value_ ^ bits)

    def __invert__(self):
        if self._inverted_ is None:
            cls = self.__class__
            if cls._boundary_ is KEEP:
                self._inverted_ = cls(~self._value_)
            else:
                self._inverted_ = cls(cls._flag_mask_ & ~self._value_)
            if isinstance(self._inverted_, cls):
                self._inverted_._inverted_ = self
        return self._inverted_

    __rand__ = __and__
    __ror__ = __or__
    __rxor__ = __xor__


class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    """
    Support for integer-based Flags
    """


# --- what few programs use ---

_LATER = frozenset(['unique', 'EnumCheck', 'CONTINUOUS', 'NAMED_FLAGS', 'UNIQUE', 'verify', 'global_enum_repr',
                    'global_flag_repr', 'global_str', 'global_enum', '_simple_enum', '_test_simple_enum',
                    '_old_convert_', '_reduce_ex_by_global_name', '_stdlib_enums'])


def __getattr__(name):
    if name in _LATER:
        import _enum_tools
        for each in _LATER:
            globals()[each] = getattr(_enum_tools, each)
        return globals()[name]
    raise AttributeError(f'module {__name__!r} has no attribute {name!r}')


def __dir__():
    return sorted(_LATER.union(globals()))
