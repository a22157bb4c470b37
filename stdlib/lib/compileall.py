"""Compiling every file of some folders, to see whether they can be compiled: python -m compileall.

What py_compile makes of a file goes to __pycache__, as programs that look for it expect.
"""
import concurrent.futures
import filecmp
import importlib.util
import os
import py_compile
import sys
from functools import partial
from pathlib import Path

__all__ = ['compile_dir', 'compile_file', 'compile_path']


def _walk_dir(dir, maxlevels, quiet=0):
    """The files in a folder and in those below it, in order."""
    if quiet < 2 and isinstance(dir, os.PathLike):
        dir = os.fspath(dir)
    if not quiet:
        print(f'Listing {dir!r}...')
    try:
        names = sorted(os.listdir(dir))
    except OSError:
        if quiet < 2:
            print(f"Can't list {dir!r}")
        names = []
    for name in names:
        if name == '__pycache__':
            continue
        path = os.path.join(dir, name)
        if not os.path.isdir(path):
            yield path
        elif maxlevels > 0 and name not in (os.curdir, os.pardir) and not os.path.islink(path):
            yield from _walk_dir(path, maxlevels - 1, quiet)


def compile_dir(dir, maxlevels=None, ddir=None, force=False, rx=None, quiet=0, legacy=False, optimize=-1, workers=1,
                invalidation_mode=None, *, stripdir=None, prependdir=None, limit_sl_dest=None, hardlink_dupes=False):
    """Compile all files of a folder and of those below it; whether all of them could be compiled."""
    _check_names(ddir, stripdir, prependdir)
    if workers < 0:
        raise ValueError('workers must be greater or equal to 0')
    files = _walk_dir(dir, sys.getrecursionlimit() if maxlevels is None else maxlevels, quiet)
    if ddir is not None:  # the folder is shown as another one, with what is below it
        stripdir, prependdir = dir, ddir
    work = partial(compile_file, force=force, rx=rx, quiet=quiet, legacy=legacy, optimize=optimize,
                   invalidation_mode=invalidation_mode, stripdir=stripdir, prependdir=prependdir,
                   limit_sl_dest=limit_sl_dest, hardlink_dupes=hardlink_dupes)
    if workers == 1:
        return all([work(file) for file in files])
    with concurrent.futures.ProcessPoolExecutor(max_workers=workers or None) as pool:
        return all(list(pool.map(work, files)))


def _check_names(ddir, stripdir, prependdir):
    if ddir is not None and (stripdir is not None or prependdir is not None):
        raise ValueError('Destination dir (ddir) cannot be used in combination with stripdir or prependdir')


def _shown_name(path, ddir, stripdir, prependdir):
    """The name that errors and tracebacks are to show; None for the file's own."""
    if ddir is not None:
        return os.path.join(ddir, os.path.basename(path))
    shown = None
    if stripdir is not None:
        parts, strip = path.split(os.sep), os.fspath(stripdir).split(os.sep)
        kept = 0
        while kept < min(len(parts), len(strip)) and parts[kept] == strip[kept]:
            kept += 1
        shown = os.path.join(*parts[kept:])
        if prependdir is not None:
            shown = os.path.join(prependdir, shown)
    elif prependdir is not None:
        shown = os.path.join(prependdir, path)
    return shown


def compile_file(fullname, ddir=None, force=False, rx=None, quiet=0, legacy=False, optimize=-1, invalidation_mode=None,
                 *, stripdir=None, prependdir=None, limit_sl_dest=None, hardlink_dupes=False):
    """Compile one file if it is a source that has changed; whether it could be compiled."""
    _check_names(ddir, stripdir, prependdir)
    fullname = os.fspath(fullname)
    shown = _shown_name(fullname, ddir, stripdir, prependdir)
    levels = sorted({optimize} if isinstance(optimize, int) else set(optimize))
    if hardlink_dupes and len(levels) < 2:
        raise ValueError('Hardlinking of duplicated bytecode makes sense only for more than one optimization level')
    if rx is not None and rx.search(fullname):
        return True
    if limit_sl_dest is not None and os.path.islink(fullname):
        if Path(limit_sl_dest).resolve() not in Path(fullname).resolve().parents:
            return True
    if not os.path.isfile(fullname) or not fullname.endswith('.py'):
        return True
    targets = {level: _target(fullname, level, legacy) for level in levels}
    if not force and all(_is_fresh(fullname, target) for target in targets.values()):
        return True
    if not quiet:
        print(f'Compiling {fullname!r}...')
    success, before = True, None
    for level, target in targets.items():
        try:
            made = py_compile.compile(fullname, target, shown, True, optimize=level,
                                      invalidation_mode=invalidation_mode)
        except (py_compile.PyCompileError, SyntaxError, UnicodeError, OSError) as error:
            _report(fullname, quiet, error)
            return False
        if made == 0:
            success = False
        elif hardlink_dupes and before is not None and filecmp.cmp(target, before, shallow=False):
            os.unlink(target)
            os.link(before, target)
        before = target
    return success


