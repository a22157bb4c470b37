"""The decorators and checks of enum, loaded when a program asks enum for one of them."""
import sys

from enum import (Enum, EnumType, Flag, FlagBoundary, IntEnum, IntFlag, KEEP, ReprEnum, StrEnum, _high_bit,
                  _is_single_bit, _iter_bits_lsb)

# What is defined here belongs to enum, and is found there.
__name__ = 'enum'


def unique(enumeration):
    """Refuse a class with aliases."""
    duplicates = [(name, each.name) for name, each in enumeration.__members__.items() if name != each.name]
    if duplicates:
        details = ', '.join([f'{alias} -> {name}' for alias, name in duplicates])
        raise ValueError(f'duplicate values found in {enumeration!r}: {details}')
    return enumeration


class EnumCheck(StrEnum):
    """What verify can check: no gaps, all bits of combinations have names, no aliases."""

    CONTINUOUS = 'no skipped integer values'
    NAMED_FLAGS = 'multi-flag aliases may not contain unnamed flags'
    UNIQUE = 'one name per value'


CONTINUOUS, NAMED_FLAGS, UNIQUE = EnumCheck


class verify:
    """Refuse a class that does not meet these constraints."""

    def __init__(self, *checks):
        self.checks = checks

    def __call__(self, enumeration):
        for check in self.checks:
            if check is UNIQUE:
                self._check_unique(enumeration)
            elif check is CONTINUOUS:
                self._check_continuous(enumeration)
            elif check is NAMED_FLAGS:
                self._check_named(enumeration)
        return enumeration

    @staticmethod
    def _check_unique(enumeration):
        duplicates = [(name, each.name) for name, each in enumeration.__members__.items() if name != each.name]
        if duplicates:
            details = ', '.join([f'{alias} -> {name}' for alias, name in duplicates])
            raise ValueError(f'aliases found in {enumeration!r}: {details}')

    @staticmethod
    def _check_continuous(enumeration):
        values = {each.value for each in enumeration}
        if len(values) < 2:
            return
        low, high = min(values), max(values)
        if issubclass(enumeration, Flag):
            kind = 'flag'
            missing = [2 ** i for i in range(_high_bit(low) + 1, _high_bit(high)) if 2 ** i not in values]
        elif issubclass(enumeration, Enum):
            kind = 'enum'
            missing = [i for i in range(low + 1, high) if i not in values]
        else:
            raise TypeError(f'verify: {enumeration!r} is no enumeration')
        if missing:
            details = ', '.join(map(str, missing))
            raise ValueError(f'invalid {kind} {enumeration.__name__!r}: missing values {details}'[:256])

    @staticmethod
    def _check_named(enumeration):
        names = {name for name, _ in enumeration.__members__.items()}
        values = [each._value_ for each in enumeration]
        nameless, missing = [], 0
        for name, alias in enumeration._member_map_.items():
            if alias.value < 0 or name in enumeration._member_names_:
                continue
            lacking = [bit for bit in _iter_bits_lsb(alias.value) if bit not in values]
            if lacking:
                nameless.append(name)
                for bit in lacking:
                    missing |= bit
        if not nameless:
            return
        if len(nameless) == 1:
            aliases = f'alias {nameless[0]} is missing'
        else:
            aliases = f'aliases {", ".join(nameless[:-1])} and {nameless[-1]} are missing'
        value = f'value 0x{missing:x}' if _is_single_bit(missing) else f'combined values of 0x{missing:x}'
        raise ValueError(f'invalid Flag {enumeration.__name__!r}: {aliases} {value} '
                         '[use enum.show_flag_values(value) for details]')


def global_enum_repr(self):
    """module.NAME"""
    module = self.__class__.__module__.split('.')[-1]
    return f'{module}.{self._name_}'


def global_flag_repr(self):
    """module.NAME|module.NAME, or module.Class(number) if it has no name."""
    module = self.__class__.__module__.split('.')[-1]
    cls_name = self.__class__.__name__
    if self._name_ is None:
        return f'{module}.{cls_name}({self._value_})'
    if _is_single_bit(self._value_):
        return f'{module}.{self._name_}'
    if self._boundary_ is not FlagBoundary.KEEP:
        return '|'.join([f'{module}.{name}' for name in self.name.split('|')])
    return '|'.join([name if name[0].isdigit() else f'{module}.{name}' for name in self._name_.split('|')])


def global_str(self):
    """The name alone."""
    if self._name_ is None:
        return f'{self.__class__.__name__}({self._value_!r})'
    return self._name_


def global_enum(cls, update_str=False):
    """Put the members into the module of the class and let their repr() say so."""
    cls.__repr__ = global_flag_repr if issubclass(cls, Flag) else global_enum_repr
    if not issubclass(cls, ReprEnum) or update_str:
        cls.__str__ = global_str
    sys.modules[cls.__module__].__dict__.update(cls.__members__)
    return cls


def _reduce_ex_by_global_name(self, proto):
    return self.name


def _simple_enum(etype=Enum, *, boundary=None, use_args=None):
    """Make an enumeration of a plain class, quickly and with few checks; for the library's own use."""
    def convert_class(cls):
        namespace = type(etype).__prepare__(cls.__name__, (etype,))
        for name, value in cls.__dict__.items():
            if name in ('__dict__', '__weakref__') or name == '__doc__' and value is None:
                continue
            namespace[name] = value
        namespace.setdefault('__qualname__', cls.__qualname__)
        return EnumType.__new__(type(etype), cls.__name__, (etype,), namespace, boundary=boundary)
    return convert_class


def _test_simple_enum(checked_enum, simple_enum):
    """Raise TypeError if the two have different members."""
    failed = []
    checked, simple = checked_enum.__members__, simple_enum.__members__
    for name in checked.keys() ^ simple.keys():
        failed.append(f'{"extra" if name in simple else "missing"} member: {name}')
    for name in checked.keys() & simple.keys():
        if checked[name].value != simple[name].value:
            failed.append(f'{name}: value {simple[name].value!r}, not {checked[name].value!r}')
    if failed:
        raise TypeError('enum mismatch:\n   ' + '\n   '.join(failed))


def _old_convert_(etype, name, module, filter, source=None, *, boundary=None):
    """Make constants of a module an enumeration, with the members as they were before they had modules."""
    module_globals = sys.modules[module].__dict__
    constants = module_globals if source is None else source.__dict__
    members = sorted([(key, value) for key, value in constants.items() if filter(key)],
                     key=lambda item: item[0])
    made = etype(name, members, module=module, boundary=boundary or KEEP)
    made.__reduce_ex__ = _reduce_ex_by_global_name
    return made


_stdlib_enums = IntEnum, StrEnum, IntFlag
