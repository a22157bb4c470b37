"""Bytecode as text. What is shown is Gila's own: instructions on registers (r2), not CPython's.

`gila dis FILE` shows a whole file with its source.
"""
import collections
import io
import sys
import types

import _dis
from opcode import opmap, opname

__all__ = ['code_info', 'dis', 'disassemble', 'distb', 'disco', 'findlinestarts', 'findlabels', 'show_code',
           'get_instructions', 'Instruction', 'Bytecode', 'opmap', 'opname', 'Positions', 'COMPILER_FLAG_NAMES']

COMPILER_FLAG_NAMES = {1: 'OPTIMIZED', 2: 'NEWLOCALS', 4: 'VARARGS', 8: 'VARKEYWORDS', 16: 'NESTED', 32: 'GENERATOR',
                       64: 'NOFREE', 128: 'COROUTINE', 256: 'ITERABLE_COROUTINE', 512: 'ASYNC_GENERATOR'}

Positions = collections.namedtuple('Positions', 'lineno end_lineno col_offset end_col_offset', defaults=(None,) * 4)
_Instruction = collections.namedtuple('_Instruction', 'opname opcode arg argval argrepr offset starts_line '
                                                      'is_jump_target positions', defaults=(None,))


class Instruction(_Instruction):
    """One instruction; argrepr are its operands as text, offset counts bytes as frame.f_lasti does."""

    def _disassemble(self, lineno_width=3, mark_as_current=False, offset_width=4):
        line = f'{self.starts_line:>{lineno_width}}' if self.starts_line is not None else ' ' * lineno_width
        current = '-->' if mark_as_current else '   '
        target = '>>' if self.is_jump_target else '  '
        return f'{line} {current} {target} {self.offset:>{offset_width}} {self.opname:20} {self.argrepr}'.rstrip()


def pretty_flags(flags):
    """The names of the flags of a code object."""
    names = []
    for i in range(32):
        flag = 1 << i
        if flags & flag:
            names.append(COMPILER_FLAG_NAMES.get(flag, hex(flag)))
            flags ^= flag
            if not flags:
                break
    else:
        names.append(hex(flags))
    return ', '.join(names)


def _get_code_object(x):
    """The code of a function, method, class body text and so on."""
    for name in ('__func__', '__code__', 'gi_code', 'ag_code', 'cr_code'):
        x = getattr(x, name, x)
    if isinstance(x, str):
        try:
            x = compile(x, '<disassembly>', 'eval')
        except SyntaxError:
            x = compile(x, '<disassembly>', 'exec')
    if hasattr(x, 'co_code'):
        return x
    raise TypeError(f"don't know how to disassemble {type(x).__name__} objects")


def _jump_target(operands):
    """The word that `->14` among the operands means, or None."""
    at = operands.find('->')
    if at < 0:
        return None
    digits = ''
    for character in operands[at + 2:]:
        if not character.isdigit():
            break
        digits += character
    return int(digits) if digits else None


def get_instructions(x, *, first_line=None, show_caches=False, adaptive=False):
    """The Instructions of a function, code object or source text."""
    return _instructions(_get_code_object(x), first_line)


def _instructions(code, first_line=None):
    shift = 0 if first_line is None else first_line - code.co_firstlineno
    found = _dis.instructions(code)
    targets = {_jump_target(operands) for _, _, _, operands in found}
    targets.update([handler for _, _, handler, _ in _dis.handlers(code)])
    positions = list(code.co_positions())
    last = None
    for word, number, name, operands in found:
        where = Positions(*positions[word]) if word < len(positions) else Positions()
        starts = None
        if where.lineno is not None and where.lineno != last:
            last = where.lineno
            starts = last + shift
        target = _jump_target(operands)
        value = 2 * target if target is not None else operands
        yield Instruction(name, number, None, value, operands, 2 * word, starts, word in targets, where)


def dis(x=None, *, file=None, depth=None, show_caches=False, adaptive=False):
    """Show the bytecode of a function, class, module, code object or source text, and of what is inside it."""
    if x is None:
        distb(file=file)
        return
    for name in ('__func__', '__code__', 'gi_code', 'ag_code', 'cr_code'):
        x = getattr(x, name, x)
    if hasattr(x, '__dict__') and not hasattr(x, 'co_code'):
        for name, value in sorted(x.__dict__.items()):
            if isinstance(value, (types.MethodType, types.FunctionType, types.CodeType, classmethod, staticmethod, type)):
                print(f'Disassembly of {name}:', file=file)
                try:
                    dis(value, file=file, depth=depth)
                except TypeError as error:
                    print('Sorry:', error, file=file)
                print(file=file)
    elif hasattr(x, 'co_code'):
        _disassemble_recursive(x, file=file, depth=depth)
    elif isinstance(x, str):
        _disassemble_recursive(_get_code_object(x), file=file, depth=depth)
    else:
        raise TypeError(f"don't know how to disassemble {type(x).__name__} objects")