def _target(fullname, level, legacy):
    """Where the compiled file goes."""
    if legacy:
        return fullname + 'c'
    if level >= 0:
        return importlib.util.cache_from_source(fullname, optimization=level if level >= 1 else '')
    return importlib.util.cache_from_source(fullname)


def _is_fresh(fullname, target):
    """Whether the compiled file was made of the source as it is now: what py_compile writes is the source itself."""
    try:
        return filecmp.cmp(fullname, target, shallow=False)
    except OSError:
        return False


def _report(fullname, quiet, error):
    if quiet >= 2:
        return
    if quiet:
        print(f'*** Error compiling {fullname!r}...')
    else:
        print('*** ', end='')
    if isinstance(error, py_compile.PyCompileError):
        encoding = sys.stdout.encoding or sys.getdefaultencoding()
        print(error.msg.encode(encoding, errors='backslashreplace').decode(encoding))
    else:
        print(f'{error.__class__.__name__}: {error}')


def compile_path(skip_curdir=1, maxlevels=0, force=False, quiet=0, legacy=False, optimize=-1, invalidation_mode=None):
    """Compile the files of all folders of sys.path."""
    success = True
    for folder in sys.path:
        if (not folder or folder == os.curdir) and skip_curdir:
            if quiet < 2:
                print('Skipping current directory')
            continue
        if not compile_dir(folder, maxlevels, None, force, quiet=quiet, legacy=legacy, optimize=optimize,
                           invalidation_mode=invalidation_mode):
            success = False
    return success


def _parser():
    import argparse
    parser = argparse.ArgumentParser(description='Utilities to support installing Python libraries.')
    add = parser.add_argument
    add('-l', action='store_const', const=0, default=None, dest='maxlevels', help="don't recurse into subdirectories")
    add('-r', type=int, dest='recursion', help='the deepest level of subdirectories; -l sets it to 0')
    add('-f', action='store_true', dest='force', help='compile even if nothing has changed')
    add('-q', action='count', dest='quiet', default=0, help='say errors only; -qq says nothing')
    add('-b', action='store_true', dest='legacy', help='put the compiled files beside the sources')
    add('-d', metavar='DESTDIR', dest='ddir', default=None, help='the folder that errors name instead')
    add('-s', metavar='STRIPDIR', dest='stripdir', default=None, help='the beginning that paths in errors lose')
    add('-p', metavar='PREPENDDIR', dest='prependdir', default=None, help='what paths in errors get before them')
    add('-x', metavar='REGEXP', dest='rx', default=None, help='leave out files whose path the expression is found in')
    add('-i', metavar='FILE', dest='flist', help='a list of more files and folders, one a line; - is standard input')
    add('compile_dest', metavar='FILE|DIR', nargs='*', help='what to compile; sys.path if nothing is named')
    add('-j', '--workers', default=1, type=int, help='how many processes')
    add('--invalidation-mode', choices=[mode.name.lower().replace('_', '-') for mode in
                                        py_compile.PycInvalidationMode], help='how changes are found out')
    add('-o', action='append', type=int, dest='opt_levels', help='a level of optimisation; may be repeated')
    add('-e', metavar='DIR', dest='limit_sl_dest', help='leave out links that lead out of the folder')
    add('--hardlink-dupes', action='store_true', dest='hardlink_dupes', help='link files of levels that are equal')
    return parser


def main():
    """The command; whether all could be compiled."""
    parser = _parser()
    args = parser.parse_args()
    destinations = args.compile_dest
    if args.rx:
        import re
        args.rx = re.compile(args.rx)
    levels = args.opt_levels or [-1]
    if len(levels) == 1 and args.hardlink_dupes:
        parser.error('Hardlinking of duplicated bytecode makes sense only for more than one optimization level.')
    if args.ddir is not None and (args.stripdir is not None or args.prependdir is not None):
        parser.error('-d cannot be used in combination with -s or -p')
    if args.flist:
        try:
            with sys.stdin if args.flist == '-' else open(args.flist, encoding='utf-8') as file:
                destinations += [line.strip() for line in file]
        except OSError:
            if args.quiet < 2:
                print(f'Error reading file list {args.flist}')
            return False
    mode = None
    if args.invalidation_mode:
        mode = py_compile.PycInvalidationMode[args.invalidation_mode.replace('-', '_').upper()]
    try:
        if not destinations:
            return compile_path(legacy=args.legacy, force=args.force, quiet=args.quiet, invalidation_mode=mode)
        return all([_compile_named(name, args, levels, mode) for name in destinations])
    except KeyboardInterrupt:
        if args.quiet < 2:
            print('\n[interrupted]')
        return False


def _compile_named(name, args, levels, mode):
    common = dict(ddir=args.ddir, force=args.force, rx=args.rx, quiet=args.quiet, legacy=args.legacy, optimize=levels,
                  invalidation_mode=mode, stripdir=args.stripdir, prependdir=args.prependdir,
                  limit_sl_dest=args.limit_sl_dest, hardlink_dupes=args.hardlink_dupes)
    if os.path.isfile(name):
        return compile_file(name, **common)
    depth = args.recursion if args.recursion is not None else args.maxlevels
    return compile_dir(name, depth, workers=args.workers, **common)


if __name__ == '__main__':
    sys.exit(not main())
