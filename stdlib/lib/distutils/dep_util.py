"""Which files are older than those that they are made from."""
import os

from distutils.errors import DistutilsFileError


def newer(source, target):
    """Is the target missing or older than the source?"""
    if not os.path.exists(source):
        raise DistutilsFileError(f"file '{os.path.abspath(source)}' does not exist")
    return os.path.getmtime(source) > os.path.getmtime(target) if os.path.exists(target) else 1


def newer_pairwise(sources, targets):
    """The pairs of which the source is newer, as two lists."""
    if len(sources) != len(targets):
        raise ValueError("'sources' and 'targets' must be same length")
    late = [pair for pair in zip(sources, targets) if newer(*pair)]
    return [source for source, _ in late], [target for _, target in late]


def newer_group(sources, target, missing='error'):
    """Is the target missing or older than one of the sources?"""
    if not os.path.exists(target):
        return 1
    made = os.path.getmtime(target)
    for source in sources:
        if not os.path.exists(source) and missing != 'error':
            if missing == 'newer':
                return 1
            continue
        if os.path.getmtime(source) > made:
            return 1
    return 0
