"""Boxes that are one file: mbox, MMDF and Babyl.

A box knows where in the file each message stands (its table). New messages go to the end; whatever else was changed is
written by flush(), which makes the file anew.
"""
import email.generator
import email.message
import errno
import io
import os
import time
import warnings
from _mailbox_files import (ExternalClashError, NoSuchMailboxError, _create_temporary, _lock_file, _PartialFile,
                            _sync_close, _sync_flush, _unlock_file)
from _mailbox_messages import BabylMessage, MMDFMessage, _mboxMMDFMessage, mboxMessage
from mailbox import Mailbox, linesep


class _singlefileMailbox(Mailbox):
    """What the formats have in common. Their hooks write what stands around the messages."""

    def __init__(self, path, factory=None, create=True):
        Mailbox.__init__(self, path, factory, create)
        try:
            self._file = open(self._path, 'rb+')
        except OSError as problem:
            if problem.errno == errno.ENOENT:
                if not create:
                    raise NoSuchMailboxError(self._path)
                self._file = open(self._path, 'wb+')
            elif problem.errno in (errno.EACCES, errno.EROFS):
                self._file = open(self._path, 'rb')
            else:
                raise
        self._toc, self._next_key = None, 0
        self._pending = self._pending_sync = self._locked = False
        self._file_length = None

    def add(self, message):
        self._lookup()
        key = self._next_key
        self._toc[key] = self._append_message(message)
        self._next_key += 1
        self._pending_sync = True
        return key

    def remove(self, key):
        self._lookup(key)
        del self._toc[key]
        self._pending = True

    def __setitem__(self, key, message):
        self._lookup(key)
        self._toc[key] = self._append_message(message)
        self._pending = True

    def iterkeys(self):
        self._lookup()
        yield from self._toc.keys()

    def __contains__(self, key):
        self._lookup()
        return key in self._toc

    def __len__(self):
        self._lookup()
        return len(self._toc)

    def lock(self):
        if not self._locked:
            _lock_file(self._file)
            self._locked = True

    def unlock(self):
        if self._locked:
            _unlock_file(self._file)
            self._locked = False

    def flush(self):
        if not self._pending:
            if self._pending_sync:
                _sync_flush(self._file)
                self._pending_sync = False
            return
        self._file.seek(0, 2)
        size = self._file.tell()
        if size != self._file_length:
            raise ExternalClashError(f'Size of mailbox file changed (expected {self._file_length}, found {size})')
        new_file = _create_temporary(self._path)
        try:
            new_toc = self._copied(new_file)
        except:
            new_file.close()
            os.remove(new_file.name)
            raise
        _sync_close(new_file)
        self._file.close()
        os.chmod(new_file.name, os.stat(self._path).st_mode)
        os.rename(new_file.name, self._path)
        self._file = open(self._path, 'rb+')
        self._toc = new_toc
        self._pending = self._pending_sync = False
        if self._locked:  # the lock of the system was on the old file
            _lock_file(self._file, dotlock=False)

    def _copied(self, new_file):
        """Write what the table names into a new file; the new table."""
        table = {}
        self._pre_mailbox_hook(new_file)
        for key in sorted(self._toc):
            start, stop = self._toc[key]
            self._file.seek(start)
            self._pre_message_hook(new_file)
            new_start = new_file.tell()
            while left := stop - self._file.tell():
                block = self._file.read(min(4096, left))
                if not block:
                    break
                new_file.write(block)
            table[key] = new_start, new_file.tell()
            self._post_message_hook(new_file)
        self._file_length = new_file.tell()
        return table

    def _pre_mailbox_hook(self, f):
        """Before the first message."""

    def _pre_message_hook(self, f):
        """Before each message."""

    def _post_message_hook(self, f):
        """After each message."""

    def close(self):
        try:
            self.flush()
        finally:
            try:
                self.unlock()
            finally:
                self._file.close()

    def _lookup(self, key=None):
        """(start, stop) of a message; the table is made if need be."""
        if self._toc is None:
            self._generate_toc()
        if key is not None:
            try:
                return self._toc[key]
            except KeyError:
                raise KeyError(f'No message with key: {key}') from None
        return None

    def _set_toc(self, starts, stops):
        self._toc = dict(enumerate(zip(starts, stops)))
        self._next_key = len(self._toc)
        self._file.seek(0, 2)
        self._file_length = self._file.tell()

    def _append_message(self, message):
        self._file.seek(0, 2)
        before = self._file.tell()
        try:
            if not self._toc and not self._pending:
                self._pre_mailbox_hook(self._file)
            self._pre_message_hook(self._file)
            place = self._install_message(message)
            self._post_message_hook(self._file)
        except BaseException:
            self._file.truncate(before)
            raise
        self._file.flush()
        self._file_length = self._file.tell()
        return place


