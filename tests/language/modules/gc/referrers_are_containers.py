"""gc.get_referrers() finds the containers that hold an object: lists, tuples, dicts (as key and as value) and sets."""
import gc


class Thing:
    pass


thing = Thing()
for container in ([thing], (thing, 1), {1: thing}, {thing: 1}, {thing}, frozenset({thing})):
    found = [one for one in gc.get_referrers(thing) if one is container]
    print(type(container).__name__, len(found), any(item is thing for item in gc.get_referents(container)))
