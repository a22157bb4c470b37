# A parser with a group: its help, what it parses, and its errors.
import optparse
import os

os.environ["COLUMNS"] = "70"
parser = optparse.OptionParser(usage="%prog [options] file", prog="tool", version="%prog 1.0", description="Does one thing and another.", epilog="The end.")
parser.add_option("-o", "--output", metavar="FILE", default="out", help="where to write [default: %default]")
parser.add_option("-v", action="count", dest="verbose", default=0)
parser.add_option("-n", "--number", type="int", help="a number, and a long text about what that number may be good for")
parser.add_option("--kind", type="choice", choices=["a", "b"], action="append")
parser.add_option("-q", "--quiet", action="store_false", dest="loud", default=True, help=optparse.SUPPRESS_HELP)
group = optparse.OptionGroup(parser, "Points", "about points")
group.add_option("--point", nargs=2, type="float", help="x and y")
group.add_option("--call", action="callback", callback=lambda option, opt, value, p: print("called", option, opt, value))
parser.add_option_group(group)
print(parser.format_help())
for line in ["a -vv b", "--out=x -n 0x10 a -- -v", "-q --kind a --kind=b --point 1 2.5 --call", "-nv 3"]:
    try:
        values, args = parser.parse_args(line.split())
        print(sorted(vars(values).items()), args)
    except SystemExit as error:
        print(line, "exits with", error.code)
for line in ["--number x", "--kind c", "--zzz", "-z", "--point 1", "--quiet=1", "--n 1 --o", "--version"]:
    try:
        print(parser.parse_args(line.split()))
    except SystemExit as error:
        print(line, "exits with", error.code)
for call in (lambda: parser.add_option("-o"), lambda: optparse.Option("x"), lambda: optparse.Option("-x", action="what"), lambda: optparse.Option("-x", type="what"), lambda: optparse.Option(), lambda: optparse.Option("-x", bad=1)):
    try:
        call()
    except (optparse.OptParseError, TypeError) as error:
        print(type(error).__name__, error)
print(optparse.TitledHelpFormatter(width=60).format_heading("Title"), parser.has_option("-v"), parser.get_option("--point"), parser.values is not None)