class _mboxMMDF(_singlefileMailbox):
    """What mbox and MMDF have in common: a line 'From ' before each message."""

    _mangle_from_ = True

    def get_message(self, key):
        start, stop = self._lookup(key)
        self._file.seek(start)
        from_line = self._file.readline().replace(linesep, b'')
        content = self._file.read(stop - self._file.tell())
        message = self._message_factory(content.replace(linesep, b'\n'))
        message.set_from(from_line[5:].decode('ascii'))
        return message

    def get_string(self, key, from_=False):
        return email.message_from_bytes(self.get_bytes(key, from_)).as_string(unixfrom=from_)

    def _seek(self, key, from_):
        start, stop = self._lookup(key)
        self._file.seek(start)
        if not from_:
            self._file.readline()
        return stop

    def get_bytes(self, key, from_=False):
        stop = self._seek(key, from_)
        return self._file.read(stop - self._file.tell()).replace(linesep, b'\n')

    def get_file(self, key, from_=False):
        stop = self._seek(key, from_)
        return _PartialFile(self._file, self._file.tell(), stop)

    def _install_message(self, message):
        from_line = None
        if isinstance(message, str):
            message = self._string_to_bytes(message)
        if isinstance(message, bytes) and message.startswith(b'From '):
            from_line, _, message = message.partition(b'\n')
        elif isinstance(message, _mboxMMDFMessage):
            from_line = b'From ' + message.get_from().encode('ascii')
        elif isinstance(message, email.message.Message):
            from_line = message.get_unixfrom()
            if from_line is not None:
                from_line = from_line.encode('ascii')
        if from_line is None:
            from_line = b'From MAILER-DAEMON ' + time.asctime(time.gmtime()).encode()
        start = self._file.tell()
        self._file.write(from_line + linesep)
        self._dump_message(message, self._file, self._mangle_from_)
        return start, self._file.tell()


class mbox(_mboxMMDF):
    """The usual format: a line that begins with 'From ' begins a message."""

    _append_newline = True
    _message_factory = mboxMessage

    def __init__(self, path, factory=None, create=True):
        _mboxMMDF.__init__(self, path, factory, create)

    def _post_message_hook(self, f):
        f.write(linesep)

    def _generate_toc(self):
        starts, stops = [], []
        after_empty = False
        self._file.seek(0)
        while True:
            position = self._file.tell()
            line = self._file.readline()
            if not line or line.startswith(b'From '):
                if len(stops) < len(starts):  # the empty line before it belongs to nobody
                    stops.append(position - len(linesep) if after_empty else position)
                if not line:
                    break
                starts.append(position)
                after_empty = False
            else:
                after_empty = line == linesep
        self._set_toc(starts, stops)


class MMDF(_mboxMMDF):
    """The format of the Multichannel Memorandum Distribution Facility: four bytes 1 around each message."""

    _message_factory = MMDFMessage
    _FENCE = b'\1\1\1\1' + linesep

    def __init__(self, path, factory=None, create=True):
        _mboxMMDF.__init__(self, path, factory, create)

    def _pre_message_hook(self, f):
        f.write(self._FENCE)

    def _post_message_hook(self, f):
        f.write(linesep + self._FENCE)

    def _generate_toc(self):
        starts, stops = [], []
        inside = False
        self._file.seek(0)
        while True:
            position = self._file.tell()
            line = self._file.readline()
            if not line:
                if inside:
                    stops.append(position)
                break
            if inside and line == self._FENCE:
                stops.append(position - len(linesep))
                inside = False
            elif not inside and line.startswith(self._FENCE):
                starts.append(self._file.tell())
                inside = True
        self._set_toc(starts, stops)


