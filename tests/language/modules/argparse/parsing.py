# A parser with options, groups and subcommands: its help, what it parses, and its errors.
import argparse
import os

os.environ["COLUMNS"] = "72"
parser = argparse.ArgumentParser(prog="tool", description="Does things with files, and then some more things.", epilog="See also: nothing.")
parser.add_argument("files", nargs="+", metavar="FILE", help="the files")
parser.add_argument("-v", "--verbose", action="count", default=0, help="say more (may be repeated)")
parser.add_argument("--level", type=int, choices=[1, 2, 3], default=1, help="the level (default: %(default)s)")
parser.add_argument("--tag", action="append", dest="tags")
parser.add_argument("--color", action=argparse.BooleanOptionalAction, help="in colours")
group = parser.add_mutually_exclusive_group()
group.add_argument("--json", action="store_true")
group.add_argument("--xml", action="store_const", const="xml", dest="format")
more = parser.add_argument_group("output", "where it goes")
more.add_argument("-o", "--output", nargs="?", const="-", help="the output file, or standard output when no name is given here")
print(parser.format_help())
for line in ["a b -vv --level 2", "--tag x a --tag=y --no-color -o", "-vofile a", "--lev 3 -- -x", "a --json"]:
    print(line, "->", parser.parse_args(line.split()))
print(parser.parse_known_args(["a", "--what", "-q"]))
for line in ["", "a --level 9", "a --level x", "a --json --xml", "a --t", "a --what", "a --tag", "--json=1 a"]:
    try:
        parser.parse_args(line.split())
    except SystemExit as error:
        print(line, "exits with", error.code)
commands = argparse.ArgumentParser(prog="git", exit_on_error=False)
subparsers = commands.add_subparsers(dest="command", required=True, help="commands")
add = subparsers.add_parser("add", aliases=["a"], help="adds")
add.add_argument("path", type=os.path.normpath)
commit = subparsers.add_parser("commit", help="commits")
commit.add_argument("-m", dest="message", default="none")
print(commands.format_help(), add.format_usage())
print(commands.parse_args(["add", "x//y"]), commands.parse_args(["commit", "-m", "text"]))
try:
    commands.parse_args(["push"])
except argparse.ArgumentError as error:
    print(error)
print(parser, argparse.Namespace(a=1, b="x") == argparse.Namespace(a=1, b="x"))
