"""Options of the command line, in the manner of C's getopt()."""

__all__ = ["GetoptError", "error", "getopt", "gnu_getopt"]

import os


class GetoptError(Exception):
    opt = ""
    msg = ""

    def __init__(self, msg, opt=""):
        self.msg = msg
        self.opt = opt
        Exception.__init__(self, msg, opt)

    def __str__(self):
        return self.msg


error = GetoptError


def _translated(message):
    import sys
    gettext = sys.modules.get("gettext")
    return message if gettext is None else gettext.gettext(message)


def getopt(args, shortopts, longopts=[]):
    """(options, arguments): options is a list of pairs (option, value), and
    the arguments begin at the first that is no option.

    shortopts has the letters of options, each followed by a colon if it
    takes a value; longopts is a list of names without "--", those that take
    a value end in "=".
    """
    found = []
    if isinstance(longopts, str):
        longopts = [longopts]
    else:
        longopts = list(longopts)
    args = args[:]
    while args and args[0].startswith("-") and args[0] != "-":
        if args[0] == "--":
            args = args[1:]
            break
        args = _one(found, args, shortopts, longopts)
    return found, args


def gnu_getopt(args, shortopts, longopts=[]):
    """Like getopt(), but options and other arguments may be mixed. A "+" at
    the beginning of shortopts, or the variable POSIXLY_CORRECT in the
    environment, stops at the first argument that is no option."""
    found, others = [], []
    if isinstance(longopts, str):
        longopts = [longopts]
    else:
        longopts = list(longopts)
    stops = False
    if shortopts.startswith("+"):
        shortopts = shortopts[1:]
        stops = True
    elif os.environ.get("POSIXLY_CORRECT"):
        stops = True
    while args:
        if args[0] == "--":
            others += args[1:]
            break
        if args[0].startswith("-") and args[0] != "-":
            args = _one(found, args, shortopts, longopts)
        elif stops:
            others += args
            break
        else:
            others.append(args[0])
            args = args[1:]
    return found, others


def _one(found, args, shortopts, longopts):
    """Reads the option args[0]; gives the arguments that are left."""
    if args[0].startswith("--"):
        found_option, rest = do_longs(found, args[0][2:], longopts, args[1:])
        return rest
    found_option, rest = do_shorts(found, args[0][1:], shortopts, args[1:])
    return rest


def do_longs(opts, opt, longopts, args):
    name, equals, value = opt.partition("=")
    value = value if equals else None
    takes_value, name = long_has_args(name, longopts)
    if takes_value:
        if value is None:
            if not args:
                raise GetoptError(_translated("option --%s requires argument")
                                  % name, name)
            value, args = args[0], args[1:]
    elif value is not None:
        raise GetoptError(_translated("option --%s must not have an argument")
                          % name, name)
    opts.append(("--" + name, value or ""))
    return opts, args


def long_has_args(opt, longopts):
    """(does it take a value?, its whole name): opt may be abbreviated."""
    possible = [name for name in longopts if name.startswith(opt)]
    if not possible:
        raise GetoptError(_translated("option --%s not recognized") % opt, opt)
    if opt in possible:
        return False, opt
    if opt + "=" in possible:
        return True, opt
    if len(possible) > 1:
        raise GetoptError(_translated("option --%s not a unique prefix") % opt,
                          opt)
    name = possible[0]
    if name.endswith("="):
        return True, name[:-1]
    return False, name


def do_shorts(opts, optstring, shortopts, args):
    while optstring != "":
        opt, optstring = optstring[0], optstring[1:]
        value = ""
        if short_has_arg(opt, shortopts):
            if optstring == "":
                if not args:
                    raise GetoptError(
                        _translated("option -%s requires argument") % opt, opt)
                optstring, args = args[0], args[1:]
            value, optstring = optstring, ""
        opts.append(("-" + opt, value))
    return opts, args


def short_has_arg(opt, shortopts):
    for place, letter in enumerate(shortopts):
        if opt == letter != ":":
            return shortopts.startswith(":", place + 1)
    raise GetoptError(_translated("option -%s not recognized") % opt, opt)


if __name__ == "__main__":
    import sys
    print(getopt(sys.argv[1:], "a:b", ["alpha=", "beta"]))