class Babyl(_singlefileMailbox):
    """The format of Rmail, a mail program of Emacs: labels, and two sets of headers."""

    _special_labels = frozenset({'unseen', 'deleted', 'filed', 'answered', 'forwarded', 'edited', 'resent'})
    _EOOH = b'*** EOOH ***' + linesep  # "end of original headers"

    def __init__(self, path, factory=None, create=True):
        _singlefileMailbox.__init__(self, path, factory, create)
        self._labels = {}

    def add(self, message):
        key = _singlefileMailbox.add(self, message)
        if isinstance(message, BabylMessage):
            self._labels[key] = message.get_labels()
        return key

    def remove(self, key):
        _singlefileMailbox.remove(self, key)
        self._labels.pop(key, None)

    def __setitem__(self, key, message):
        _singlefileMailbox.__setitem__(self, key, message)
        if isinstance(message, BabylMessage):
            self._labels[key] = message.get_labels()

    def _parts(self, key):
        """(original headers, visible headers, body) of a message."""
        start, stop = self._lookup(key)
        self._file.seek(start)
        self._file.readline()  # labels
        original = self._lines_before(self._EOOH)
        visible = self._lines_before(linesep)
        body = self._file.read(stop - self._file.tell())
        return tuple(part.replace(linesep, b'\n') for part in (original, visible, body))

    def _lines_before(self, end):
        lines = []
        while (line := self._file.readline()) and line != end:
            lines.append(line)
        return b''.join(lines)

    def get_message(self, key):
        original, visible, body = self._parts(key)
        message = BabylMessage(original + body)
        message.set_visible(visible)
        if key in self._labels:
            message.set_labels(self._labels[key])
        return message

    def get_bytes(self, key):
        original, _, body = self._parts(key)
        return original + body

    def get_file(self, key):
        return io.BytesIO(self.get_bytes(key).replace(b'\n', linesep))

    def get_labels(self):
        """The labels that users made up."""
        self._lookup()
        return list(set().union(*self._labels.values()) - self._special_labels)

    def _generate_toc(self):
        starts, stops, labels = [], [], []
        self._file.seek(0)
        while True:
            position = self._file.tell()
            line = self._file.readline()
            if line == b'\x1f\x0c' + linesep:
                if len(stops) < len(starts):
                    stops.append(position - len(linesep))
                starts.append(self._file.tell())
                words = self._file.readline()[1:].split(b',')
                labels.append([word.strip().decode('ascii') for word in words if word.strip()])
            elif line in (b'\x1f', b'\x1f' + linesep):
                if len(stops) < len(starts):
                    stops.append(position - len(linesep))
            elif not line:
                if len(stops) < len(starts):
                    stops.append(position - len(linesep))
                break
        self._labels = dict(enumerate(labels))
        self._set_toc(starts, stops)

    def _pre_mailbox_hook(self, f):
        labels = ','.join(self.get_labels()).encode()
        f.write(linesep.join((b'BABYL OPTIONS:', b'Version: 5', b'Labels:' + labels, b'\x1f')))

    def _pre_message_hook(self, f):
        f.write(b'\x0c' + linesep)

    def _post_message_hook(self, f):
        f.write(linesep + b'\x1f')

    def _install_message(self, message):
        start = self._file.tell()
        self._file.write(self._label_line(message) + linesep)
        visible = None
        if isinstance(message, email.message.Message):
            content = self._flattened(message)
            if isinstance(message, BabylMessage):
                visible = self._flattened(message.get_visible())
        else:
            content = self._content_of(message)
        headers, end, body = content.partition(b'\n\n')
        if not end:
            headers, body = (content, b'') if visible is None else (content.rstrip(b'\n'), b'')
        shown = headers if visible is None else visible.partition(b'\n\n')[0].rstrip(b'\n')
        for piece in headers, b'', self._EOOH.removesuffix(linesep), shown, b'':
            self._file.write(piece.replace(b'\n', linesep) + linesep)
        self._file.write(body.replace(b'\n', linesep))
        return start, self._file.tell()

    def _label_line(self, message):
        if not isinstance(message, BabylMessage):
            return b'1,,'
        labels = message.get_labels()
        special = ''.join(f', {label}' for label in labels if label in self._special_labels)
        own = ''.join(f' {label},' for label in labels if label not in self._special_labels)
        return f'1{special},,{own}'.encode()

    @staticmethod
    def _flattened(message):
        file = io.BytesIO()
        email.generator.BytesGenerator(file, False, 0).flatten(message)
        return file.getvalue()

    def _content_of(self, message):
        if isinstance(message, io.StringIO):
            warnings.warn('Use of StringIO input is deprecated, use BytesIO instead', DeprecationWarning, 4)
            message = message.getvalue()
        if isinstance(message, str):
            return self._string_to_bytes(message)
        if isinstance(message, bytes):
            return message
        if not hasattr(message, 'readline'):
            raise TypeError(f'Invalid message type: {type(message)}')
        if hasattr(message, 'buffer'):
            warnings.warn('Use of text mode files is deprecated, use a binary mode file instead', DeprecationWarning, 4)
            message = message.buffer
        return message.read().replace(b'\r\n', b'\n').replace(b'\r', b'\n')


for _kind in _singlefileMailbox, _mboxMMDF, mbox, MMDF, Babyl:
    _kind.__module__ = 'mailbox'
