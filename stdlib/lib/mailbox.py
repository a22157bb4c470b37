"""Boxes of mail on disk: Maildir, mbox, MH, Babyl and MMDF. A box is like a dict of messages.

Here are the base of all boxes and those that are folders, Maildir and MH. Those that are one file are in
_mailbox_single.py, the messages in _mailbox_messages.py, locks and views on files in _mailbox_files.py.
"""
import contextlib
import email
import email.generator
import email.message
import errno
import io
import os
import socket
import time
import warnings
from _mailbox_files import (Error, ExternalClashError, FormatError, NoSuchMailboxError, NotEmptyError,
                            _create_carefully, _create_temporary, _lock_file, _PartialFile, _ProxyFile, _sync_close,
                            _sync_flush, _unlock_file)
from _mailbox_messages import (BabylMessage, MaildirMessage, Message, MHMessage, MMDFMessage, _mboxMMDFMessage,
                               mboxMessage)
from types import GenericAlias

__all__ = ['Mailbox', 'Maildir', 'mbox', 'MH', 'Babyl', 'MMDF', 'Message', 'MaildirMessage', 'mboxMessage', 'MHMessage',
           'BabylMessage', 'MMDFMessage', 'Error', 'NoSuchMailboxError', 'NotEmptyError', 'ExternalClashError',
           'FormatError']

linesep = os.linesep.encode('ascii')


