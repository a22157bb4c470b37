# Programs put numbers of arguments of their own kind into ArgumentParser by wrapping what it asks
# for the pattern of an action and for the match.
import argparse
import re

pattern_before = argparse.ArgumentParser._get_nargs_pattern
match_before = argparse.ArgumentParser._match_argument


class Ranged(argparse.ArgumentParser):
    ranges = {}

    def _get_nargs_pattern(self, action):
        limits = self.ranges.get(action.dest)
        if limits is None:
            return pattern_before(self, action)
        pattern = "(-*A{%d,%d}-*)" % limits
        return pattern.replace("-*", "") if action.option_strings else pattern

    def _match_argument(self, action, letters):
        if action.dest in self.ranges and not re.match(self._get_nargs_pattern(action), letters):
            raise argparse.ArgumentError(action, "expected {} to {} arguments".format(*self.ranges[action.dest]))
        return match_before(self, action, letters)

    def error(self, message):
        raise SystemExit(message)


parser = Ranged()
parser.add_argument("--pair", nargs="+")
parser.add_argument("words", nargs="+")
parser.add_argument("-n")
Ranged.ranges = {"pair": (2, 3), "words": (1, 2)}
for line in "a", "a b", "a b c", "--pair 1 2 3 a", "--pair 1 2 -n 5 a b", "--pair 1 -n 2 a", "-n", "a -n 1 2":
    try:
        print(line, parser.parse_args(line.split()))
    except SystemExit as problem:
        print(line, problem)
plain = argparse.ArgumentParser()
for nargs in None, "?", "*", "+", 3, argparse.REMAINDER, argparse.PARSER, argparse.SUPPRESS:
    print(nargs, plain._get_nargs_pattern(argparse.Action(["-x"], "x", nargs=nargs)),
          plain._get_nargs_pattern(argparse.Action([], "x", nargs=nargs)))
