"""The archives of shutil: packing a folder into one file, and unpacking."""
import contextlib
import os
import sys

__all__ = ['make_archive', 'unpack_archive']


class ReadError(OSError):
    """The archive cannot be read."""


class RegistryError(Exception):
    """The registry of formats says no."""


def _tar(compression):
    suffix = {'': '.tar', 'gz': '.tar.gz', 'bz2': '.tar.bz2', 'xz': '.tar.xz'}[compression]

    def pack(base_name, base_dir, root_dir, dry_run, owner, group, logger):
        import tarfile
        name = base_name + suffix
        if logger is not None:
            logger.info('Creating tar archive')

        def give(info):
            # Names that the system does not know change nothing.
            if owner is not None:
                import pwd
                with contextlib.suppress(KeyError):
                    info.uid, info.uname = pwd.getpwnam(owner).pw_uid, owner
            if group is not None:
                import grp
                with contextlib.suppress(KeyError):
                    info.gid, info.gname = grp.getgrnam(group).gr_gid, group
            return info

        if not dry_run:
            source = base_dir if root_dir is None else os.path.join(root_dir, base_dir)
            with tarfile.open(name, f'w:{compression}') as archive:
                archive.add(source, base_dir, filter=give)
        return name
    return pack


def _zip(base_name, base_dir, root_dir, dry_run, owner, group, logger):
    import zipfile
    name = base_name + '.zip'
    if logger is not None:
        logger.info('creating %r and adding %r to it', name, base_dir)
    if dry_run:
        return name
    source = base_dir if root_dir is None else os.path.join(root_dir, base_dir)
    with zipfile.ZipFile(name, 'w', compression=zipfile.ZIP_DEFLATED) as archive:
        inside = os.path.normpath(base_dir)
        if inside != os.curdir:
            archive.write(source, inside)
        for folder, folders, files in os.walk(source):
            shown = os.path.normpath(os.path.join(base_dir, os.path.relpath(folder, source)))
            for child in sorted(folders):
                archive.write(os.path.join(folder, child), os.path.normpath(os.path.join(shown, child)))
            for child in files:
                path = os.path.join(folder, child)
                if os.path.isfile(path):
                    archive.write(path, os.path.normpath(os.path.join(shown, child)))
    return name


_packers = {
    'tar': (_tar(''), [], 'uncompressed tar file'),
    'gztar': (_tar('gz'), [], "gzip'ed tar-file"),
    'bztar': (_tar('bz2'), [], "bzip2'ed tar-file"),
    'xztar': (_tar('xz'), [], "xz'ed tar-file"),
    'zip': (_zip, [], 'ZIP file'),
}
_builtin_packers = {_packers[name][0] for name in _packers}


def get_archive_formats():
    """(name, description) of each."""
    return sorted((name, entry[2]) for name, entry in _packers.items())


def register_archive_format(name, function, extra_args=None, description=''):
    """Adds a format: function(base_name, base_dir, **extra)."""
    if extra_args is None:
        extra_args = []
    if not callable(function):
        raise TypeError(f'The {function} object is not callable')
    if not isinstance(extra_args, (tuple, list)):
        raise TypeError('extra_args needs to be a sequence')
    for element in extra_args:
        if not isinstance(element, (tuple, list)) or len(element) != 2:
            raise TypeError('extra_args elements are : (arg_name, value)')
    _packers[name] = (function, extra_args, description)


def unregister_archive_format(name):
    del _packers[name]


