"""Decimal floating-point arithmetic as in the General Decimal Arithmetic Specification (IEEE 854).

Decimal is put together here. What a number is, is in _decimal_number; what one can do with it in _decimal_compare,
_decimal_arithmetic, _decimal_functions and _decimal_places; contexts are in _decimal_context.
"""
import numbers as _numbers

from _decimal_arithmetic import Arithmetic as _Arithmetic
from _decimal_compare import Comparing as _Comparing
from _decimal_context import *
from _decimal_context import (Clamped, Context, ConversionSyntax, DivisionImpossible, DivisionUndefined, getcontext,
                              localcontext, setcontext)
from _decimal_functions import Functions as _Functions
from _decimal_number import DecimalTuple, Number as _Number, operand as _operand
from _decimal_places import Places as _Places

__all__ = ['Decimal', 'Context', 'DecimalTuple', 'DefaultContext', 'BasicContext', 'ExtendedContext', 'DecimalException',
           'Clamped', 'InvalidOperation', 'DivisionByZero', 'Inexact', 'Rounded', 'Subnormal', 'Overflow', 'Underflow',
           'FloatOperation', 'DivisionImpossible', 'InvalidContext', 'ConversionSyntax', 'DivisionUndefined',
           'ROUND_DOWN', 'ROUND_HALF_UP', 'ROUND_HALF_EVEN', 'ROUND_CEILING', 'ROUND_FLOOR', 'ROUND_UP',
           'ROUND_HALF_DOWN', 'ROUND_05UP', 'setcontext', 'getcontext', 'localcontext', 'MAX_PREC', 'MAX_EMAX',
           'MIN_EMIN', 'MIN_ETINY', 'HAVE_THREADS', 'HAVE_CONTEXTVAR']
__version__ = '1.70'
__libmpdec_version__ = '2.5.1'


class Decimal(_Comparing, _Arithmetic, _Functions, _Places):
    """Decimal('1.10'): a number of decimal digits and an exponent; or an infinity or NaN."""

    __slots__ = ()


_Number.plain = Decimal
_numbers.Number.register(Decimal)


# --- the same operations as methods of a context ---

def _add_context_methods():
    def method(name, target, count):
        function = getattr(Decimal, target)
        if count == 1:
            def call(self, a, /):
                return function(_operand(a), context=self)
        elif count == 2:
            def call(self, a, b, /):
                return function(_operand(a), _operand(b), context=self)
        else:
            def call(self, a, b, c, /):
                return function(_operand(a), _operand(b), _operand(c), context=self)
        call.__name__ = name
        call.__doc__ = function.__doc__
        setattr(Context, name, call)

    for name, target in (('abs', '__abs__'), ('minus', '__neg__'), ('plus', '__pos__')):
        method(name, target, 1)
    for name in ('exp', 'ln', 'log10', 'logb', 'sqrt', 'normalize', 'next_plus', 'next_minus', 'number_class',
                 'is_normal', 'is_subnormal', 'logical_invert', 'to_integral_exact', 'to_integral_value',
                 'to_eng_string'):
        method(name, name, 1)
    Context.to_integral = Context.to_integral_value
    for name, target in (('add', '__add__'), ('subtract', '__sub__'), ('multiply', '__mul__'),
                         ('divide', '__truediv__'), ('divide_int', '__floordiv__'), ('remainder', '__mod__'),
                         ('divmod', '__divmod__')):
        method(name, target, 2)
    for name in ('compare', 'compare_signal', 'compare_total', 'compare_total_mag', 'copy_sign', 'logical_and',
                 'logical_or', 'logical_xor', 'max', 'max_mag', 'min', 'min_mag', 'next_toward', 'quantize',
                 'remainder_near', 'rotate', 'same_quantum', 'scaleb', 'shift'):
        method(name, name, 2)
    method('fma', 'fma', 3)

    def plain(name):
        function = getattr(Decimal, name)
        setattr(Context, name, lambda self, a, /: function(_operand(a)))
    for name in ('canonical', 'copy_abs', 'copy_negate', 'is_canonical', 'is_finite', 'is_infinite', 'is_nan',
                 'is_qnan', 'is_signed', 'is_snan', 'is_zero'):
        plain(name)

    def power(self, a, b, modulo=None):
        """a ** b, or a ** b % modulo."""
        return _operand(a).__pow__(_operand(b), modulo, context=self)
    Context.power = power
    Context.copy_decimal = lambda self, a, /: _operand(a)
    Context.to_sci_string = lambda self, a, /: _operand(a).__str__(context=self)


Decimal.__module__ = 'decimal'
_add_context_methods()
