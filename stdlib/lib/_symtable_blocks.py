"""Which names a program has in which block, and where each of them lives: the analysis under symtable.

A Block is a module, class, function, lambda or comprehension. Going through the syntax tree collects what is done with
each name (flags); resolve() then says where it lives (scope), from the outermost block inwards.
"""
import ast

GLOBAL_DECLARED, LOCAL, PARAM, NONLOCAL, USED, IMPORTED, ANNOTATED, FREE_IN_CLASS = (1 << bit for bit in range(8))
BOUND = LOCAL | PARAM | IMPORTED

SCOPE_LOCAL, SCOPE_CELL, SCOPE_FREE, SCOPE_GLOBAL, SCOPE_DECLARED_GLOBAL = range(1, 6)

_COMPREHENSIONS = {ast.ListComp: 'listcomp', ast.SetComp: 'setcomp', ast.DictComp: 'dictcomp',
                   ast.GeneratorExp: 'genexpr'}


class Block:
    """One block: its names with their flags, in the order in which they were met."""

    def __init__(self, kind, name, lineno, parent=None, is_comprehension=False):
        self.kind, self.name, self.lineno = kind, name, lineno
        self.parent, self.is_comprehension = parent, is_comprehension
        self.children, self.flags, self.scopes = [], {}, {}
        self.nested = parent is not None and (parent.nested or parent.kind == 'function')
        self.private = name if kind == 'class' else parent.private if parent else None
        if parent is not None:
            parent.children.append(self)

    def add(self, name, flag):
        name = self.mangled(name)
        self.flags[name] = self.flags.get(name, 0) | flag

    def mangled(self, name):
        """A name that begins with two underscores belongs to its class alone."""
        if self.private is None or not name.startswith('__') or name.endswith('__') or '.' in name:
            return name
        owner = self.private.lstrip('_')
        return f'_{owner}{name}' if owner else name

    def resolve(self, visible):
        """Settle where each name lives; `visible` has the names of the functions around. Returns the free names."""
        own = {name for name, flags in self.flags.items()
               if flags & BOUND and not flags & (GLOBAL_DECLARED | NONLOCAL)}
        inner = set(visible)
        if self.kind == 'function':
            inner -= {name for name, flags in self.flags.items() if flags & GLOBAL_DECLARED}
            inner |= own
        elif self.kind == 'class':
            inner.add('__class__')
        free_below = set()
        for child in self.children:
            free_below |= child.resolve(inner)
        for name, flags in self.flags.items():
            if flags & GLOBAL_DECLARED:
                scope = SCOPE_DECLARED_GLOBAL
            elif flags & NONLOCAL:
                scope = SCOPE_FREE
            elif flags & BOUND:
                scope = SCOPE_CELL if name in free_below and self.kind == 'function' else SCOPE_LOCAL
            else:
                scope = SCOPE_FREE if name in visible else SCOPE_GLOBAL
            self.scopes[name] = scope
        if self.kind == 'class':
            free_below.discard('__class__')
        for name in sorted(free_below):
            self._pass_on(name)
        return {name for name, scope in self.scopes.items() if scope == SCOPE_FREE} | (
            free_below - own if self.kind != 'module' else set()) - (set() if self.kind == 'class' else own)

    def _pass_on(self, name):
        """A name that a block inside takes from a block outside goes through this one."""
        if self.kind == 'module':
            return
        if name not in self.flags:
            self.flags[name] = 0
            self.scopes[name] = SCOPE_FREE
        elif self.kind == 'class' and self.flags[name] & (BOUND | GLOBAL_DECLARED):
            self.flags[name] |= FREE_IN_CLASS