class Mailbox:
    """The base of all boxes. `factory` makes messages of files; without one get_message() does."""

    _append_newline = False  # whether a message has to end in a line's end

    def __init__(self, path, factory=None, create=True):
        self._path = os.path.abspath(os.path.expanduser(path))
        self._factory = factory

    def add(self, message):
        """Put a message into the box; its key."""
        raise NotImplementedError('Method must be implemented by subclass')

    def remove(self, key):
        """Take a message out. Raises KeyError if there is none."""
        raise NotImplementedError('Method must be implemented by subclass')

    def __delitem__(self, key):
        self.remove(key)

    def discard(self, key):
        """Take a message out if there is one."""
        with contextlib.suppress(KeyError):
            self.remove(key)

    def __setitem__(self, key, message):
        raise NotImplementedError('Method must be implemented by subclass')

    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default

    def __getitem__(self, key):
        if not self._factory:
            return self.get_message(key)
        with contextlib.closing(self.get_file(key)) as file:
            return self._factory(file)

    def get_message(self, key):
        """The message, of the class for this format."""
        raise NotImplementedError('Method must be implemented by subclass')

    def get_string(self, key):
        return email.message_from_bytes(self.get_bytes(key)).as_string()

    def get_bytes(self, key):
        raise NotImplementedError('Method must be implemented by subclass')

    def get_file(self, key):
        """The message as a file; close it before the box changes."""
        raise NotImplementedError('Method must be implemented by subclass')

    def iterkeys(self):
        raise NotImplementedError('Method must be implemented by subclass')

    def keys(self):
        return list(self.iterkeys())

    def itervalues(self):
        return (message for _, message in self.iteritems())

    def __iter__(self):
        return self.itervalues()

    def values(self):
        return list(self.itervalues())

    def iteritems(self):
        for key in self.iterkeys():
            try:
                message = self[key]
            except KeyError:  # it was taken out meanwhile
                continue
            yield key, message

    def items(self):
        return list(self.iteritems())

    def __contains__(self, key):
        raise NotImplementedError('Method must be implemented by subclass')

    def __len__(self):
        raise NotImplementedError('Method must be implemented by subclass')

    def clear(self):
        for key in self.keys():
            self.discard(key)

    def pop(self, key, default=None):
        """The message, and take it out."""
        try:
            message = self[key]
        except KeyError:
            return default
        self.discard(key)
        return message

    def popitem(self):
        for key in self.iterkeys():
            return key, self.pop(key)
        raise KeyError('No messages in mailbox')

    def update(self, arg=None):
        """Replace messages by those of a mapping or of (key, message) pairs."""
        if hasattr(arg, 'iteritems'):
            pairs = arg.iteritems()
        else:
            pairs = arg.items() if hasattr(arg, 'items') else arg
        missing = False
        for key, message in pairs:
            try:
                self[key] = message
            except KeyError:
                missing = True
        if missing:
            raise KeyError('No message with key(s)')

    def flush(self):
        """Write what was changed."""
        raise NotImplementedError('Method must be implemented by subclass')

    def lock(self):
        raise NotImplementedError('Method must be implemented by subclass')

    def unlock(self):
        raise NotImplementedError('Method must be implemented by subclass')

    def close(self):
        raise NotImplementedError('Method must be implemented by subclass')

    def _string_to_bytes(self, message):
        try:
            return message.encode('ascii')
        except UnicodeError:
            raise ValueError('String input must be ASCII-only; use bytes or a Message instead')

    def _dump_message(self, message, target, mangle_from_=False):
        """Write a message, whatever it is, with this system's ends of lines."""
        if isinstance(message, io.StringIO):
            warnings.warn('Use of StringIO input is deprecated, use BytesIO instead', DeprecationWarning, 3)
            message = message.getvalue()
        if isinstance(message, email.message.Message):
            file = io.BytesIO()
            email.generator.BytesGenerator(file, mangle_from_, 0).flatten(message)
            data = file.getvalue()
        elif isinstance(message, (str, bytes)):
            data = self._string_to_bytes(message) if isinstance(message, str) else message
            if mangle_from_:
                data = (b'\n' + data).replace(b'\nFrom ', b'\n>From ')[1:]
        elif hasattr(message, 'read'):
            if hasattr(message, 'buffer'):
                warnings.warn('Use of text mode files is deprecated, use a binary mode file instead',
                              DeprecationWarning, 3)
                message = message.buffer
            self._dump_lines(message, target, mangle_from_)
            return
        else:
            raise TypeError(f'Invalid message type: {type(message)}')
        data = data.replace(b'\n', linesep)
        target.write(data)
        if self._append_newline and not data.endswith(linesep):
            target.write(linesep)

    def _dump_lines(self, file, target, mangle_from_):
        line = None
        while next_line := file.readline():
            line = next_line
            if line.endswith((b'\r\n', b'\r')):
                line = line.rstrip(b'\r\n') + b'\n'
            if mangle_from_ and line.startswith(b'From '):
                line = b'>' + line
            line = line.replace(b'\n', linesep)
            target.write(line)
        if self._append_newline and line and not line.endswith(linesep):
            target.write(linesep)

    __class_getitem__ = classmethod(GenericAlias)


