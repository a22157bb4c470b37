"""Programs in one file: a zip archive with a __main__.py, and a line before it that names the interpreter."""
import contextlib
import os
import pathlib
import shutil
import stat
import sys
import zipfile

__all__ = ['ZipAppError', 'create_archive', 'get_interpreter']

MAIN_TEMPLATE = '''\
# -*- coding: utf-8 -*-
import {module}
{module}.{fn}()
'''


class ZipAppError(ValueError):
    """An archive cannot be made."""


@contextlib.contextmanager
def _maybe_open(archive, mode):
    if isinstance(archive, (str, os.PathLike)):
        with open(archive, mode) as file:
            yield file
    else:
        yield archive


def _write_file_prefix(file, interpreter):
    if interpreter:
        file.write(b'#!' + interpreter.encode(sys.getfilesystemencoding()) + b'\n')


def _copy_archive(archive, new_archive, interpreter=None):
    """Copy an archive, with another interpreter or none."""
    with _maybe_open(archive, 'rb') as source:
        first = source.read(2)
        if first == b'#!':
            first = b''
            source.readline()
        with _maybe_open(new_archive, 'wb') as target:
            _write_file_prefix(target, interpreter)
            target.write(first)
            shutil.copyfileobj(source, target)
    if interpreter and isinstance(new_archive, str):
        os.chmod(new_archive, os.stat(new_archive).st_mode | stat.S_IEXEC)


def create_archive(source, target=None, interpreter=None, main=None, filter=None, compressed=False):
    """Make an archive of a folder, or copy one.

    main         'module:function' to be called, when the folder has no __main__.py
    filter       filter(path) says of each file, relative to the folder, whether it goes in
    """
    is_file = hasattr(source, 'read') and hasattr(source, 'readline')
    if not is_file:
        source = pathlib.Path(source)
        is_file = source.is_file()
    if is_file:
        _copy_archive(source, target, interpreter)
        return
    if not source.exists():
        raise ZipAppError('Source does not exist')
    has_main = (source / '__main__.py').is_file()
    if main and has_main:
        raise ZipAppError('Cannot specify entry point if the source has __main__.py')
    if not (main or has_main):
        raise ZipAppError('Archive has no entry point')
    program = None
    if main:
        module, colon, function = main.partition(':')
        if not colon or not all(part.isidentifier() for part in (module + '.' + function).split('.')):
            raise ZipAppError('Invalid entry point: ' + main)
        program = MAIN_TEMPLATE.format(module=module, fn=function)
    if target is None:
        target = source.with_suffix('.pyz')
    elif not hasattr(target, 'write'):
        target = pathlib.Path(target)
    method = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    with _maybe_open(target, 'wb') as file:
        _write_file_prefix(file, interpreter)
        with zipfile.ZipFile(file, 'w', compression=method) as archive:
            for child in source.rglob('*'):
                name = child.relative_to(source)
                if filter is None or filter(name):
                    archive.write(child, name.as_posix())
            if program:
                archive.writestr('__main__.py', program.encode('utf-8'))
    if interpreter and not hasattr(target, 'write'):
        target.chmod(target.stat().st_mode | stat.S_IEXEC)


def get_interpreter(archive):
    """The interpreter that an archive names, or None."""
    with _maybe_open(archive, 'rb') as file:
        if file.read(2) == b'#!':
            return file.readline().strip().decode(sys.getfilesystemencoding())
    return None


def main(args=None):
    """The command line: python -m zipapp folder."""
    import argparse
    parser = argparse.ArgumentParser()
    parser.add_argument('--output', '-o', default=None,
                        help='The name of the output archive. Required if SOURCE is an archive.')
    parser.add_argument('--python', '-p', default=None,
                        help='The name of the Python interpreter to use (default: no shebang line).')
    parser.add_argument('--main', '-m', default=None,
                        help='The main function of the application (default: use an existing __main__.py).')
    parser.add_argument('--compress', '-c', action='store_true',
                        help='Compress files with the deflate method. Files are stored uncompressed by default.')
    parser.add_argument('--info', default=False, action='store_true', help='Display the interpreter from the archive.')
    parser.add_argument('source', help='Source directory (or existing archive).')
    options = parser.parse_args(args)
    if options.info:
        if not os.path.isfile(options.source):
            raise SystemExit('Can only get info for an archive file')
        print(f"Interpreter: {get_interpreter(options.source) or '<none>'}")
        sys.exit(0)
    if os.path.isfile(options.source):
        if options.output is None or (os.path.exists(options.output)
                                      and os.path.samefile(options.source, options.output)):
            raise SystemExit('In-place editing of archives is not supported')
        if options.main:
            raise SystemExit('Cannot change the main function when copying')
    create_archive(options.source, options.output, interpreter=options.python, main=options.main,
                   compressed=options.compress)


if __name__ == '__main__':
    main()
