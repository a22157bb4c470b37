# Sections, options, references, conversions, writing and errors.
import configparser
import io

text = """
[DEFAULT]
home = /usr
debug: no
# a comment
[paths]
bin = %(home)s/bin
lib = %(bin)s/../lib
multi = first
    second

    third
[numbers]
count = 42
ratio=0.5
on = yes
percent = 100%%
"""
parser = configparser.ConfigParser()
parser.read_string(text)
print(parser.sections(), parser.options("paths"), parser.defaults())
print(parser["paths"]["lib"], repr(parser.get("paths", "multi")), parser.getint("numbers", "count"), parser["numbers"].getfloat("ratio"), parser.getboolean("numbers", "on"), parser["numbers"]["percent"])
print(parser.get("paths", "lib", raw=True), parser.get("paths", "bin", vars={"home": "/opt"}), parser.get("x", "y", fallback="none"), parser["paths"].get("nope", "fallback"), "paths" in parser, parser.has_option("paths", "HOME"))
parser["new"] = {"a": "1", "B": "x\ny"}
parser.set("new", "c", "50%%")
parser.remove_option("paths", "multi"), parser.remove_section("numbers")
out = io.StringIO()
parser.write(out)
print(out.getvalue())
extended = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation(), allow_no_value=True, inline_comment_prefixes=";", delimiters="=", converters={"list": str.split})
extended.read_string("[a]\nx = 1 ; one\ny = ${x}$$\n[b]\nz = ${a:y}!\nalone\nwords = a b c\n")
print(dict(extended["b"]), extended.getlist("b", "words"), extended["b"].getlist("words"), extended["a"])
raw = configparser.RawConfigParser()
raw.read_dict({"s": {"k": 1, "p": "%(k)s"}})
print(raw.items("s"), list(raw), len(raw), raw.read(["/nonexistent.ini"]))
for bad in ["x = 1", "[a]\n[a]", "[a]\nx=1\nx=2", "[a]\njunk\nmore junk", "[a]\nx = %(y)s", "[a]\nx = %z", "[a]\nx = %(x)s", "[a]\nx = %(y"]:
    try:
        other = configparser.ConfigParser()
        other.read_string(bad, "bad.ini")
        print(other.get("a", "x"))
    except configparser.Error as error:
        print(type(error).__name__, "|", error)
for call in (lambda: parser.get("no", "x"), lambda: parser.get("new", "zz"), lambda: parser.add_section("new"), lambda: parser.add_section("DEFAULT"), lambda: parser.set("new", "a", 1), lambda: parser["missing"], lambda: parser.set("new", "a", "%x"), lambda: raw.getboolean("s", "k") and raw.getint("s", "p")):
    try:
        print(call())
    except (configparser.Error, ValueError, TypeError, KeyError) as error:
        print(type(error).__name__, "|", error)
