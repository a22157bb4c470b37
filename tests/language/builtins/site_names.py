# The names that site adds to builtins: objects that say what they are for, and that can be keys.
for thing in (exit, quit, help, copyright, credits, license):
    print(type(thing).__module__, type(thing).__name__, callable(thing), hash(thing) == hash(thing), {thing: 1}[thing], bool(repr(thing)))
print(repr(exit), '|', repr(quit), '|', repr(help))
try:
    exit(3)
except SystemExit as end:
    print(end.code)
import inspect
for kind in (ValueError, OSError, dict, map):
    try:
        print(inspect.signature(kind))
    except ValueError as error:
        print(error)