def make_archive(base_name, format, root_dir=None, base_dir=None, verbose=0, dry_run=0, owner=None,
                 group=None, logger=None):
    """Packs base_dir, seen from root_dir, into base_name with the suffix of the format; the name of the archive."""
    sys.audit('shutil.make_archive', base_name, format, root_dir, base_dir)
    try:
        function, extra, _ = _packers[format]
    except KeyError:
        raise ValueError(f'unknown archive format {format!r}') from None
    base_name = os.fspath(base_name)
    if isinstance(base_name, bytes):
        base_name = os.fsdecode(base_name)
    if root_dir is not None:
        root_dir = os.fspath(root_dir)
        base_name = os.path.abspath(base_name)
    if base_dir is None:
        base_dir = os.curdir
    if function in _builtin_packers:
        folder = os.path.dirname(base_name)
        if folder and not os.path.exists(folder) and not dry_run:
            os.makedirs(folder)
        return function(base_name, base_dir, root_dir, dry_run, owner, group, logger)
    before = os.getcwd()
    if root_dir is not None and not dry_run:
        os.chdir(root_dir)
    try:
        return function(base_name, base_dir, dry_run=dry_run, logger=logger, **dict(extra))
    finally:
        if root_dir is not None:
            os.chdir(before)


# --- unpacking ---

def _untar(filename, extract_dir, *, filter=None):
    import tarfile
    try:
        archive = tarfile.open(filename)
    except tarfile.TarError:
        raise ReadError(f'{filename} is not a compressed or uncompressed tar file') from None
    with archive:
        archive.extractall(extract_dir, filter=filter)


def _unzip(filename, extract_dir):
    import zipfile
    if not zipfile.is_zipfile(filename):
        raise ReadError(f'{filename} is not a zip file')
    with zipfile.ZipFile(filename) as archive:
        for info in archive.infolist():
            name = info.filename
            # Nothing outside the folder.
            if name.startswith('/') or '..' in name:
                continue
            target = os.path.join(extract_dir, *name.split('/'))
            if not target:
                continue
            folder = target if name.endswith('/') else os.path.dirname(target)
            os.makedirs(folder, exist_ok=True)
            if not name.endswith('/'):
                import shutil
                with archive.open(info) as source, open(target, 'wb') as file:
                    shutil.copyfileobj(source, file)


_unpackers = {
    'tar': (['.tar'], _untar, [], 'uncompressed tar file'),
    'gztar': (['.tar.gz', '.tgz'], _untar, [], "gzip'ed tar-file"),
    'bztar': (['.tar.bz2', '.tbz2'], _untar, [], "bzip2'ed tar-file"),
    'xztar': (['.tar.xz', '.txz'], _untar, [], "xz'ed tar-file"),
    'zip': (['.zip'], _unzip, [], 'ZIP file'),
}


def get_unpack_formats():
    """(name, suffixes, description) of each."""
    return sorted((name, entry[0], entry[3]) for name, entry in _unpackers.items())


def register_unpack_format(name, extensions, function, extra_args=None, description=''):
    """Adds a format: function(filename, extract_dir, **extra)."""
    known = {suffix: other for other, entry in _unpackers.items() for suffix in entry[0]}
    for extension in extensions:
        if extension in known:
            raise RegistryError(f'{extension} is already registered for "{known[extension]}"')
    if not callable(function):
        raise TypeError('The registered function must be a callable')
    _unpackers[name] = extensions, function, extra_args or [], description


def unregister_unpack_format(name):
    del _unpackers[name]


def _format_of(filename):
    for name, entry in _unpackers.items():
        if any(filename.endswith(suffix) for suffix in entry[0]):
            return name
    return None


def unpack_archive(filename, extract_dir=None, format=None, *, filter=None):
    """Unpacks into a folder, the current one by default; the format is told by the suffix."""
    sys.audit('shutil.unpack_archive', filename, extract_dir, format)
    extract_dir = os.fspath(os.getcwd() if extract_dir is None else extract_dir)
    filename = os.fspath(filename)
    if format is None:
        format = _format_of(filename)
        if format is None:
            raise ReadError(f"Unknown archive format '{filename}'")
    try:
        _, function, extra, _ = _unpackers[format]
    except KeyError:
        raise ValueError(f'Unknown unpack format {format!r}') from None
    options = dict(extra)
    if filter is not None:
        options['filter'] = filter
    function(filename, extract_dir, **options)
