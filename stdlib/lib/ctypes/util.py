"""Finding the file of a shared library by the name that a linker knows it by."""
import os
import re
import subprocess

_FOLDERS = ('/lib', '/usr/lib', '/lib64', '/usr/lib64', '/usr/local/lib')


def find_library(name):
    """The name of the library's file ('libm.so.6' for 'm'), None when there is none."""
    wanted = re.compile(r'lib%s\.so(\.[^\s/]*)?' % re.escape(name))
    return _in_cache_of_linker(wanted) or _in_folders(wanted)


def _in_cache_of_linker(wanted):
    # ldconfig knows all that the dynamic linker will find.
    for program in '/sbin/ldconfig', '/usr/sbin/ldconfig':
        try:
            listing = subprocess.run([program, '-p'], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                     stderr=subprocess.DEVNULL, env={'LC_ALL': 'C', 'LANG': 'C'}).stdout
        except OSError:
            continue
        for line in os.fsdecode(listing).splitlines():
            words = line.split()
            if words and wanted.fullmatch(words[0]) and (os.uname().machine != 'x86_64' or 'x86-64' in line):
                return words[0]
    return None


def _in_folders(wanted):
    folders = [*os.environ.get('LD_LIBRARY_PATH', '').split(':'), *_FOLDERS,
               *(f'{folder}/{os.uname().machine}-linux-gnu' for folder in _FOLDERS)]
    for folder in filter(None, folders):
        try:
            found = sorted(filter(wanted.fullmatch, os.listdir(folder)))
        except OSError:
            continue
        if found:
            return found[-1]
    return None


def test():
    """Shows what is found of some usual libraries."""
    for name in 'm', 'c', 'bz2':
        print(name, find_library(name))


if __name__ == '__main__':
    test()
