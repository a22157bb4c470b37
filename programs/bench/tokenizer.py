"""A character-by-character scanner and a small recursive parser of arithmetic."""


def tokens(text):
    i, n = 0, len(text)
    out = []
    while i < n:
        c = text[i]
        if c.isdigit():
            start = i
            while i < n and text[i].isdigit():
                i += 1
            out.append(("number", int(text[start:i])))
        elif c == " ":
            i += 1
        else:
            out.append((c, None))
            i += 1
    out.append(("end", None))
    return out


class Parser:
    def __init__(self, items):
        self.items, self.at = items, 0

    def sum(self):
        value = self.product()
        while self.items[self.at][0] in "+-":
            sign = self.items[self.at][0]
            self.at += 1
            other = self.product()
            value = value + other if sign == "+" else value - other
        return value

    def product(self):
        value = self.atom()
        while self.items[self.at][0] == "*":
            self.at += 1
            value = value * self.atom() % 1000003
        return value

    def atom(self):
        kind, value = self.items[self.at]
        self.at += 1
        if kind == "(":
            value = self.sum()
            self.at += 1
        return value


text = " + ".join(f"({i} * {i + 1} - {i % 7}) * 3" for i in range(9000))
print(sum(Parser(tokens(text)).sum() for _ in range(10)))