class Maildir(Mailbox):
    """A folder with a file for each message: in tmp while it is written, in new until somebody has looked, then in cur.

    A name is a unique part, which is the key, a colon and the flags.
    """

    colon = ':'
    _count = 1  # of the files that this process made

    def __init__(self, dirname, factory=None, create=True):
        Mailbox.__init__(self, dirname, factory, create)
        self._paths = {name: os.path.join(self._path, name) for name in ('tmp', 'new', 'cur')}
        if not os.path.exists(self._path):
            if not create:
                raise NoSuchMailboxError(self._path)
            os.mkdir(self._path, 0o700)
            for path in self._paths.values():
                os.mkdir(path, 0o700)
        self._toc, self._toc_mtimes = {}, {'cur': 0, 'new': 0}
        self._last_read = 0
        self._skewfactor = 0.1  # how far the clock of the file system may be off

    def add(self, message):
        file = self._create_tmp()
        try:
            self._dump_message(message, file)
        except BaseException:
            file.close()
            os.remove(file.name)
            raise
        _sync_close(file)
        subdir, suffix = 'new', ''
        key = os.path.basename(file.name).split(self.colon)[0]
        if isinstance(message, MaildirMessage):
            subdir = message.get_subdir()
            suffix = self.colon + message.get_info() if message.get_info() else ''
            os.utime(file.name, (os.path.getatime(file.name), message.get_date()))
        target = os.path.join(self._path, subdir, key + suffix)
        try:
            os.link(file.name, target)  # unlike rename() it does not overwrite
        except FileExistsError:
            raise ExternalClashError(f'Name clash with existing message: {target}')
        finally:
            os.remove(file.name)
        return key

    def remove(self, key):
        os.remove(os.path.join(self._path, self._lookup(key)))

    def discard(self, key):
        with contextlib.suppress(KeyError, FileNotFoundError):
            self.remove(key)

    def __setitem__(self, key, message):
        old = self._lookup(key)
        made = self._lookup(self.add(message))
        tells = made if isinstance(message, MaildirMessage) else old  # who knows the place and the flags
        _, colon, info = tells.rpartition(self.colon)
        target = os.path.join(self._path, os.path.dirname(tells), key + colon + (info if colon else ''))
        self.discard(key)
        source = os.path.join(self._path, made)
        if isinstance(message, MaildirMessage):
            os.utime(source, (os.path.getatime(source), message.get_date()))
        os.rename(source, target)

    def get_message(self, key):
        subpath = self._lookup(key)
        path = os.path.join(self._path, subpath)
        with open(path, 'rb') as file:
            message = self._factory(file) if self._factory else MaildirMessage(file)
        subdir, name = os.path.split(subpath)
        message.set_subdir(subdir)
        if self.colon in name:
            message.set_info(name.split(self.colon)[-1])
        message.set_date(os.path.getmtime(path))
        return message

    def get_bytes(self, key):
        with open(os.path.join(self._path, self._lookup(key)), 'rb') as file:
            return file.read().replace(linesep, b'\n')

    def get_file(self, key):
        return _ProxyFile(open(os.path.join(self._path, self._lookup(key)), 'rb'))

    def iterkeys(self):
        self._refresh()
        for key in self._toc:
            try:
                self._lookup(key)
            except KeyError:
                continue
            yield key

    def __contains__(self, key):
        self._refresh()
        return key in self._toc

    def __len__(self):
        self._refresh()
        return len(self._toc)

    def flush(self):
        """Nothing to do: changes are on disk at once."""

    def lock(self):
        """Nothing to do: a Maildir needs no locks."""

    def unlock(self):
        """Nothing to do."""

    def close(self):
        """Nothing to do."""

    def list_folders(self):
        """The names of the folders in the box."""
        return [name[1:] for name in os.listdir(self._path)
                if len(name) > 1 and name[0] == '.' and os.path.isdir(os.path.join(self._path, name))]

    def get_folder(self, folder):
        return Maildir(os.path.join(self._path, '.' + folder), factory=self._factory, create=False)

    def add_folder(self, folder):
        path = os.path.join(self._path, '.' + folder)
        result = Maildir(path, factory=self._factory)
        mark = os.path.join(path, 'maildirfolder')
        if not os.path.exists(mark):
            os.close(os.open(mark, os.O_CREAT | os.O_WRONLY, 0o666))
        return result

    def remove_folder(self, folder):
        """Remove a folder, which has to be empty."""
        path = os.path.join(self._path, '.' + folder)
        for subdir in 'new', 'cur':
            if any(not name.startswith('.') for name in os.listdir(os.path.join(path, subdir))):
                raise NotEmptyError(f'Folder contains message(s): {folder}')
        for name in os.listdir(path):
            if name not in ('new', 'cur', 'tmp') and os.path.isdir(os.path.join(path, name)):
                raise NotEmptyError(f"Folder contains subdirectory '{folder}': {name}")
        for root, dirs, files in os.walk(path, topdown=False):
            for name in files:
                os.remove(os.path.join(root, name))
            for name in dirs:
                os.rmdir(os.path.join(root, name))
        os.rmdir(path)

    def clean(self):
        """Remove what has been in tmp for more than 36 hours: who wrote it has died."""
        now = time.time()
        for name in os.listdir(self._paths['tmp']):
            path = os.path.join(self._paths['tmp'], name)
            if now - os.path.getatime(path) > 36 * 3600:
                os.remove(path)

    def _create_tmp(self):
        now = time.time()
        host = socket.gethostname().replace('/', r'\057').replace(':', r'\072')
        path = os.path.join(self._paths['tmp'],
                            f'{int(now)}.M{int(now % 1 * 1e6)}P{os.getpid()}Q{Maildir._count}.{host}')
        Maildir._count += 1
        try:
            return _create_carefully(path)
        except FileExistsError:
            raise ExternalClashError(f'Name clash prevented file creation: {path}')

    def _refresh(self):
        """Make the table anew if a folder may have changed since. Its time is exact to a second or two only."""
        if time.time() - self._last_read > 2 + self._skewfactor:
            changed = False
            for subdir in self._toc_mtimes:
                mtime = os.path.getmtime(self._paths[subdir])
                changed |= mtime > self._toc_mtimes[subdir]
                self._toc_mtimes[subdir] = mtime
            if not changed:
                return
        self._toc = {}
        for subdir in self._toc_mtimes:
            path = self._paths[subdir]
            for name in os.listdir(path):
                if not os.path.isdir(os.path.join(path, name)):
                    self._toc[name.split(self.colon)[0]] = os.path.join(subdir, name)
        self._last_read = time.time()

    def _lookup(self, key):
        """The path of a message in the box."""
        found = self._toc.get(key)
        if found is not None and os.path.exists(os.path.join(self._path, found)):
            return found
        self._refresh()
        try:
            return self._toc[key]
        except KeyError:
            raise KeyError(f'No message with key: {key}') from None

    def next(self):
        """The next message, None behind the last one: what Maildirs had before they were like dicts."""
        if not hasattr(self, '_onetime_keys'):
            self._onetime_keys = self.iterkeys()
        for key in self._onetime_keys:
            with contextlib.suppress(KeyError):
                return self[key]
        return None


