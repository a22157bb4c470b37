"""A parser for a small data language (like JSON with comments), with its own errors, and a writer back."""


class ParseError(Exception):
    def __init__(self, message, line, column):
        super().__init__(f"line {line}, column {column}: {message}")
        self.line, self.column = line, column


class Reader:
    ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}

    def __init__(self, text):
        self.text, self.i = text, 0

    def error(self, message):
        line = self.text.count("\n", 0, self.i) + 1
        column = self.i - (self.text.rfind("\n", 0, self.i) + 1) + 1
        return ParseError(message, line, column)

    def peek(self):
        return self.text[self.i] if self.i < len(self.text) else ""

    def skip(self):
        while self.i < len(self.text):
            if self.text[self.i].isspace():
                self.i += 1
            elif self.text.startswith("//", self.i):
                end = self.text.find("\n", self.i)
                self.i = len(self.text) if end < 0 else end
            else:
                break

    def expect(self, c):
        self.skip()
        if self.peek() != c:
            found = self.peek() or "the end"
            raise self.error(f"expected {c!r}, found {found}")
        self.i += 1

    def value(self):
        self.skip()
        match self.peek():
            case "{":
                return self.object()
            case "[":
                return self.array()
            case '"':
                return self.string()
            case c if c.isdigit() or c == "-":
                return self.number()
            case c if c.isalpha():
                return self.word()
            case "":
                raise self.error("unexpected end")
            case c:
                raise self.error(f"unexpected {c!r}")

    def object(self):
        out = {}
        self.expect("{")
        self.skip()
        while self.peek() != "}":
            key = self.string() if self.peek() == '"' else self.name()
            self.expect(":")
            if key in out:
                raise self.error(f"{key} is given twice")
            out[key] = self.value()
            self.skip()
            if self.peek() == ",":
                self.i += 1
                self.skip()
            elif self.peek() != "}":
                raise self.error("expected ',' or '}'")
        self.i += 1
        return out

    def array(self):
        out = []
        self.expect("[")
        self.skip()
        while self.peek() != "]":
            out.append(self.value())
            self.skip()
            if self.peek() == ",":
                self.i += 1
                self.skip()
            elif self.peek() != "]":
                raise self.error("expected ',' or ']'")
        self.i += 1
        return out

    def string(self):
        self.expect('"')
        out = []
        while (c := self.peek()) != '"':
            if not c or c == "\n":
                raise self.error("string not closed")
            self.i += 1
            if c == "\\":
                escaped = self.peek()
                if escaped not in self.ESCAPES:
                    raise self.error(f"unknown escape {escaped!r}")
                c = self.ESCAPES[escaped]
                self.i += 1
            out.append(c)
        self.i += 1
        return "".join(out)

    def name(self):
        start = self.i
        while self.peek().isalnum() or self.peek() == "_":
            self.i += 1
        if start == self.i:
            raise self.error("expected a name")
        return self.text[start:self.i]

    def number(self):
        start = self.i
        while self.peek() and self.peek() in "+-.eE0123456789":
            self.i += 1
        text = self.text[start:self.i]
        try:
            return float(text) if any(c in text for c in ".eE") else int(text)
        except ValueError:
            self.i = start
            raise self.error(f"bad number {text}") from None

    def word(self):
        start, word = self.i, self.name()
        words = {"true": True, "false": False, "null": None}
        if word not in words:
            self.i = start
            raise self.error(f"unknown word {word}")
        return words[word]


def parse(text):
    reader = Reader(text)
    value = reader.value()
    reader.skip()
    if reader.peek():
        raise reader.error("text after the end")
    return value


def write(value, depth=0):
    pad = "  " * depth
    if isinstance(value, dict):
        inner = ",\n".join(f"{pad}  {k}: {write(v, depth + 1)}" for k, v in value.items())
        return "{\n" + inner + "\n" + pad + "}" if value else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(write(v, depth + 1) for v in value) + "]"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    return {True: "true", False: "false", None: "null"}.get(value, str(value)) if isinstance(value, (bool, type(None))) else repr(value)


document = '''// settings
{
  name: "Gila \\"monster\\"", // the name
  "sizes": [1, -2.5, 3e2, ],
  nested: { deep: [ { } , [ ] ], yes: true, no: null },
}'''
value = parse(document)
print(value)
print(write(value))
print(parse(write(value)) == value)
for bad in ("{a 1}", "[1, 2", '"abc', "{a: 1, a: 2}", "[1 2]", "nope", "1 2", "{\n  a: [1,\n   ?]\n}", '"\\q"', "-", ""):
    try:
        print(parse(bad))
    except ParseError as error:
        print(repr(bad), "->", error)
