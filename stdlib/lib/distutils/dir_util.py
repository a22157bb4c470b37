"""Folders: made, copied and removed whole."""
import os
import shutil

from distutils.errors import DistutilsFileError


def mkpath(name, mode=0o777, verbose=1, dry_run=0):
    """Makes a folder and those above it; the list of those that were made."""
    made = []
    at = os.path.normpath(name)
    while at and not os.path.isdir(at):
        made.insert(0, at)
        at = os.path.dirname(at)
    try:
        for folder in () if dry_run else made:
            os.mkdir(folder, mode)
    except OSError as problem:
        raise DistutilsFileError(f"could not create '{folder}': {problem.args[-1]}") from problem
    return made


def create_tree(base_dir, files, mode=0o777, verbose=1, dry_run=0):
    """Makes the folders that the files need."""
    for folder in sorted({os.path.join(base_dir, os.path.dirname(file)) for file in files}):
        mkpath(folder, mode, verbose, dry_run)


def copy_tree(src, dst, preserve_mode=1, preserve_times=1, preserve_symlinks=0, update=0, verbose=1, dry_run=0):
    """Copies what is in a folder into another one, which may be there; the list of files written."""
    from distutils.file_util import copy_file
    if not dry_run and not os.path.isdir(src):
        raise DistutilsFileError(f"cannot copy tree '{src}': not a directory")
    mkpath(dst, verbose=verbose, dry_run=dry_run)
    written = []
    for name in os.listdir(src):
        source, target = os.path.join(src, name), os.path.join(dst, name)
        if name.startswith('.nfs'):
            continue
        if preserve_symlinks and os.path.islink(source):
            if not dry_run:
                os.symlink(os.readlink(source), target)
            written.append(target)
        elif os.path.isdir(source):
            written += copy_tree(source, target, preserve_mode, preserve_times, preserve_symlinks, update, verbose, dry_run)
        else:
            copy_file(source, target, preserve_mode, preserve_times, update, verbose=verbose, dry_run=dry_run)
            written.append(target)
    return written


def remove_tree(directory, verbose=1, dry_run=0):
    """Removes a folder and all in it."""
    if not dry_run:
        shutil.rmtree(directory, ignore_errors=True)


def ensure_relative(path):
    """The path without its leading slash."""
    return path[1:] if path.startswith('/') else path