class MH(Mailbox):
    """A folder with a file for each message, named by numbers, and a file of sequences: named sets of messages."""

    def __init__(self, path, factory=None, create=True):
        Mailbox.__init__(self, path, factory, create)
        self._sequences_path = os.path.join(self._path, '.mh_sequences')
        if not os.path.exists(self._path):
            if not create:
                raise NoSuchMailboxError(self._path)
            os.mkdir(self._path, 0o700)
            os.close(os.open(self._sequences_path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        self._locked = False

    def _file_of(self, key):
        return os.path.join(self._path, str(key))

    def _open(self, key, mode):
        try:
            return open(self._file_of(key), mode)
        except FileNotFoundError:
            raise KeyError(f'No message with key: {key}') from None

    @contextlib.contextmanager
    def _locked_while(self, file):
        """Messages are locked one by one while the box is."""
        if self._locked:
            _lock_file(file)
        try:
            yield
        finally:
            if self._locked:
                _unlock_file(file)

    def add(self, message):
        key = max(self.keys(), default=0) + 1
        path = self._file_of(key)
        file = _create_carefully(path)
        try:
            with self._locked_while(file):
                try:
                    self._dump_message(message, file)
                except BaseException:
                    os.remove(path)
                    raise
                if isinstance(message, MHMessage):
                    self._dump_sequences(message, key)
        finally:
            _sync_close(file)
        return key

    def remove(self, key):
        self._open(key, 'rb+').close()
        os.remove(self._file_of(key))

    def __setitem__(self, key, message):
        file = self._open(key, 'rb+')
        try:
            with self._locked_while(file):
                file.truncate(0)
                self._dump_message(message, file)
                if isinstance(message, MHMessage):
                    self._dump_sequences(message, key)
        finally:
            _sync_close(file)

    def get_message(self, key):
        with self._open(key, 'rb+' if self._locked else 'rb') as file, self._locked_while(file):
            message = MHMessage(file)
        for name, keys in self.get_sequences().items():
            if key in keys:
                message.add_sequence(name)
        return message

    def get_bytes(self, key):
        with self._open(key, 'rb+' if self._locked else 'rb') as file, self._locked_while(file):
            return file.read().replace(linesep, b'\n')

    def get_file(self, key):
        return _ProxyFile(self._open(key, 'rb'))

    def iterkeys(self):
        return iter(sorted(int(name) for name in os.listdir(self._path) if name.isdigit()))

    def __contains__(self, key):
        return os.path.exists(self._file_of(key))

    def __len__(self):
        return len(list(self.iterkeys()))

    def lock(self):
        if not self._locked:
            self._file = open(self._sequences_path, 'rb+')
            _lock_file(self._file)
            self._locked = True

    def unlock(self):
        if self._locked:
            _unlock_file(self._file)
            _sync_close(self._file)
            del self._file
            self._locked = False

    def flush(self):
        """Nothing to do: changes are on disk at once."""

    def close(self):
        self.unlock()

    def list_folders(self):
        """The names of the folders in the box."""
        return [name for name in os.listdir(self._path) if os.path.isdir(os.path.join(self._path, name))]

    def get_folder(self, folder):
        return MH(os.path.join(self._path, folder), factory=self._factory, create=False)

    def add_folder(self, folder):
        return MH(os.path.join(self._path, folder), factory=self._factory)

    def remove_folder(self, folder):
        """Remove a folder, which has to be empty."""
        path = os.path.join(self._path, folder)
        names = os.listdir(path)
        if names not in ([], ['.mh_sequences']):
            raise NotEmptyError(f'Folder not empty: {self._path}')
        for name in names:
            os.remove(os.path.join(path, name))
        os.rmdir(path)

    def get_sequences(self):
        """The sequences: a dict of lists of keys."""
        found = {}
        there = set(self.keys())
        with open(self._sequences_path, encoding='ascii') as file:
            for line in file:
                try:
                    name, specs = line.split(':')
                    keys = set()
                    for spec in specs.split():
                        first, _, last = spec.partition('-')
                        keys.update(range(int(first), int(last or first) + 1))
                except ValueError:
                    raise FormatError(f'Invalid sequence specification: {line.rstrip()}') from None
                keys &= there
                if keys:
                    found[name] = sorted(keys)
        return found

    def set_sequences(self, sequences):
        """Write the sequences."""
        with open(self._sequences_path, 'r+', encoding='ascii') as file:
            file.truncate(0)
            for name, keys in sequences.items():
                if keys:
                    file.write(f'{name}: {" ".join(_runs(keys))}\n')

    def pack(self):
        """Number the messages from 1 on, without gaps."""
        renamed = {}
        for new, old in enumerate(self.keys(), 1):
            if new != old:
                renamed[old] = new
        if not renamed:
            return
        sequences = self.get_sequences()
        for old, new in renamed.items():
            os.rename(self._file_of(old), self._file_of(new))
        self.set_sequences({name: [renamed.get(key, key) for key in keys] for name, keys in sequences.items()})

    def _dump_sequences(self, message, key):
        """Put a message into the sequences that it names, and out of all others."""
        wanted, everything = message.get_sequences(), self.get_sequences()
        for name, keys in everything.items():
            if name in wanted:
                if key not in keys:
                    keys.append(key)
            elif key in keys:
                keys.remove(key)
        for name in wanted:
            everything.setdefault(name, [key])
        self.set_sequences(everything)


def _runs(keys):
    """'1-3', '7': numbers as MH writes them."""
    first = last = None
    for key in [*sorted(set(keys)), None]:
        if last is not None and key == last + 1:
            last = key
            continue
        if last is not None:
            yield f'{first}-{last}' if first != last else str(first)
        first = last = key


from _mailbox_single import MMDF, Babyl, _mboxMMDF, _singlefileMailbox, mbox
