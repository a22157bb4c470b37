"""The names of a program, block by block: what the compiler finds out before it makes code."""
import ast
import weakref
from _symtable_blocks import (ANNOTATED, BOUND, IMPORTED, LOCAL, NONLOCAL, PARAM, SCOPE_CELL,
                              SCOPE_DECLARED_GLOBAL, SCOPE_FREE, SCOPE_GLOBAL, SCOPE_LOCAL, USED, Collector)

__all__ = ['symtable', 'SymbolTable', 'Class', 'Function', 'Symbol']

_GLOBALS = (SCOPE_GLOBAL, SCOPE_DECLARED_GLOBAL)
_LOCALS = (SCOPE_LOCAL, SCOPE_CELL)

_tables = weakref.WeakKeyDictionary()  # the table of each block


def symtable(code, filename, compile_type):
    """The table of a source; its blocks are the children. Raises SyntaxError as compile() does."""
    if compile_type not in ('exec', 'eval', 'single'):
        raise ValueError("symtable() arg 3 must be 'exec' or 'eval' or 'single'")
    compile(code, filename, compile_type, dont_inherit=True)
    tree = compile(code, filename, compile_type, ast.PyCF_ONLY_AST, dont_inherit=True)
    return _table_of(Collector(tree).top, filename)


def _table_of(block, filename):
    table = _tables.get(block)
    if table is None:
        kind = {'function': Function, 'class': Class}.get(block.kind, SymbolTable)
        table = _tables.setdefault(block, kind(block, filename))
    return table


class SymbolTable:
    """The names of one block."""

    def __init__(self, raw_table, filename):
        self._table, self._filename = raw_table, filename
        self._symbols = {}

    def __repr__(self):
        kind = '' if self.__class__ is SymbolTable else self.__class__.__name__ + ' '
        if self._table.name == 'top':
            return f'<{kind}SymbolTable for module {self._filename}>'
        return f'<{kind}SymbolTable for {self._table.name} in {self._filename}>'

    def get_type(self):
        """'module', 'class' or 'function'."""
        return self._table.kind

    def get_id(self):
        return id(self._table)

    def get_name(self):
        """The name of the class or function, 'top' for a module."""
        return self._table.name

    def get_lineno(self):
        return self._table.lineno

    def is_optimized(self):
        """Whether local names need no dict."""
        return self._table.kind == 'function'

    def is_nested(self):
        """Whether the block is inside a function."""
        return bool(self._table.nested)

    def has_children(self):
        return bool(self._table.children)

    def get_identifiers(self):
        """The names."""
        return self._table.flags.keys()

    def lookup(self, name):
        """The Symbol of a name. Raises KeyError."""
        if name not in self._symbols:
            flags, scope = self._table.flags[name], self._table.scopes[name]
            namespaces = [child for child in self.get_children() if child.get_name() == name]
            symbol = Symbol(name, flags, namespaces, module_scope=self._table.name == 'top')
            symbol._scope = scope
            self._symbols[name] = symbol
        return self._symbols[name]

    def get_symbols(self):
        return [self.lookup(name) for name in self.get_identifiers()]

    def get_children(self):
        """The tables of the blocks inside."""
        return [_table_of(child, self._filename) for child in self._table.children]


class Function(SymbolTable):
    """The names of a function, a lambda or a comprehension."""

    def _names(self, holds):
        return tuple(name for name, flags in self._table.flags.items() if holds(flags, self._table.scopes[name]))

    def get_parameters(self):
        return self._names(lambda flags, scope: flags & PARAM)

    def get_locals(self):
        return self._names(lambda flags, scope: scope in _LOCALS)

    def get_globals(self):
        return self._names(lambda flags, scope: scope in _GLOBALS)

    def get_nonlocals(self):
        return self._names(lambda flags, scope: flags & NONLOCAL)

    def get_frees(self):
        """The names that live in a function around."""
        return self._names(lambda flags, scope: scope == SCOPE_FREE)


class Class(SymbolTable):
    """The names of a class."""

    def get_methods(self):
        """The names of the functions, and of what else is a block."""
        return tuple(dict.fromkeys(child.name for child in self._table.children))


class Symbol:
    """A name in a block."""

    def __init__(self, name, flags, namespaces=None, *, module_scope=False):
        self._name, self._flags, self._scope = name, flags, None
        self._namespaces = namespaces or ()
        self._module_scope = module_scope

    def __repr__(self):
        return f'<symbol {self._name!r}>'

    def get_name(self):
        return self._name

    def is_referenced(self):
        """Whether its value is asked for."""
        return bool(self._flags & USED)

    def is_parameter(self):
        return bool(self._flags & PARAM)

    def is_global(self):
        """Whether it lives in the module."""
        return self._scope in _GLOBALS or self._module_scope and bool(self._flags & BOUND)

    def is_nonlocal(self):
        """Whether a statement says that it lives in a function around."""
        return bool(self._flags & NONLOCAL)

    def is_declared_global(self):
        """Whether a statement says that it lives in the module."""
        return self._scope == SCOPE_DECLARED_GLOBAL

    def is_local(self):
        """Whether it lives in this block."""
        return self._scope in _LOCALS or self._module_scope and bool(self._flags & BOUND)

    def is_annotated(self):
        return bool(self._flags & ANNOTATED)

    def is_free(self):
        """Whether it lives in a function around."""
        return self._scope == SCOPE_FREE

    def is_imported(self):
        return bool(self._flags & IMPORTED)

    def is_assigned(self):
        return bool(self._flags & LOCAL)

    def is_namespace(self):
        """Whether it is the name of a function or class."""
        return bool(self._namespaces)

    def get_namespaces(self):
        """The tables of what it names."""
        return self._namespaces

    def get_namespace(self):
        """The one table of what it names. Raises ValueError if there are several or none."""
        if len(self._namespaces) == 0:
            raise ValueError('name is not bound to any namespaces')
        if len(self._namespaces) > 1:
            raise ValueError('name is bound to multiple namespaces')
        return self._namespaces[0]
