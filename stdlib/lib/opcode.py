"""The opcodes of Gila's bytecode: names and numbers (vm/opcodes.def tells what each does)."""
from _dis import opcode_names

__all__ = ['opname', 'opmap', 'cmp_op', 'stack_effect', 'HAVE_ARGUMENT', 'EXTENDED_ARG']

opname = opcode_names()
opmap = {name: number for number, name in enumerate(opname)}
# Tools that look at code ask for a few instructions by CPython's names.
opmap.update((theirs, opmap[ours]) for theirs, ours in (
    ('YIELD_VALUE', 'Yield'), ('RETURN_VALUE', 'Return'), ('LOAD_GLOBAL', 'LoadGlobal'), ('STORE_GLOBAL', 'StoreGlobal'),
    ('DELETE_GLOBAL', 'DelGlobal'), ('IMPORT_NAME', 'ImportName')))
cmp_op = ('<', '<=', '==', '!=', '>', '>=')
HAVE_ARGUMENT = 0
EXTENDED_ARG = -1  # operands are never too large for their instruction


def stack_effect(opcode, oparg=None, /, *, jump=None):
    """0: instructions work on registers, there is no stack."""
    return 0
