"""An ini reader with interpolation and includes of sections, and an argument parser with subcommands, both by hand."""
import sys


class ConfigError(Exception):
    pass


class Config:
    def __init__(self, text):
        self.sections = {"default": {}}
        section = self.sections["default"]
        key = None
        for number, raw in enumerate(text.splitlines(), 1):
            line = raw.split("#")[0].rstrip()
            if not line.strip():
                continue
            if line[0] in " \t" and key:
                section[key] += " " + line.strip()
            elif line.startswith("["):
                if not line.endswith("]"):
                    raise ConfigError(f"line {number}: section not closed")
                name, _, parent = (p.strip() for p in line[1:-1].partition(":"))
                section = self.sections.setdefault(name, {})
                if parent:
                    if parent not in self.sections:
                        raise ConfigError(f"line {number}: no section {parent}")
                    section.update(self.sections[parent])
                key = None
            elif "=" in line:
                key, value = (p.strip() for p in line.split("=", 1))
                section[key] = value
            else:
                raise ConfigError(f"line {number}: neither section nor setting: {line!r}")

    def raw(self, section, key):
        for name in (section, "default"):
            if key in self.sections.get(name, {}):
                return self.sections[name][key]
        raise ConfigError(f"no {key} in [{section}]")

    def get(self, section, key, kind=str, seen=()):
        if key in seen:
            raise ConfigError("loop: " + " -> ".join([*seen, key]))
        value, out = self.raw(section, key), ""
        while "${" in value:
            before, _, rest = value.partition("${")
            name, closed, value = rest.partition("}")
            if not closed:
                raise ConfigError(f"${{ not closed in {key}")
            out += before + self.get(section, name, seen=(*seen, key))
        out += value
        match kind:
            case _ if kind is bool:
                try:
                    return {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}[out.lower()]
                except KeyError:
                    raise ConfigError(f"{key}: {out!r} is no yes or no") from None
            case _ if kind is list:
                return [item.strip() for item in out.split(",") if item.strip()]
            case _:
                try:
                    return kind(out)
                except ValueError as error:
                    raise ConfigError(f"{key}: {error}") from error


class Arguments:
    def __init__(self, name, about="", **options):
        self.name, self.about, self.options, self.positional, self.commands = name, about, {}, [], {}
        for option, default in options.items():
            self.options[option.replace("_", "-")] = default

    def takes(self, *names):
        self.positional += names
        return self

    def command(self, sub):
        self.commands[sub.name] = sub
        return self

    def usage(self):
        parts = [self.name] + [f"[--{o}]" if d is False else f"[--{o} {o[0].upper()}]" for o, d in self.options.items()] + [n.upper() for n in self.positional]
        return "usage: " + " ".join(parts + (["{" + ",".join(self.commands) + "}"] if self.commands else []))

    def parse(self, words):
        out, given, words = dict(self.options), [], list(words)
        while words:
            word = words.pop(0)
            if word == "--":
                given += words
                break
            if word.startswith("--"):
                name, equals, value = word[2:].partition("=")
                matches = [o for o in self.options if o.startswith(name)]
                if name in self.options:
                    matches = [name]
                if len(matches) != 1:
                    raise SystemExit(f"{self.usage()}\n{'unknown' if not matches else 'ambiguous'} option --{name}")
                default = self.options[matches[0]]
                if default is False:
                    out[matches[0]] = True
                else:
                    if not equals:
                        if not words:
                            raise SystemExit(f"--{matches[0]} needs a value")
                        value = words.pop(0)
                    try:
                        out[matches[0]] = type(default)(value) if default is not None else value
                    except ValueError:
                        raise SystemExit(f"--{matches[0]}: {value!r} is no {type(default).__name__}")
            elif self.commands and not given:
                if word not in self.commands:
                    raise SystemExit(f"{self.usage()}\nno command {word}")
                return {**out, "command": word, **self.commands[word].parse(words)}
            else:
                given.append(word)
        for name in self.positional:
            if name.endswith("*"):
                out[name[:-1]], given = given, []
            elif not given:
                raise SystemExit(f"{self.usage()}\nmissing {name}")
            else:
                out[name] = given.pop(0)
        if given:
            raise SystemExit(f"too many arguments: {' '.join(given)}")
        return out


config = Config("""
root = /srv     # everything lives here
debug = no
[base]
port = 80
names = a, b,
    c,d
path = ${root}/${site}
[www : base]
site = web
port = 8080
debug = YES
loop = ${pool}
pool = ${loop}
bad = ${never
""")
for section, key, kind in (("www", "path", str), ("www", "port", int), ("base", "port", float), ("www", "debug", bool), ("base", "debug", bool), ("www", "names", list), ("base", "path", str), ("www", "loop", str), ("www", "bad", str), ("www", "names", int), ("www", "site", bool), ("nowhere", "root", str), ("nowhere", "x", str)):
    try:
        print(section, key, repr(config.get(section, key, kind)))
    except ConfigError as error:
        print(section, key, "->", error)
for bad in ("[x", "just words", "[a: b]"):
    try:
        Config(bad)
    except ConfigError as error:
        print(error)
parser = Arguments("tool", verbose=False, level=3).command(Arguments("copy", force=False).takes("source", "target")).command(Arguments("sum", scale=1.0, label=None).takes("numbers*"))
for line in ("copy a b", "--verbose copy --force x y", "--level=7 sum 1 2 3 --scale 2.5", "--lev 9 sum", "copy a", "copy a b c", "dance", "--what copy", "--level x copy a b", "sum --label", "sum -- --scale", "copy --for a b"):
    try:
        print(line, "->", parser.parse(line.split()))
    except SystemExit as stop:
        print(line, "->", *str(stop).splitlines(), sep=" | ")
print(parser.usage(), len(sys.argv))
