# A tokenizer, a Pratt parser and two visitors for arithmetic.
from collections import namedtuple

Token = namedtuple("Token", "kind text position")


class ParseError(SyntaxError):
    pass


def tokenize(text):
    i = 0
    while i < len(text):
        c = text[i]
        if c.isspace():
            i += 1
        elif c.isdigit() or c == ".":
            start = i
            while i < len(text) and (text[i].isdigit() or text[i] == "."):
                i += 1
            yield Token("number", text[start:i], start)
        elif c.isalpha():
            start = i
            while i < len(text) and text[i].isalnum():
                i += 1
            yield Token("name", text[start:i], start)
        elif text.startswith("**", i):
            yield Token("op", "**", i)
            i += 2
        elif c in "+-*/()=,":
            yield Token("op", c, i)
            i += 1
        else:
            raise ParseError(f"unexpected {c!r} at {i}")
    yield Token("end", "", len(text))


class Node:
    __slots__ = ("children", "value")

    def __init__(self, value, *children):
        self.value, self.children = value, children

    def __repr__(self):
        if not self.children:
            return f"{self.value}"
        return f"({self.value} {' '.join(map(repr, self.children))})"


BINDING = {"=": (2, 1), "+": (10, 11), "-": (10, 11), "*": (20, 21), "/": (20, 21), "**": (31, 30)}


class Parser:
    def __init__(self, text):
        self.tokens = tokenize(text)
        self.advance()

    def advance(self):
        self.current = next(self.tokens, Token("end", "", -1))
        return self.current

    def take(self, text):
        if self.current.text != text:
            raise ParseError(f"expected {text!r}, got {self.current.text!r} at {self.current.position}")
        self.advance()

    def primary(self):
        token = self.current
        self.advance()
        match token:
            case Token("number", text):
                return Node(float(text) if "." in text else int(text))
            case Token("name", text) if self.current.text == "(":
                self.take("(")
                arguments = [self.expression()]
                while self.current.text == ",":
                    self.advance()
                    arguments.append(self.expression())
                self.take(")")
                return Node(text, *arguments)
            case Token("name", text):
                return Node(text)
            case Token("op", "-"):
                return Node("neg", self.expression(25))
            case Token("op", "("):
                inner = self.expression()
                self.take(")")
                return inner
            case _:
                raise ParseError(f"unexpected {token.text or 'end'!r} at {token.position}")

    def expression(self, minimum=0):
        left = self.primary()
        while self.current.kind == "op" and self.current.text in BINDING:
            operator = self.current.text
            lp, rp = BINDING[operator]
            if lp < minimum:
                break
            self.advance()
            left = Node(operator, left, self.expression(rp))
        return left

    def parse(self):
        tree = self.expression()
        if self.current.kind != "end":
            raise ParseError(f"trailing {self.current.text!r}")
        return tree


def evaluate(node, names):
    import operator as o
    operators = {"+": o.add, "-": o.sub, "*": o.mul, "/": o.truediv, "**": o.pow}
    if node.value == "=":
        target, value = node.children
        names[target.value] = result = evaluate(value, names)
        return result
    values = [evaluate(child, names) for child in node.children]
    if node.value in operators:
        return operators[node.value](*values)
    if node.value == "neg":
        return -values[0]
    if isinstance(node.value, str):
        return names[node.value](*values) if values else names[node.value]
    return node.value


names = {"max": max, "pi": 3.14159}
for line in ["1 + 2 * 3", "-2 ** 2", "2 ** 3 ** 2", "a = b = 4 - 1 - 1", "(a + b) * 2 / 8", "max(a, 7, b * 9)",
             "1 +", "3 $ 4", "(1", "1 2", "x", "4 / 0", "pi * a ** 2"]:
    try:
        tree = Parser(line).parse()
        print(f"{line:20} {tree!r:35} {evaluate(tree, names)}")
    except ParseError as error:
        print(f"{line:20} ParseError: {error}")
    except (KeyError, ArithmeticError) as error:
        print(f"{line:20} {error.__class__.__mro__[1].__name__}: {error}")
