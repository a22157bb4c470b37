"""From a syntax tree to source text (ast.unparse).

Every expression is written with the least strength that its place demands; one that binds more weakly is put into
parentheses. Strengths are numbers, from _TUPLE, which binds least, to _ATOM.
"""
import ast
import sys

_NAMED, _TUPLE, _YIELD, _TEST, _OR, _AND, _NOT, _CMP = range(8)
_BOR, _BXOR, _BAND, _SHIFT, _ARITH, _TERM, _FACTOR, _POWER, _AWAIT, _ATOM = range(8, 18)
_EXPR = _BOR

_BINARY = {
    'Add': ('+', _ARITH), 'Sub': ('-', _ARITH), 'Mult': ('*', _TERM), 'MatMult': ('@', _TERM), 'Div': ('/', _TERM),
    'Mod': ('%', _TERM), 'LShift': ('<<', _SHIFT), 'RShift': ('>>', _SHIFT), 'BitOr': ('|', _BOR),
    'BitXor': ('^', _BXOR), 'BitAnd': ('&', _BAND), 'FloorDiv': ('//', _TERM), 'Pow': ('**', _POWER),
}
_UNARY = {'Invert': ('~', _FACTOR), 'Not': ('not', _NOT), 'UAdd': ('+', _FACTOR), 'USub': ('-', _FACTOR)}
_COMPARE = {'Eq': '==', 'NotEq': '!=', 'Lt': '<', 'LtE': '<=', 'Gt': '>', 'GtE': '>=', 'Is': 'is', 'IsNot': 'is not',
            'In': 'in', 'NotIn': 'not in'}
_QUOTES = ("'", '"', '"""', "'''")
# 1e309 is read as inf.
_INFINITY = '1e' + repr(sys.float_info.max_10_exp + 1)


