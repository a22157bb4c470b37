"""A little language: tokens by hand, a Pratt parser to tuples, a tree-walking interpreter with functions and closures."""


def tokenize(source):
    i, out = 0, []
    symbols = ["==", "!=", "<=", ">=", "=>", "+", "-", "*", "/", "%", "<", ">", "=", "(", ")", "{", "}", ",", ";"]
    while i < len(source):
        c = source[i]
        if c in " \n\t":
            i += 1
        elif c == "#":
            while i < len(source) and source[i] != "\n":
                i += 1
        elif c.isdigit():
            j = i
            while j < len(source) and source[j].isdigit():
                j += 1
            out.append(("num", int(source[i:j])))
            i = j
        elif c.isalpha() or c == "_":
            j = i
            while j < len(source) and (source[j].isalnum() or source[j] == "_"):
                j += 1
            word = source[i:j]
            out.append((word if word in ("if", "else", "while", "fn", "return", "let", "print") else "name", word))
            i = j
        elif c == '"':
            j = source.index('"', i + 1)
            out.append(("str", source[i + 1:j]))
            i = j + 1
        else:
            for s in symbols:
                if source.startswith(s, i):
                    out.append((s, s))
                    i += len(s)
                    break
            else:
                raise SyntaxError(f"bad character {c!r}")
    return out + [("end", "")]


class Parser:
    POWER = {"==": 1, "!=": 1, "<": 2, ">": 2, "<=": 2, ">=": 2, "+": 3, "-": 3, "*": 4, "/": 4, "%": 4}

    def __init__(self, source):
        self.tokens, self.i = tokenize(source), 0

    @property
    def kind(self):
        return self.tokens[self.i][0]

    def next(self, kind=None):
        if kind and self.kind != kind:
            raise SyntaxError(f"expected {kind}, found {self.tokens[self.i][1] or 'end'}")
        self.i += 1
        return self.tokens[self.i - 1][1]

    def program(self, end="end"):
        out = []
        while self.kind != end:
            out.append(self.statement())
        return ("block", out)

    def block(self):
        self.next("{")
        body = self.program("}")
        self.next("}")
        return body

    def statement(self):
        match self.kind:
            case "let":
                self.next()
                name = self.next("name")
                self.next("=")
                node = ("let", name, self.expression())
            case "print":
                self.next()
                node = ("print", self.expression())
            case "return":
                self.next()
                node = ("return", self.expression())
            case "if":
                self.next()
                test, then = self.expression(), self.block()
                otherwise = ("block", [])
                if self.kind == "else":
                    self.next()
                    otherwise = self.statement() if self.kind == "if" else self.block()
                return ("if", test, then, otherwise)
            case "while":
                self.next()
                return ("while", self.expression(), self.block())
            case "name" if self.tokens[self.i + 1][0] == "=":
                name = self.next()
                self.next()
                node = ("set", name, self.expression())
            case _:
                node = ("expr", self.expression())
        self.next(";")
        return node

    def expression(self, power=0):
        left = self.prefix()
        while self.POWER.get(self.kind, 0) > power:
            op = self.next()
            left = ("op", op, left, self.expression(self.POWER[op]))
        return left

    def prefix(self):
        kind = self.kind
        value = self.next()
        if kind in ("num", "str"):
            node = ("const", value)
        elif kind == "name":
            node = ("name", value)
        elif kind == "-":
            return ("op", "-", ("const", 0), self.expression(4))
        elif kind == "(":
            node = self.expression()
            self.next(")")
        elif kind == "fn":
            self.next("(")
            names = []
            while self.kind != ")":
                names.append(self.next("name"))
                if self.kind == ",":
                    self.next()
            self.next(")")
            node = ("fn", names, self.block())
        else:
            raise SyntaxError(f"unexpected {value or 'end'}")
        while self.kind == "(":
            self.next()
            arguments = []
            while self.kind != ")":
                arguments.append(self.expression())
                if self.kind == ",":
                    self.next()
            self.next(")")
            node = ("call", node, arguments)
        return node


class Return(Exception):
    def __init__(self, value):
        self.value = value


class Scope(dict):
    def __init__(self, outer=None, **names):
        super().__init__(names)
        self.outer = outer

    def home(self, name):
        scope = self
        while scope is not None:
            if name in scope:
                return scope
            scope = scope.outer
        raise NameError(f"unknown {name}")


OPS = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a // b, "%": lambda a, b: a % b,
       "==": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b, ">": lambda a, b: a > b, "<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b}


def run(node, scope):
    match node:
        case ("block", body):
            for statement in body:
                run(statement, scope)
        case ("const", value):
            return value
        case ("name", name):
            return scope.home(name)[name]
        case ("let", name, value):
            scope[name] = run(value, scope)
        case ("set", name, value):
            scope.home(name)[name] = run(value, scope)
        case ("print", value):
            print("out:", run(value, scope))
        case ("expr", value):
            run(value, scope)
        case ("if", test, then, otherwise):
            run(then if run(test, scope) else otherwise, scope)
        case ("while", test, body):
            while run(test, scope):
                run(body, scope)
        case ("op", op, left, right):
            return OPS[op](run(left, scope), run(right, scope))
        case ("fn", names, body):
            return (names, body, scope)
        case ("return", value):
            raise Return(run(value, scope))
        case ("call", function, arguments):
            names, body, home = run(function, scope)
            values = [run(a, scope) for a in arguments]
            if len(values) != len(names):
                raise TypeError(f"takes {len(names)} arguments, got {len(values)}")
            try:
                run(body, Scope(home, **dict(zip(names, values))))
            except Return as result:
                return result.value


PROGRAM = '''
let fib = fn(n) { if n < 2 { return n; } return fib(n - 1) + fib(n - 2); };
print fib(15);
let make = fn(start) { let count = start; return fn(by) { count = count + by; return count; }; };
let a = make(10); let b = make(100);
a(1); a(2);
print a(3); print b(0);
let i = 0; let line = "";
while i < 20 {
  if i % 15 == 0 { line = line + "FB "; } else if i % 5 == 0 { line = line + "B "; } else if i % 3 == 0 { line = line + "F "; } else { line = line + ". "; }
  i = i + 1;
}
print line;
print -2 * 3 + (4 - 1) * 2 == 0;   # a comment
print fn(x) { return x * x; }(12);
'''
tree = Parser(PROGRAM).program()
print(len(tree[1]), tree[1][1])
run(tree, Scope())
for bad in ("let = 3;", "print 1", "print (1;", "x = 1;", "print y;", "let f = fn(a) { return a; }; f(1, 2);", "print 1 + ;", "print $;", 'print "a" - 1;', "print 1 / 0;"):
    try:
        run(Parser(bad).program(), Scope())
    except (SyntaxError, NameError, TypeError, ZeroDivisionError) as error:
        print(bad, "->", type(error).__name__, error)
