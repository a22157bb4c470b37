"""A template engine: variables with filters, if/for blocks, nesting, escapes, errors with line numbers."""


class TemplateError(Exception):
    pass


FILTERS = {"upper": str.upper, "title": str.title, "length": len, "join": lambda v, sep=", ": sep.join(map(str, v)), "default": lambda v, d="": v or d,
           "round": lambda v, n="0": round(v, int(n)), "escape": lambda v: str(v).replace("&", "&amp;").replace("<", "&lt;"), "reverse": lambda v: v[::-1], "sort": sorted}


def split(source):
    """(kind, text, line) for text, {{ value }} and {% tag %}."""
    line = 1
    while source:
        starts = [(i, o) for o in ("{{", "{%", "{#") if (i := source.find(o)) >= 0]
        if not starts:
            yield "text", source, line
            return
        at, opener = min(starts)
        if at:
            yield "text", source[:at], line
            line += source.count("\n", 0, at)
        closer = {"{{": "}}", "{%": "%}", "{#": "#}"}[opener]
        end = source.find(closer, at)
        if end < 0:
            raise TemplateError(f"line {line}: {opener} is not closed")
        body = source[at + 2:end].strip()
        if opener != "{#":
            yield ("value" if opener == "{{" else "tag"), body, line
        line += source.count("\n", at, end)
        source = source[end + 2:]


class Template:
    def __init__(self, source):
        self.pieces = list(split(source))
        self.at = 0
        self.body, stopped = self.parse()
        if stopped:
            raise TemplateError(f"line {self.pieces[self.at - 1][2]}: unexpected {stopped}")

    def parse(self, *ends):
        out = []
        while self.at < len(self.pieces):
            kind, text, line = self.pieces[self.at]
            self.at += 1
            if kind != "tag":
                out.append((kind, text, line))
                continue
            word, _, rest = text.partition(" ")
            if word in ("end", "else"):
                if word not in ends:
                    return out, word
                return out, word
            if word == "if":
                then, stop = self.parse("else", "end")
                otherwise = []
                if stop == "else":
                    otherwise, stop = self.parse("end")
                self.closed(stop, line, "if")
                out.append(("if", rest, then, otherwise, line))
            elif word == "for":
                name, found, source = rest.partition(" in ")
                if not found:
                    raise TemplateError(f"line {line}: for needs 'in'")
                body, stop = self.parse("end")
                self.closed(stop, line, "for")
                out.append(("for", name.strip().split(","), source.strip(), body, line))
            elif word == "set":
                name, _, value = rest.partition("=")
                out.append(("set", name.strip(), value.strip(), line))
            else:
                raise TemplateError(f"line {line}: unknown tag {word}")
        return out, None

    def closed(self, stop, line, what):
        if stop != "end":
            raise TemplateError(f"line {line}: {what} is not ended")

    def value(self, text, names, line):
        path, *filters = (part.strip() for part in text.split("|"))
        negate = path.startswith("not ")
        path = path[4:] if negate else path
        if path[:1] in "'\"":
            value = path[1:-1]
        elif path.lstrip("-").isdigit():
            value = int(path)
        else:
            first, *rest = path.split(".")
            try:
                value = names[first]
                for key in rest:
                    value = value[int(key) if key.isdigit() else key] if isinstance(value, (dict, list, tuple)) else getattr(value, key)
            except (KeyError, IndexError, AttributeError) as error:
                if not any(f.startswith("default") for f in filters):
                    raise TemplateError(f"line {line}: {path} ({type(error).__name__})") from error
                value = None
        for f in filters:
            name, _, argument = f.partition(":")
            if name not in FILTERS:
                raise TemplateError(f"line {line}: unknown filter {name}")
            value = FILTERS[name](value, argument.strip("'\"")) if argument else FILTERS[name](value)
        return not value if negate else value

    def render(self, **names):
        return "".join(self.run(self.body, names))

    def run(self, body, names):
        for node in body:
            match node:
                case ("text", text, _):
                    yield text
                case ("value", text, line):
                    yield str(self.value(text, names, line))
                case ("if", test, then, otherwise, line):
                    yield from self.run(then if self.value(test, names, line) else otherwise, names)
                case ("for", targets, source, inner, line):
                    items = list(self.value(source, names, line))
                    for i, item in enumerate(items):
                        values = (item,) if len(targets) == 1 else item
                        loop = {"index": i + 1, "last": i == len(items) - 1}
                        yield from self.run(inner, {**names, **dict(zip(map(str.strip, targets), values)), "loop": loop})
                case ("set", name, value, line):
                    names[name] = self.value(value, names, line)


page = Template("""{# a comment
of two lines #}Dear {{ user.name|title }}{% if user.admin %} (admin){% end %},
{% if items %}you have {{ items|length }} things:
{% for name, price in items %}  {{ loop.index }}. {{ name|upper }} at {{ price|round:1 }}{% if loop.last %}.{% else %};{% end %}
{% end %}{% else %}you have nothing.
{% end %}{% set note = 'a < b & c' %}{{ note|escape }} {{ missing|default:none }} {{ items.0.0|default:'-'|reverse }}
""")
print(page.render(user={"name": "ada lovelace", "admin": True}, items=[("pen", 1.25), ("ink", 10.0)]))
print(page.render(user={"name": "bob", "admin": False}, items=[]))
nested = Template("{% for row in rows %}{% for cell in row %}[{{ cell }}]{% end %}|{% end %}{{ rows.1.0 }}")
print(nested.render(rows=[[1, 2], [3], []]), Template("").render(), Template("plain").render())
for bad in ("{{ a", "{% if x %}", "{% end %}", "{% dance %}", "{% for x %}{% end %}", "\n\n{{ nope }}", "{{ 5|what }}", "a{% else %}", "{{ user.zzz }}"):
    try:
        print(Template(bad).render(user={}, x=1))
    except TemplateError as error:
        print(repr(bad), "->", error)