class Unparser:
    """Writes one tree."""

    def __init__(self):
        self._lines = []
        self._indent = 0
        self._avoid_backslashes = False

    def visit(self, node):
        """The text of a whole tree, or of any node."""
        if isinstance(node, ast.Module):
            self._module(node)
            return '\n'.join(self._lines).lstrip('\n')
        if isinstance(node, ast.Interactive):
            self._body(node.body)
            return '\n'.join(self._lines).lstrip('\n')
        if isinstance(node, ast.Expression):
            return self._expr(node.body, _TEST)
        if isinstance(node, ast.FunctionType):
            return f'({", ".join([self._expr(a, _TEST) for a in node.argtypes])}) -> {self._expr(node.returns, _TEST)}'
        if isinstance(node, ast.stmt):
            self._statement(node)
            return '\n'.join(self._lines).lstrip('\n')
        if isinstance(node, ast.pattern):
            return self._pattern(node)
        if isinstance(node, ast.expr):
            return self._expr(node, _TUPLE if not isinstance(node, ast.Tuple) else _TEST)
        return self._helper(node)

    def _helper(self, node):
        name = type(node).__name__
        if name == 'arguments':
            return self._arguments(node)
        if name == 'arg':
            return self._arg(node)
        if name == 'keyword':
            return self._keyword(node)
        if name == 'alias':
            return self._alias(node)
        if name == 'withitem':
            return self._withitem(node)
        if name == 'comprehension':
            return self._comprehension(node)
        if name == 'ExceptHandler':
            self._handler(node, 'except')
            return '\n'.join(self._lines).lstrip('\n')
        if name == 'match_case':
            self._case(node)
            return '\n'.join(self._lines).lstrip('\n')
        symbol = _BINARY.get(name) or _UNARY.get(name)
        return symbol[0] if symbol else _COMPARE.get(name, '')

    # --- statements ---

    def _line(self, text):
        self._lines.append('    ' * self._indent + text)

    def _gap(self):
        """Classes and functions have an empty line before them."""
        self._lines.append('')

    def _body(self, body):
        for statement in body:
            self._statement(statement)

    def _block(self, head, body, docstring_of=None):
        self._line(head + ':')
        self._indent += 1
        rest = self._docstring(docstring_of) if docstring_of is not None else body
        self._body(rest)
        self._indent -= 1

    def _docstring(self, node):
        """Write the documentation as such; the statements behind it."""
        if not (node.body and isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant)
                and isinstance(node.body[0].value.value, str)):
            return node.body
        value = node.body[0].value
        if value.kind == 'u':
            self._line('u' + self._quoted(value.value, ('"""', "'''"), False)[0])
        else:
            text, quote = self._string_parts(value.value, ('"""', "'''"), escape_whitespace=False)
            self._line(f'{quote}{text}{quote}')
        return node.body[1:]

    def _module(self, node):
        self._body(self._docstring(node))

    def _statement(self, node):
        getattr(self, '_stmt_' + type(node).__name__)(node)

    @staticmethod
    def _type_comment(node):
        return f' # type: {node.type_comment}' if getattr(node, 'type_comment', None) else ''

    def _stmt_Expr(self, node):
        self._line(self._expr(node.value, _YIELD))

    def _stmt_Assign(self, node):
        targets = ''.join([self._expr(target, _TUPLE) + ' = ' for target in node.targets])
        self._line(targets + self._expr(node.value, _TEST) + self._type_comment(node))

    def _stmt_AugAssign(self, node):
        self._line(f'{self._expr(node.target, _TEST)} {_BINARY[type(node.op).__name__][0]}= '
                   f'{self._expr(node.value, _TEST)}')

    def _stmt_AnnAssign(self, node):
        target = self._expr(node.target, _TEST)
        if not node.simple and isinstance(node.target, ast.Name):
            target = f'({target})'
        value = f' = {self._expr(node.value, _TEST)}' if node.value else ''
        self._line(f'{target}: {self._expr(node.annotation, _TEST)}{value}')

    def _stmt_Return(self, node):
        self._line(f'return {self._expr(node.value, _TEST)}' if node.value else 'return')

    def _stmt_Pass(self, node):
        self._line('pass')

    def _stmt_Break(self, node):
        self._line('break')

    def _stmt_Continue(self, node):
        self._line('continue')

    def _stmt_Delete(self, node):
        self._line('del ' + ', '.join([self._expr(target, _TEST) for target in node.targets]))

    def _stmt_Assert(self, node):
        self._line(f'assert {self._expr(node.test, _TEST)}' + (f', {self._expr(node.msg, _TEST)}' if node.msg else ''))

    def _stmt_Global(self, node):
        self._line('global ' + ', '.join(node.names))

    def _stmt_Nonlocal(self, node):
        self._line('nonlocal ' + ', '.join(node.names))

    def _alias(self, node):
        return f'{node.name} as {node.asname}' if node.asname else node.name

    def _stmt_Import(self, node):
        self._line('import ' + ', '.join(map(self._alias, node.names)))

    def _stmt_ImportFrom(self, node):
        self._line(f'from {"." * (node.level or 0)}{node.module or ""} import {", ".join(map(self._alias, node.names))}')

    def _stmt_Raise(self, node):
        if not node.exc:
            if node.cause:
                raise ValueError("Node can't be used without a value attribute.")
            self._line('raise')
            return
        cause = f' from {self._expr(node.cause, _TEST)}' if node.cause else ''
        self._line(f'raise {self._expr(node.exc, _TEST)}{cause}')

    def _stmt_ClassDef(self, node):
        self._gap()
        for decorator in node.decorator_list:
            self._line('@' + self._expr(decorator, _TEST))
        arguments = [self._expr(base, _TEST) for base in node.bases] + list(map(self._keyword, node.keywords))
        self._block(f'class {node.name}' + (f'({", ".join(arguments)})' if arguments else ''), node.body, node)

    def _function(self, node, word):
        self._gap()
        for decorator in node.decorator_list:
            self._line('@' + self._expr(decorator, _TEST))
        returns = f' -> {self._expr(node.returns, _TEST)}' if node.returns else ''
        head = f'{word} {node.name}({self._arguments(node.args)}){returns}'
        if getattr(node, 'type_comment', None):
            head += ':' + self._type_comment(node)
            self._line(head)
            self._indent += 1
            self._body(self._docstring(node))
            self._indent -= 1
        else:
            self._block(head, node.body, node)

    def _stmt_FunctionDef(self, node):
        self._function(node, 'def')

    def _stmt_AsyncFunctionDef(self, node):
        self._function(node, 'async def')

    def _loop(self, node, word):
        self._line(f'{word} {self._expr(node.target, _TUPLE)} in {self._expr(node.iter, _TEST)}:'
                   + self._type_comment(node))
        self._indent += 1
        self._body(node.body)
        self._indent -= 1
        if node.orelse:
            self._block('else', node.orelse)

    def _stmt_For(self, node):
        self._loop(node, 'for')

    def _stmt_AsyncFor(self, node):
        self._loop(node, 'async for')

    def _stmt_While(self, node):
        self._block(f'while {self._expr(node.test, _TEST)}', node.body)
        if node.orelse:
            self._block('else', node.orelse)

    def _stmt_If(self, node):
        self._block(f'if {self._expr(node.test, _TEST)}', node.body)
        while len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
            node = node.orelse[0]
            self._block(f'elif {self._expr(node.test, _TEST)}', node.body)
        if node.orelse:
            self._block('else', node.orelse)

    def _withitem(self, node):
        text = self._expr(node.context_expr, _TEST)
        return f'{text} as {self._expr(node.optional_vars, _TEST)}' if node.optional_vars else text

    def _with(self, node, word):
        self._line(f'{word} {", ".join(map(self._withitem, node.items))}:' + self._type_comment(node))
        self._indent += 1
        self._body(node.body)
        self._indent -= 1

    def _stmt_With(self, node):
        self._with(node, 'with')

    def _stmt_AsyncWith(self, node):
        self._with(node, 'async with')

    def _handler(self, node, word):
        head = word
        if node.type:
            head += ' ' + self._expr(node.type, _TEST)
        if node.name:
            head += f' as {node.name}'
        self._block(head, node.body)

    def _try(self, node, word):
        self._block('try', node.body)
        for handler in node.handlers:
            self._handler(handler, word)
        if node.orelse:
            self._block('else', node.orelse)
        if node.finalbody:
            self._block('finally', node.finalbody)

    def _stmt_Try(self, node):
        self._try(node, 'except')

    def _stmt_TryStar(self, node):
        self._try(node, 'except*')

    def _stmt_Match(self, node):
        self._line(f'match {self._expr(node.subject, _TEST)}:')
        self._indent += 1
        for case in node.cases:
            self._case(case)
        self._indent -= 1

    def _case(self, node):
        guard = f' if {self._expr(node.guard, _TEST)}' if node.guard else ''
        self._block(f'case {self._pattern(node.pattern)}{guard}', node.body)

    # --- patterns ---

    def _pattern(self, node, strength=_TEST):
        return getattr(self, '_pattern_' + type(node).__name__)(node, strength)

    def _pattern_MatchValue(self, node, strength):
        return self._expr(node.value, _TEST)

    def _pattern_MatchSingleton(self, node, strength):
        return self._constant(node.value)

    def _pattern_MatchSequence(self, node, strength):
        return f'[{", ".join([self._pattern(p) for p in node.patterns])}]'

    def _pattern_MatchStar(self, node, strength):
        return f'*{node.name or "_"}'

    def _pattern_MatchMapping(self, node, strength):
        parts = [f'{self._expr(key, _TEST)}: {self._pattern(p)}' for key, p in zip(node.keys, node.patterns)]
        if node.rest is not None:
            parts.append(f'**{node.rest}')
        return f'{{{", ".join(parts)}}}'

    def _pattern_MatchClass(self, node, strength):
        parts = [self._pattern(p) for p in node.patterns]
        parts += [f'{name}={self._pattern(p)}' for name, p in zip(node.kwd_attrs, node.kwd_patterns)]
        return f'{self._expr(node.cls, _ATOM)}({", ".join(parts)})'

    def _pattern_MatchAs(self, node, strength):
        if node.name is None:
            return '_'
        if node.pattern is None:
            return node.name
        text = f'{self._pattern(node.pattern, _BOR)} as {node.name}'
        return f'({text})' if strength > _TEST else text

    def _pattern_MatchOr(self, node, strength):
        text = ' | '.join([self._pattern(p, _BOR + 1) for p in node.patterns])
        return f'({text})' if strength > _BOR else text

    # --- parameters and arguments ---

    def _arg(self, node):
        return f'{node.arg}: {self._expr(node.annotation, _TEST)}' if node.annotation else node.arg

    def _arguments(self, node):
        parts = []
        positional = node.posonlyargs + node.args
        defaults = [None] * (len(positional) - len(node.defaults)) + node.defaults
        for i, (arg, default) in enumerate(zip(positional, defaults), 1):
            parts.append(self._arg(arg) + (f'={self._expr(default, _TEST)}' if default else ''))
            if i == len(node.posonlyargs):
                parts.append('/')
        if node.vararg:
            parts.append('*' + self._arg(node.vararg))
        elif node.kwonlyargs:
            parts.append('*')
        for arg, default in zip(node.kwonlyargs, node.kw_defaults):
            parts.append(self._arg(arg) + (f'={self._expr(default, _TEST)}' if default else ''))
        if node.kwarg:
            parts.append('**' + self._arg(node.kwarg))
        return ', '.join(parts)

    def _keyword(self, node):
        value = self._expr(node.value, _TEST)
        return f'**{value}' if node.arg is None else f'{node.arg}={value}'

    def _comprehension(self, node):
        word = ' async for ' if node.is_async else ' for '
        ifs = ''.join([f' if {self._expr(condition, _OR)}' for condition in node.ifs])
        return f'{word}{self._expr(node.target, _TUPLE)} in {self._expr(node.iter, _OR)}{ifs}'

    # --- expressions ---

    def _expr(self, node, strength):
        text, own = getattr(self, '_expr_' + type(node).__name__)(node)
        return f'({text})' if own < strength else text

    def _expr_Name(self, node):
        return node.id, _ATOM

    def _expr_Constant(self, node):
        value = node.value
        if isinstance(value, tuple):
            return f'({self._items([self._constant(item) for item in value])})', _ATOM
        if value is ...:
            return '...', _ATOM
        prefix = 'u' if getattr(node, 'kind', None) == 'u' else ''
        return prefix + self._constant(value), _ATOM

    def _constant(self, value):
        if isinstance(value, (float, complex)):
            return repr(value).replace('inf', _INFINITY).replace('nan', f'({_INFINITY}-{_INFINITY})')
        if isinstance(value, tuple):
            return f'({self._items([self._constant(item) for item in value])})'
        if self._avoid_backslashes and isinstance(value, str):
            return self._quoted(value)[0]
        return repr(value)

    @staticmethod
    def _items(parts):
        """The inside of a tuple."""
        return f'{parts[0]},' if len(parts) == 1 else ', '.join(parts)

    def _expr_Tuple(self, node):
        if not node.elts:
            return '()', _ATOM
        return self._items([self._expr(item, _TEST) for item in node.elts]), _TUPLE

    def _expr_List(self, node):
        return f'[{", ".join([self._expr(item, _TEST) for item in node.elts])}]', _ATOM

    def _expr_Set(self, node):
        if not node.elts:
            return '{*()}', _ATOM
        return f'{{{", ".join([self._expr(item, _TEST) for item in node.elts])}}}', _ATOM

    def _expr_Dict(self, node):
        parts = [f'**{self._expr(value, _EXPR)}' if key is None else f'{self._expr(key, _TEST)}: {self._expr(value, _TEST)}'
                 for key, value in zip(node.keys, node.values)]
        return f'{{{", ".join(parts)}}}', _ATOM

    def _generators(self, node):
        return ''.join(map(self._comprehension, node.generators))

    def _expr_ListComp(self, node):
        return f'[{self._expr(node.elt, _TEST)}{self._generators(node)}]', _ATOM

    def _expr_SetComp(self, node):
        return f'{{{self._expr(node.elt, _TEST)}{self._generators(node)}}}', _ATOM

    def _expr_GeneratorExp(self, node):
        return f'({self._expr(node.elt, _TEST)}{self._generators(node)})', _ATOM

    def _expr_DictComp(self, node):
        return f'{{{self._expr(node.key, _TEST)}: {self._expr(node.value, _TEST)}{self._generators(node)}}}', _ATOM

    def _expr_Await(self, node):
        return ('await ' + self._expr(node.value, _ATOM) if node.value else 'await'), _AWAIT

    def _expr_Yield(self, node):
        return ('yield ' + self._expr(node.value, _ATOM) if node.value else 'yield'), _YIELD

    def _expr_YieldFrom(self, node):
        return 'yield from ' + self._expr(node.value, _ATOM), _YIELD

    def _expr_NamedExpr(self, node):
        return f'({self._expr(node.target, _ATOM)} := {self._expr(node.value, _ATOM)})', _ATOM

    def _expr_Lambda(self, node):
        arguments = self._arguments(node.args)
        return f'lambda{" " + arguments if arguments else ""}: {self._expr(node.body, _TEST)}', _TEST

    def _expr_IfExp(self, node):
        return (f'{self._expr(node.body, _TEST + 1)} if {self._expr(node.test, _TEST + 1)} else '
                f'{self._expr(node.orelse, _TEST)}'), _TEST

    def _expr_BoolOp(self, node):
        word, own = (' and ', _AND) if isinstance(node.op, ast.And) else (' or ', _OR)
        # Each operand is held to a level more than the one before it, as CPython does it.
        levels = range(own + 1, own + 1 + len(node.values))
        return word.join([self._expr(value, min(level, _ATOM)) for value, level in zip(node.values, levels)]), own

    def _expr_BinOp(self, node):
        symbol, own = _BINARY[type(node.op).__name__]
        left, right = (own + 1, own) if symbol == '**' else (own, own + 1)
        return f'{self._expr(node.left, left)} {symbol} {self._expr(node.right, right)}', own

    def _expr_UnaryOp(self, node):
        symbol, own = _UNARY[type(node.op).__name__]
        return f'{symbol}{" " if symbol == "not" else ""}{self._expr(node.operand, own)}', own

    def _expr_Compare(self, node):
        text = self._expr(node.left, _CMP + 1)
        for op, value in zip(node.ops, node.comparators):
            text += f' {_COMPARE[type(op).__name__]} {self._expr(value, _CMP + 1)}'
        return text, _CMP

    def _expr_Call(self, node):
        parts = [self._expr(arg, _TEST) for arg in node.args] + list(map(self._keyword, node.keywords))
        return f'{self._expr(node.func, _ATOM)}({", ".join(parts)})', _ATOM

    def _expr_Attribute(self, node):
        value = self._expr(node.value, _ATOM)
        if isinstance(node.value, ast.Constant) and isinstance(node.value.value, int) and not isinstance(
                node.value.value, bool):
            value += ' '  # or the point would belong to the number
        return f'{value}.{node.attr}', _ATOM

    def _expr_Subscript(self, node):
        inside = node.slice
        if isinstance(inside, ast.Tuple) and inside.elts:
            text = self._items([self._expr(item, _TEST) for item in inside.elts])
        else:
            text = self._expr(inside, _TEST)
        return f'{self._expr(node.value, _ATOM)}[{text}]', _ATOM

    def _expr_Starred(self, node):
        return '*' + self._expr(node.value, _EXPR), _ATOM

    def _expr_Slice(self, node):
        text = (self._expr(node.lower, _TEST) if node.lower else '') + ':'
        if node.upper:
            text += self._expr(node.upper, _TEST)
        if node.step:
            text += ':' + self._expr(node.step, _TEST)
        return text, _ATOM

    # --- text ---

    def _string_parts(self, string, quotes=_QUOTES, escape_whitespace=False):
        """The text with what must be escaped, and a quote that does not occur in it."""
        def escape(c):
            if not escape_whitespace and c in '\n\t':
                return c
            if c == '\\' or not c.isprintable():
                return c.encode('unicode_escape').decode('ascii')
            return c

        escaped = ''.join(map(escape, string))
        possible = list(quotes)
        if '\n' in escaped:
            possible = [quote for quote in possible if quote in ('"""', "'''")]
        possible = [quote for quote in possible if quote not in escaped]
        if not possible:
            # repr knows how to go about it.
            text = repr(string)
            quote = next((quote for quote in quotes if text[0] in quote), text[0])
            return text[1:-1], quote
        if escaped:
            # A quote at the end must not join the quotes behind it.
            possible.sort(key=lambda quote: quote[0] == escaped[-1])
            if possible[0][0] == escaped[-1]:
                escaped = f'{escaped[:-1]}\\{escaped[-1]}'
        return escaped, possible[0]

    def _quoted(self, string, quotes=_QUOTES, escape_whitespace=False):
        text, quote = self._string_parts(string, quotes, escape_whitespace)
        return f'{quote}{text}{quote}', quote

    def _expr_FormattedValue(self, node):
        return self._fstring([node])

    def _expr_JoinedStr(self, node):
        return self._fstring(node.values)

    def _fstring(self, values):
        if self._avoid_backslashes:
            parts = [(self._fstring_part(value), True) for value in values]
            text, quote = self._string_parts(''.join([part for part, _ in parts]))
            return f'f{quote}{text}{quote}', _ATOM
        parts = [(self._fstring_part(value), isinstance(value, ast.Constant)) for value in values]
        quotes = list(_QUOTES)
        texts = []
        for part, is_constant in parts:
            # Backslashes may not stand inside the braces, so neither may quotes that would need one.
            text, possible = self._fstring_text(part, quotes, is_constant)
            quotes = possible or quotes
            texts.append(text)
        text = ''.join(texts)
        quote = quotes[0]
        if text and text[-1] == quote[0] and len(quote) == 3:
            better = [other for other in quotes if other[0] != text[-1]]
            quote = better[0] if better else quote
        return f'f{quote}{text}{quote}', _ATOM

    def _fstring_text(self, text, quotes, escape_whitespace):
        if escape_whitespace:
            text = ''.join([c if c.isprintable() and c != '\\' else c.encode('unicode_escape').decode('ascii')
                            for c in text])
        possible = [quote for quote in quotes if quote not in text]
        if '\n' in text:
            possible = [quote for quote in possible if len(quote) == 3]
        return text, possible

    def _fstring_part(self, node):
        if isinstance(node, ast.Constant):
            return node.value.replace('{', '{{').replace('}', '}}')
        if isinstance(node, ast.JoinedStr):
            return ''.join(map(self._fstring_part, node.values))
        inner = Unparser()
        inner._avoid_backslashes = True
        text = inner._expr(node.value, _TEST + 1)
        if text.startswith('{'):
            text = ' ' + text  # {{ would be a brace
        if '\\' in text:
            raise ValueError('Unable to avoid backslash in f-string expression part')
        if node.conversion != -1:
            text += f'!{chr(node.conversion)}'
        if node.format_spec:
            text += ':' + self._fstring_part(node.format_spec)
        return f'{{{text}}}'
