"""A calculator with its own tokenizer and recursive descent parser: ./run.sh programs/calculator.py [EXPRESSION]...

What to watch: each level of precedence is one method, and `^` binds to the right by calling itself. Names
may be assigned (x = 3), functions called, and every error points at its place. Without arguments it reads
lines from stdin.
"""
import math
import sys


class CalculatorError(Exception):
    def __init__(self, message, at):
        super().__init__(message)
        self.at = at


def tokenize(text):
    """A list of (kind, value, position)."""
    tokens, i = [], 0
    while i < len(text):
        c = text[i]
        start = i
        if c.isspace():
            i += 1
        elif c.isdigit() or c == ".":
            while i < len(text) and (text[i].isdigit() or text[i] == "."):
                i += 1
            try:
                tokens.append(("number", float(text[start:i]) if "." in text[start:i] else int(text[start:i]), start))
            except ValueError:
                raise CalculatorError(f"not a number: {text[start:i]}", start) from None
        elif c.isalpha():
            while i < len(text) and text[i].isalnum():
                i += 1
            tokens.append(("name", text[start:i], start))
        elif c in "+-*/%^()=,!":
            tokens.append((c, c, start))
            i += 1
        else:
            raise CalculatorError(f"unexpected {c!r}", i)
    tokens.append(("end", None, len(text)))
    return tokens


class Calculator:
    functions = {"sqrt": math.sqrt, "abs": abs, "max": max, "min": min, "gcd": math.gcd, "round": round}

    def __init__(self):
        self.names = {"pi": math.pi, "e": math.e}

    def evaluate(self, text):
        self.tokens, self.at = tokenize(text), 0
        value = self.assignment()
        if self.kind != "end":
            raise CalculatorError(f"did not expect {self.tokens[self.at][1]!r}", self.position)
        return value

    @property
    def kind(self):
        return self.tokens[self.at][0]

    @property
    def position(self):
        return self.tokens[self.at][2]

    def take(self, *kinds):
        if self.kind in kinds:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return None

    def expect(self, kind):
        if self.take(kind) is None:
            raise CalculatorError(f"expected {kind!r}", self.position)

    def assignment(self):
        if self.kind == "name" and self.tokens[self.at + 1][0] == "=":
            name = self.take("name")
            self.take("=")
            self.names[name] = value = self.assignment()
            return value
        return self.sum()

    def sum(self):
        value = self.product()
        while operator := self.take("+", "-"):
            other = self.product()
            value = value + other if operator == "+" else value - other
        return value

    def product(self):
        value = self.sign()
        while operator := self.take("*", "/", "%"):
            position = self.position
            other = self.sign()
            try:
                value = value * other if operator == "*" else value / other if operator == "/" else value % other
            except ZeroDivisionError:
                raise CalculatorError("division by zero", position) from None
        return value

    def sign(self):
        if self.take("-"):
            return -self.sign()
        return self.power()

    def power(self):
        base = self.factorial()
        if self.take("^"):
            return base ** self.sign()
        return base

    def factorial(self):
        value = self.atom()
        while self.kind == "!":
            position = self.position
            self.take("!")
            try:
                value = math.factorial(value)
            except (ValueError, TypeError) as error:
                raise CalculatorError(str(error), position) from None
        return value

    def atom(self):
        kind, value, position = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return value
        if kind == "(":
            value = self.sum()
            self.expect(")")
            return value
        if kind == "name" and self.kind == "(":
            return self.call(value, position)
        if kind == "name":
            if value not in self.names:
                raise CalculatorError(f"unknown name {value!r}", position)
            return self.names[value]
        raise CalculatorError("expected a number" if kind == "end" else f"did not expect {value!r}", position)

    def call(self, name, position):
        if name not in self.functions:
            raise CalculatorError(f"unknown function {name!r}", position)
        self.take("(")
        arguments = [self.sum()]
        while self.take(","):
            arguments.append(self.sum())
        self.expect(")")
        try:
            return self.functions[name](*arguments)
        except (TypeError, ValueError) as error:
            raise CalculatorError(f"{name}: {error}", position) from None


def main(lines):
    calculator = Calculator()
    for line in lines:
        line = line.strip()
        if not line:
            continue
        try:
            print(f"{line}  ->  {calculator.evaluate(line)}")
        except CalculatorError as error:
            print(f"{line}\n{' ' * error.at}^ {error}")


if __name__ == "__main__":
    main(sys.argv[1:] or sys.stdin)
