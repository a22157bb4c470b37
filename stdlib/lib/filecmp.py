"""Comparing files and directories."""

import os
import stat
from types import GenericAlias

__all__ = ["clear_cache", "cmp", "dircmp", "cmpfiles", "DEFAULT_IGNORES"]

_cache = {}
BUFSIZE = 8 * 1024
DEFAULT_IGNORES = ["RCS", "CVS", "tags", ".git", ".hg", ".bzr", "_darcs",
                   "__pycache__"]


def clear_cache():
    """Forgets what was compared."""
    _cache.clear()


def cmp(f1, f2, shallow=True):
    """Are two files equal? With shallow, files of the same kind, size and
    time are, without a look inside. What was read is remembered until a file
    changes."""
    s1 = _signature(os.stat(f1))
    s2 = _signature(os.stat(f2))
    if s1[0] != stat.S_IFREG or s2[0] != stat.S_IFREG:
        return False
    if shallow and s1 == s2:
        return True
    if s1[1] != s2[1]:
        return False
    key = f1, f2, s1, s2
    equal = _cache.get(key)
    if equal is None:
        equal = _same_contents(f1, f2)
        if len(_cache) > 100:
            clear_cache()
        _cache[key] = equal
    return equal


def _signature(status):
    return stat.S_IFMT(status.st_mode), status.st_size, status.st_mtime


def _same_contents(f1, f2):
    with open(f1, "rb") as first, open(f2, "rb") as second:
        while True:
            block = first.read(BUFSIZE)
            if block != second.read(BUFSIZE):
                return False
            if not block:
                return True


class dircmp:
    """Two directories compared; the attributes are found when they are asked
    for.

    left_list, right_list       what is in them, hide and ignore left out
    common, left_only, right_only   names in both, or only in one
    common_dirs, common_files, common_funny
                                the common ones by kind; funny: of two kinds
    same_files, diff_files, funny_files
                                the common files; funny: could not be compared
    subdirs                     a dircmp for each common directory
    """

    def __init__(self, a, b, ignore=None, hide=None):
        self.left = a
        self.right = b
        self.hide = [os.curdir, os.pardir] if hide is None else hide
        self.ignore = DEFAULT_IGNORES if ignore is None else ignore

    def phase0(self):
        skipped = self.hide + self.ignore
        self.left_list = sorted(_without(os.listdir(self.left), skipped))
        self.right_list = sorted(_without(os.listdir(self.right), skipped))

    def phase1(self):
        left = {os.path.normcase(name): name for name in self.left_list}
        right = {os.path.normcase(name): name for name in self.right_list}
        self.common = [name for key, name in left.items() if key in right]
        self.left_only = [name for key, name in left.items()
                          if key not in right]
        self.right_only = [name for key, name in right.items()
                           if key not in left]

    def phase2(self):
        self.common_dirs, self.common_files, self.common_funny = [], [], []
        for name in self.common:
            kinds = []
            for directory in (self.left, self.right):
                try:
                    mode = os.stat(os.path.join(directory, name)).st_mode
                    kinds.append(stat.S_IFMT(mode))
                except OSError:
                    kinds.append(None)
            if None in kinds or kinds[0] != kinds[1]:
                self.common_funny.append(name)
            elif kinds[0] == stat.S_IFDIR:
                self.common_dirs.append(name)
            elif kinds[0] == stat.S_IFREG:
                self.common_files.append(name)
            else:
                self.common_funny.append(name)

    def phase3(self):
        self.same_files, self.diff_files, self.funny_files = cmpfiles(
            self.left, self.right, self.common_files)

    def phase4(self):
        self.subdirs = {
            name: self.__class__(os.path.join(self.left, name),
                                 os.path.join(self.right, name), self.ignore,
                                 self.hide)
            for name in self.common_dirs}

    def phase4_closure(self):
        self.phase4()
        for sub in self.subdirs.values():
            sub.phase4_closure()

    def report(self):
        """Prints what is equal and what differs."""
        print("diff", self.left, self.right)
        for names, title in (
                (self.left_only, f"Only in {self.left} :"),
                (self.right_only, f"Only in {self.right} :"),
                (self.same_files, "Identical files :"),
                (self.diff_files, "Differing files :"),
                (self.funny_files, "Trouble with common files :"),
                (self.common_dirs, "Common subdirectories :"),
                (self.common_funny, "Common funny cases :")):
            if names:
                if isinstance(names, list):
                    names.sort()
                print(title, names)

    def report_partial_closure(self):
        """And the same one level further down."""
        self.report()
        for sub in self.subdirs.values():
            print()
            sub.report()

    def report_full_closure(self):
        """And the same all the way down."""
        self.report()
        for sub in self.subdirs.values():
            print()
            sub.report_full_closure()

    methodmap = dict(subdirs=phase4, same_files=phase3, diff_files=phase3,
                     funny_files=phase3, common_dirs=phase2,
                     common_files=phase2, common_funny=phase2, common=phase1,
                     left_only=phase1, right_only=phase1, left_list=phase0,
                     right_list=phase0)

    def __getattr__(self, attr):
        if attr not in self.methodmap:
            raise AttributeError(attr)
        self.methodmap[attr](self)
        return getattr(self, attr)

    __class_getitem__ = classmethod(GenericAlias)


def cmpfiles(a, b, common, shallow=True):
    """(equal, different, errors): the names in common by how the files of
    these names in the two directories compare."""
    result = [], [], []
    for name in common:
        try:
            equal = cmp(os.path.join(a, name), os.path.join(b, name), shallow)
        except (OSError, ValueError):
            result[2].append(name)
        else:
            result[0 if equal else 1].append(name)
    return result


def _without(names, skipped):
    return [name for name in names if name not in skipped]


def demo():
    import getopt
    import sys
    options, args = getopt.getopt(sys.argv[1:], "r")
    if len(args) != 2:
        raise getopt.GetoptError("need exactly two args", None)
    comparison = dircmp(args[0], args[1])
    if ("-r", "") in options:
        comparison.report_full_closure()
    else:
        comparison.report()


if __name__ == "__main__":
    demo()
