"""Files: copied, moved and written."""
import os
import shutil

from distutils.errors import DistutilsFileError


def copy_file(src, dst, preserve_mode=1, preserve_times=1, update=0, link=None, verbose=1, dry_run=0):
    """Copies a file to a name or into a folder: (the name, whether it was copied)."""
    if not os.path.isfile(src):
        raise DistutilsFileError(f"can't copy '{src}': doesn't exist or not a regular file")
    if os.path.isdir(dst):
        dst = os.path.join(dst, os.path.basename(src))
    if update and os.path.exists(dst) and os.path.getmtime(src) <= os.path.getmtime(dst):
        return dst, 0
    if dry_run:
        return dst, 1
    if link in ('hard', 'sym'):
        if not (os.path.exists(dst) and os.path.samefile(src, dst)):
            (os.link if link == 'hard' else os.symlink)(src, dst)
        return dst, 1
    if link is not None:
        raise ValueError(f"invalid value '{link}' for 'link' argument")
    shutil.copyfile(src, dst)
    if preserve_times:
        shutil.copystat(src, dst)
    if preserve_mode:
        shutil.copymode(src, dst)
    return dst, 1


def move_file(src, dst, verbose=1, dry_run=0):
    """Moves a file to a name or into a folder; the new name."""
    if not os.path.isfile(src):
        raise DistutilsFileError(f"can't move '{src}': not a regular file")
    if os.path.isdir(dst):
        dst = os.path.join(dst, os.path.basename(src))
    elif os.path.exists(dst):
        raise DistutilsFileError(f"can't move '{src}': destination '{dst}' already exists")
    if not dry_run:
        shutil.move(src, dst)
    return dst


def write_file(filename, contents):
    """Writes lines, each with a newline."""
    with open(filename, 'w') as file:
        file.writelines(line + '\n' for line in contents)
