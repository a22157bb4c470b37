"""The classes of syntax trees, made from the abstract grammar; compile() makes their instances (stdlib/ast_bridge.h)."""

PyCF_ONLY_AST = 0x400
PyCF_TYPE_COMMENTS = 0x1000
PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000

# sum type: attributes = constructors. A field is `type name`; * behind the type is a list, ? may be None.
_GRAMMAR = '''
mod:
    Module(stmt* body, type_ignore* type_ignores)
    Interactive(stmt* body)
    Expression(expr body)
    FunctionType(expr* argtypes, expr returns)
stmt: int lineno, int col_offset, int? end_lineno, int? end_col_offset
    FunctionDef(identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment)
    AsyncFunctionDef(identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment)
    ClassDef(identifier name, expr* bases, keyword* keywords, stmt* body, expr* decorator_list)
    Return(expr? value)
    Delete(expr* targets)
    Assign(expr* targets, expr value, string? type_comment)
    AugAssign(expr target, operator op, expr value)
    AnnAssign(expr target, expr annotation, expr? value, int simple)
    For(expr target, expr iter, stmt* body, stmt* orelse, string? type_comment)
    AsyncFor(expr target, expr iter, stmt* body, stmt* orelse, string? type_comment)
    While(expr test, stmt* body, stmt* orelse)
    If(expr test, stmt* body, stmt* orelse)
    With(withitem* items, stmt* body, string? type_comment)
    AsyncWith(withitem* items, stmt* body, string? type_comment)
    Match(expr subject, match_case* cases)
    Raise(expr? exc, expr? cause)
    Try(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody)
    TryStar(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody)
    Assert(expr test, expr? msg)
    Import(alias* names)
    ImportFrom(identifier? module, alias* names, int? level)
    Global(identifier* names)
    Nonlocal(identifier* names)
    Expr(expr value)
    Pass()
    Break()
    Continue()
expr: int lineno, int col_offset, int? end_lineno, int? end_col_offset
    BoolOp(boolop op, expr* values)
    NamedExpr(expr target, expr value)
    BinOp(expr left, operator op, expr right)
    UnaryOp(unaryop op, expr operand)
    Lambda(arguments args, expr body)
    IfExp(expr test, expr body, expr orelse)
    Dict(expr* keys, expr* values)
    Set(expr* elts)
    ListComp(expr elt, comprehension* generators)
    SetComp(expr elt, comprehension* generators)
    DictComp(expr key, expr value, comprehension* generators)
    GeneratorExp(expr elt, comprehension* generators)
    Await(expr value)
    Yield(expr? value)
    YieldFrom(expr value)
    Compare(expr left, cmpop* ops, expr* comparators)
    Call(expr func, expr* args, keyword* keywords)
    FormattedValue(expr value, int conversion, expr? format_spec)
    JoinedStr(expr* values)
    Constant(constant value, string? kind)
    Attribute(expr value, identifier attr, expr_context ctx)
    Subscript(expr value, expr slice, expr_context ctx)
    Starred(expr value, expr_context ctx)
    Name(identifier id, expr_context ctx)
    List(expr* elts, expr_context ctx)
    Tuple(expr* elts, expr_context ctx)
    Slice(expr? lower, expr? upper, expr? step)
expr_context:
    Load
    Store
    Del
boolop:
    And
    Or
operator:
    Add
    Sub
    Mult
    MatMult
    Div
    Mod
    Pow
    LShift
    RShift
    BitOr
    BitXor
    BitAnd
    FloorDiv
unaryop:
    Invert
    Not
    UAdd
    USub
cmpop:
    Eq
    NotEq
    Lt
    LtE
    Gt
    GtE
    Is
    IsNot
    In
    NotIn
comprehension(expr target, expr iter, expr* ifs, int is_async)
excepthandler: int lineno, int col_offset, int? end_lineno, int? end_col_offset
    ExceptHandler(expr? type, identifier? name, stmt* body)
arguments(arg* posonlyargs, arg* args, arg? vararg, arg* kwonlyargs, expr* kw_defaults, arg? kwarg, expr* defaults)
arg(identifier arg, expr? annotation, string? type_comment): int lineno, int col_offset, int? end_lineno, int? end_col_offset
keyword(identifier? arg, expr value): int lineno, int col_offset, int? end_lineno, int? end_col_offset
alias(identifier name, identifier? asname): int lineno, int col_offset, int? end_lineno, int? end_col_offset
withitem(expr context_expr, expr? optional_vars)
match_case(pattern pattern, expr? guard, stmt* body)
pattern: int lineno, int col_offset, int end_lineno, int end_col_offset
    MatchValue(expr value)
    MatchSingleton(constant value)
    MatchSequence(pattern* patterns)
    MatchMapping(expr* keys, pattern* patterns, identifier? rest)
    MatchClass(expr cls, pattern* patterns, identifier* kwd_attrs, pattern* kwd_patterns)
    MatchStar(identifier? name)
    MatchAs(pattern? pattern, identifier? name)
    MatchOr(pattern* patterns)
type_ignore:
    TypeIgnore(int lineno, string tag)
'''


class AST:
    """The base of all nodes."""

    _fields = ()
    _attributes = ()
    __match_args__ = ()

    def __init__(self, *args, **kwargs):
        fields = self._fields
        if len(args) > len(fields):
            raise TypeError(f'{type(self).__name__} constructor takes at most {len(fields)} positional '
                            f'argument{"" if len(fields) == 1 else "s"}')
        for name, value in zip(fields, args):
            setattr(self, name, value)
        for name, value in kwargs.items():
            if name in fields and fields.index(name) < len(args):
                raise TypeError(f"{type(self).__name__} got multiple values for argument '{name}'")
            setattr(self, name, value)

    def __reduce__(self):
        return type(self), (), dict(self.__dict__)


AST.__module__ = 'ast'


def _parse_fields(text):
    """[(name, whether it may be None)]"""
    fields = []
    for field in text.split(',') if text else ():
        kind, name = field.split()
        fields.append((name, kind.endswith('?')))
    return fields


def _make(name, base, fields, attributes, doc):
    body = {'__module__': 'ast', '__doc__': doc, '_fields': tuple([field for field, _ in fields]),
            '__match_args__': tuple([field for field, _ in fields])}
    if attributes is not None:
        body['_attributes'] = tuple([field for field, _ in attributes])
    for field, optional in [*fields, *(attributes or ())]:
        if optional:
            body[field] = None
    made = type(name, (base,), body)
    globals()[name] = made
    return made


def _make_all():
    base, lines = None, _GRAMMAR.strip().splitlines()
    for at, line in enumerate(lines):
        text = line.strip()
        head, _, tail = text.partition(':')
        name, parenthesis, fields = head.partition('(')
        fields = fields.rstrip(')')
        if line.startswith(' '):
            made = _make(name, base, _parse_fields(fields), None, text)
            if base.__name__ in ('expr_context', 'boolop', 'operator', 'unaryop', 'cmpop'):
                _singletons[name] = made()
        elif parenthesis:
            _make(name, AST, _parse_fields(fields), _parse_fields(tail.strip()), head)
        else:
            choices = []
            for later in lines[at + 1:]:
                if not later.startswith(' '):
                    break
                choices.append(later.strip())
            doc = f'{name} = ' + ('\n' + ' ' * len(name) + ' | ').join(choices) if choices and '(' in choices[0] else (
                f'{name} = {" | ".join(choices)}')
            base = _make(name, AST, [], _parse_fields(tail.strip()), doc)


_singletons = {}
_make_all()