def distb(tb=None, *, file=None, show_caches=False, adaptive=False):
    """Show the bytecode where a traceback ends, the last one at the prompt if none is given."""
    if tb is None:
        try:
            tb = sys.last_traceback
        except AttributeError:
            raise RuntimeError('no last traceback to disassemble') from None
    while tb.tb_next:
        tb = tb.tb_next
    disassemble(tb.tb_frame.f_code, tb.tb_lasti, file=file)


def disassemble(co, lasti=-1, *, file=None, show_caches=False, adaptive=False):
    """Show the bytecode of a code object; the instruction at `lasti` is marked."""
    _show(_instructions(co), lasti, file)
    handlers = _dis.handlers(co)
    if handlers:
        print('ExceptionTable:', file=file)
        for start, end, handler, register in handlers:
            print(f'  {2 * start} to {2 * end - 2} -> {2 * handler} [r{register}]', file=file)


def _show(instructions, lasti, file):
    first = True
    for instruction in instructions:
        if instruction.starts_line is not None and not first:
            print(file=file)
        first = False
        print(instruction._disassemble(3, instruction.offset == lasti), file=file)


def _disassemble_recursive(co, *, file=None, depth=None):
    disassemble(co, file=file)
    if depth is None or depth > 0:
        for constant in co.co_consts:
            if hasattr(constant, 'co_code'):
                print(file=file)
                print(f'Disassembly of {constant!r}:', file=file)
                _disassemble_recursive(constant, file=file, depth=None if depth is None else depth - 1)


disco = disassemble


def findlinestarts(code):
    """Pairs of offset and line where lines begin."""
    for instruction in _instructions(code):
        if instruction.starts_line is not None:
            yield instruction.offset, instruction.starts_line


def findlabels(code):
    """The offsets that are jumped to."""
    return [instruction.offset for instruction in _instructions(_get_code_object(code)) if instruction.is_jump_target]


def code_info(x):
    """What is known of a code object, as text."""
    co = _get_code_object(x)
    lines = [f'Name:              {co.co_name}', f'Filename:          {co.co_filename}',
             f'Argument count:    {co.co_argcount}', f'Positional-only arguments: {co.co_posonlyargcount}',
             f'Kw-only arguments: {co.co_kwonlyargcount}', f'Number of locals:  {co.co_nlocals}',
             f'Stack size:        {co.co_stacksize}', f'Flags:             {pretty_flags(co.co_flags)}']
    for title, names in (('Constants', list(map(repr, co.co_consts))), ('Names', co.co_names),
                         ('Variable names', co.co_varnames), ('Free variables', co.co_freevars),
                         ('Cell variables', co.co_cellvars)):
        if names:
            lines.append(f'{title}:')
            lines += [f'{i:4d}: {name}' for i, name in enumerate(names)]
    return '\n'.join(lines)


def show_code(co, *, file=None):
    """Print code_info."""
    print(code_info(co), file=file)


class Bytecode:
    """The bytecode of something: iterate over its Instructions, or show it with dis()."""

    def __init__(self, x, *, first_line=None, current_offset=None, show_caches=False, adaptive=False):
        self.codeobj = _get_code_object(x)
        self.first_line = self.codeobj.co_firstlineno if first_line is None else first_line
        self._given_line, self._original_object = first_line, x
        self.current_offset = current_offset

    def __iter__(self):
        return _instructions(self.codeobj, self._given_line)

    def __repr__(self):
        return f'{self.__class__.__name__}({self._original_object!r})'

    @classmethod
    def from_traceback(cls, tb, *, show_caches=False, adaptive=False):
        """The bytecode where a traceback ends."""
        while tb.tb_next:
            tb = tb.tb_next
        return cls(tb.tb_frame.f_code, current_offset=tb.tb_lasti)

    def info(self):
        """What is known of the code object."""
        return code_info(self.codeobj)

    def dis(self):
        """The bytecode as text."""
        out = io.StringIO()
        _show(iter(self), -1 if self.current_offset is None else self.current_offset, out)
        return out.getvalue()


if __name__ == '__main__':
    import argparse
    parser = argparse.ArgumentParser()
    parser.add_argument('infile', type=argparse.FileType('rb'), nargs='?', default='-')
    arguments = parser.parse_args()
    with arguments.infile as stream:
        dis(compile(stream.read(), arguments.infile.name, 'exec'))