class Collector(ast.NodeVisitor):
    """Makes the blocks of a syntax tree."""

    def __init__(self, tree):
        self.block = self.top = Block('module', 'top', 0)
        self.visit(tree)
        self.top.resolve(set())

    def _within(self, block, *parts):
        self.block = block
        for part in parts:
            self._visit_all(part)
        self.block = block.parent

    def _visit_all(self, part):
        for node in part if isinstance(part, list) else [part]:
            if node is not None:
                self.visit(node)

    # Blocks

    def visit_FunctionDef(self, node):
        self.block.add(node.name, LOCAL)
        self._visit_all(node.args.defaults)
        self._visit_all(node.args.kw_defaults)
        for argument in self._arguments(node.args):
            self._visit_all(argument.annotation)
        self._visit_all(node.returns)
        self._visit_all(node.decorator_list)
        block = Block('function', node.name, node.lineno, self.block)
        self._add_parameters(block, node.args)
        self._within(block, node.body)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node):
        self._visit_all(node.args.defaults)
        self._visit_all(node.args.kw_defaults)
        block = Block('function', 'lambda', node.lineno, self.block)
        self._add_parameters(block, node.args)
        self._within(block, node.body)

    def visit_ClassDef(self, node):
        self.block.add(node.name, LOCAL)
        self._visit_all(node.bases)
        self._visit_all(node.keywords)
        self._visit_all(node.decorator_list)
        self._within(Block('class', node.name, node.lineno, self.block), node.body)

    @staticmethod
    def _arguments(args):
        return [argument for argument in (*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg)
                if argument is not None]

    def _add_parameters(self, block, args):
        for argument in self._arguments(args):
            block.add(argument.arg, PARAM)

    def _comprehension(self, node):
        first, *others = node.generators
        self.visit(first.iter)  # the outermost iterable is evaluated outside
        block = Block('function', _COMPREHENSIONS[type(node)], node.lineno, self.block, is_comprehension=True)
        block.add('.0', PARAM)
        result = [node.value, node.key] if isinstance(node, ast.DictComp) else [node.elt]
        self._within(block, first.target, first.ifs, others, result)

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _comprehension

    def visit_comprehension(self, node):
        for part in node.target, node.iter, node.ifs:
            self._visit_all(part)

    # Names

    def visit_Name(self, node):
        self.block.add(node.id, USED if isinstance(node.ctx, ast.Load) else LOCAL)
        if node.id == 'super' and isinstance(node.ctx, ast.Load) and self.block.kind == 'function':
            self.block.add('__class__', USED)  # super() without arguments needs it

    def visit_NamedExpr(self, node):
        name = node.target.id
        owner = self.block
        while owner.is_comprehension:  # the name belongs to the block around comprehensions
            owner = owner.parent
        if owner is not self.block:
            is_global = owner.kind == 'module' or owner.flags.get(owner.mangled(name), 0) & GLOBAL_DECLARED
            if is_global:
                self._declare_global(name)
                owner.add(name, GLOBAL_DECLARED)
            else:
                self.block.add(name, NONLOCAL)
                owner.add(name, LOCAL)
        self._visit_all(node.value)
        self.visit(node.target)

    def visit_AnnAssign(self, node):
        if isinstance(node.target, ast.Name):
            if node.simple:
                self.block.add(node.target.id, ANNOTATED | LOCAL)
            elif node.value is not None:
                self.block.add(node.target.id, LOCAL)
        else:
            self.visit(node.target)
        self._visit_all(node.annotation)
        self._visit_all(node.value)

    def visit_Assign(self, node):
        self._visit_all(node.targets)
        self.visit(node.value)

    def _imports(self, node):
        for alias in node.names:
            name = alias.asname or alias.name.partition('.')[0]
            if name != '*':
                self.block.add(name, IMPORTED)

    visit_Import = visit_ImportFrom = _imports

    def visit_Global(self, node):
        for name in node.names:
            self._declare_global(name)

    def _declare_global(self, name):
        self.block.add(name, GLOBAL_DECLARED)
        self.top.add(self.block.mangled(name), GLOBAL_DECLARED)

    def visit_Nonlocal(self, node):
        for name in node.names:
            self.block.add(name, NONLOCAL)

    def visit_ExceptHandler(self, node):
        self._visit_all(node.type)
        if node.name:
            self.block.add(node.name, LOCAL)
        self._visit_all(node.body)

    def visit_MatchAs(self, node):
        self._visit_all(node.pattern)
        if node.name:
            self.block.add(node.name, LOCAL)

    def visit_MatchStar(self, node):
        if node.name:
            self.block.add(node.name, LOCAL)

    def visit_MatchMapping(self, node):
        self._visit_all(node.keys)
        self._visit_all(node.patterns)
        if node.rest:
            self.block.add(node.rest, LOCAL)
