"""The messages of mailbox: mail with what a format of boxes knows about it, and how the flags of formats correspond."""
import calendar
import copy
import email
import email.message
import io
import time

# What formats know about a message, by the name that Maildir has for it. S means that it was seen.
_MBOX_OF_MAILDIR = {'S': 'R', 'T': 'D', 'F': 'F', 'R': 'A'}
_MAILDIR_OF_MBOX = {new: old for old, new in _MBOX_OF_MAILDIR.items()}


class Message(email.message.Message):
    """A message that belongs to no format."""

    _type_specific_attributes = ()

    def __init__(self, message=None):
        if isinstance(message, email.message.Message):
            self._become_message(copy.deepcopy(message))
            if isinstance(message, Message):
                message._explain_to(self)
        elif message is None:
            email.message.Message.__init__(self)
        else:
            self._become_message(self._parsed(message))

    @staticmethod
    def _parsed(message):
        if isinstance(message, bytes):
            return email.message_from_bytes(message)
        if isinstance(message, str):
            return email.message_from_string(message)
        if isinstance(message, io.TextIOWrapper):
            return email.message_from_file(message)
        if hasattr(message, 'read'):
            return email.message_from_binary_file(message)
        raise TypeError(f'Invalid message type: {type(message)}')

    def _become_message(self, message):
        special = getattr(message, '_type_specific_attributes', ())
        self.__dict__.update((name, value) for name, value in message.__dict__.items() if name not in special)

    def _explain_to(self, message):
        """Tell another message what this one knows about itself."""
        if not isinstance(message, Message):
            raise TypeError('Cannot convert to specified type')

    def _explain_by(self, message, ways):
        """Explain by the first way that is for the message's class; plain messages need not know anything."""
        for kind, explain in ways:
            if isinstance(message, kind):
                explain(message)
                return
        if not isinstance(message, Message):
            raise TypeError(f'Cannot convert to specified type: {type(message)}')


class MaildirMessage(Message):
    """A message of a Maildir: in 'new' or 'cur', with flags in its name and a time."""

    _type_specific_attributes = ('_subdir', '_info', '_date')

    def __init__(self, message=None):
        self._subdir, self._info, self._date = 'new', '', time.time()
        Message.__init__(self, message)

    def get_subdir(self):
        return self._subdir

    def set_subdir(self, subdir):
        if subdir not in ('new', 'cur'):
            raise ValueError(f"subdir must be 'new' or 'cur': {subdir}")
        self._subdir = subdir

    def get_flags(self):
        """The letters of the flags: D draft, F flagged, P passed, R replied, S seen, T trashed."""
        return self._info.removeprefix('2,') if self._info.startswith('2,') else ''

    def set_flags(self, flags):
        self._info = '2,' + ''.join(sorted(flags))

    def add_flag(self, flag):
        self.set_flags(''.join(set(self.get_flags()) | set(flag)))

    def remove_flag(self, flag):
        if self.get_flags():
            self.set_flags(''.join(set(self.get_flags()) - set(flag)))

    def get_date(self):
        return self._date

    def set_date(self, date):
        try:
            self._date = float(date)
        except ValueError:
            raise TypeError(f"can't convert to float: {date}") from None

    def get_info(self):
        return self._info

    def set_info(self, info):
        if not isinstance(info, str):
            raise TypeError(f'info must be a string: {type(info)}')
        self._info = info

    def _explain_to(self, message):
        self._explain_by(message, ((MaildirMessage, self._to_maildir), (_mboxMMDFMessage, self._to_mbox),
                                   (MHMessage, self._to_mh), (BabylMessage, self._to_babyl)))

    def _to_maildir(self, message):
        message.set_flags(self.get_flags())
        message.set_subdir(self.get_subdir())
        message.set_date(self.get_date())

    def _to_mbox(self, message):
        for flag in self.get_flags():
            if flag in _MBOX_OF_MAILDIR:
                message.add_flag(_MBOX_OF_MAILDIR[flag])
        if self.get_subdir() == 'cur':
            message.add_flag('O')
        message.set_from('MAILER-DAEMON', time.gmtime(self.get_date()))

    def _to_mh(self, message):
        flags = self.get_flags()
        for name, holds in ('unseen', 'S' not in flags), ('replied', 'R' in flags), ('flagged', 'F' in flags):
            if holds:
                message.add_sequence(name)

    def _to_babyl(self, message):
        flags = self.get_flags()
        for name, holds in (('unseen', 'S' not in flags), ('deleted', 'T' in flags), ('answered', 'R' in flags),
                            ('forwarded', 'P' in flags)):
            if holds:
                message.add_label(name)


class _mboxMMDFMessage(Message):
    """A message with a line 'From ' before it, and flags in headers Status (R, O) and X-Status (D, F, A)."""

    _type_specific_attributes = ('_from',)

    def __init__(self, message=None):
        self.set_from('MAILER-DAEMON', True)
        if isinstance(message, email.message.Message):
            line = message.get_unixfrom()
            if line is not None and line.startswith('From '):
                self.set_from(line[5:])
        Message.__init__(self, message)

    def get_from(self):
        """The line without its 'From '."""
        return self._from

    def set_from(self, from_, time_=None):
        """The line: who, and when (True for now)."""
        if time_ is not None:
            from_ += ' ' + time.asctime(time.gmtime() if time_ is True else time_)
        self._from = from_

    def get_flags(self):
        return self.get('Status', '') + self.get('X-Status', '')

    def set_flags(self, flags):
        flags = set(flags)
        status = ''.join(flag for flag in 'RO' if flag in flags)
        other = ''.join(flag for flag in 'DFA' if flag in flags) + ''.join(sorted(flags - set('RODFA')))
        for name, value in ('Status', status), ('X-Status', other):
            if name in self:
                self.replace_header(name, value)
            else:
                self.add_header(name, value)

    def add_flag(self, flag):
        self.set_flags(''.join(set(self.get_flags()) | set(flag)))

    def remove_flag(self, flag):
        if 'Status' in self or 'X-Status' in self:
            self.set_flags(''.join(set(self.get_flags()) - set(flag)))

    def _explain_to(self, message):
        self._explain_by(message, ((MaildirMessage, self._to_maildir), (_mboxMMDFMessage, self._to_mbox),
                                   (MHMessage, self._to_mh), (BabylMessage, self._to_babyl)))

    @staticmethod
    def _without_status(message):
        del message['status']
        del message['x-status']

    def _to_maildir(self, message):
        flags = self.get_flags()
        if 'O' in flags:
            message.set_subdir('cur')
        for flag in flags:
            if flag in _MAILDIR_OF_MBOX:
                message.add_flag(_MAILDIR_OF_MBOX[flag])
        self._without_status(message)
        when = ' '.join(self.get_from().split()[-5:])
        try:
            message.set_date(calendar.timegm(time.strptime(when, '%a %b %d %H:%M:%S %Y')))
        except (ValueError, OverflowError):
            pass

    def _to_mbox(self, message):
        message.set_flags(self.get_flags())
        message.set_from(self.get_from())

    def _to_mh(self, message):
        flags = self.get_flags()
        for name, holds in ('unseen', 'R' not in flags), ('replied', 'A' in flags), ('flagged', 'F' in flags):
            if holds:
                message.add_sequence(name)
        self._without_status(message)

    def _to_babyl(self, message):
        flags = self.get_flags()
        for name, holds in ('unseen', 'R' not in flags), ('deleted', 'D' in flags), ('answered', 'A' in flags):
            if holds:
                message.add_label(name)
        self._without_status(message)


class mboxMessage(_mboxMMDFMessage):
    """A message of an mbox."""


class MMDFMessage(_mboxMMDFMessage):
    """A message of an MMDF box."""


class MHMessage(Message):
    """A message of an MH box: it is in sequences, such as unseen, replied and flagged."""

    _type_specific_attributes = ('_sequences',)

    def __init__(self, message=None):
        self._sequences = []
        Message.__init__(self, message)

    def get_sequences(self):
        return self._sequences[:]

    def set_sequences(self, sequences):
        self._sequences = list(sequences)

    def add_sequence(self, sequence):
        if not isinstance(sequence, str):
            raise TypeError(f'sequence type must be str: {type(sequence)}')
        if sequence not in self._sequences:
            self._sequences.append(sequence)

    def remove_sequence(self, sequence):
        if sequence in self._sequences:
            self._sequences.remove(sequence)

    def _explain_to(self, message):
        self._explain_by(message, ((MaildirMessage, self._to_maildir), (_mboxMMDFMessage, self._to_mbox),
                                   (MHMessage, self._to_mh), (BabylMessage, self._to_babyl)))

    def _flags(self, seen, flagged, replied):
        sequences = self._sequences
        return (('' if 'unseen' in sequences else seen) + (flagged if 'flagged' in sequences else '') +
                (replied if 'replied' in sequences else ''))

    def _to_maildir(self, message):
        message.set_subdir('cur')
        for flag in self._flags('S', 'F', 'R'):
            message.add_flag(flag)

    def _to_mbox(self, message):
        for flag in 'O' + self._flags('R', 'F', 'A'):
            message.add_flag(flag)

    def _to_mh(self, message):
        for sequence in self._sequences:
            message.add_sequence(sequence)

    def _to_babyl(self, message):
        for sequence, label in ('unseen', 'unseen'), ('replied', 'answered'):
            if sequence in self._sequences:
                message.add_label(label)


class BabylMessage(Message):
    """A message of a Babyl box: it has labels, and headers that are shown beside its own."""

    _type_specific_attributes = ('_labels', '_visible')

    def __init__(self, message=None):
        self._labels, self._visible = [], Message()
        Message.__init__(self, message)

    def get_labels(self):
        return self._labels[:]

    def set_labels(self, labels):
        self._labels = list(labels)

    def add_label(self, label):
        if not isinstance(label, str):
            raise TypeError(f'label must be a string: {type(label)}')
        if label not in self._labels:
            self._labels.append(label)

    def remove_label(self, label):
        if label in self._labels:
            self._labels.remove(label)

    def get_visible(self):
        return Message(self._visible)

    def set_visible(self, visible):
        self._visible = Message(visible)

    def update_visible(self):
        """Show the usual headers as they are now."""
        for header in self._visible.keys():
            if header in self:
                self._visible.replace_header(header, self[header])
            else:
                del self._visible[header]
        for header in 'Date', 'From', 'Reply-To', 'To', 'CC', 'Subject':
            if header in self and header not in self._visible:
                self._visible[header] = self[header]

    def _explain_to(self, message):
        self._explain_by(message, ((MaildirMessage, self._to_maildir), (_mboxMMDFMessage, self._to_mbox),
                                   (MHMessage, self._to_mh), (BabylMessage, self._to_babyl)))

    def _to_maildir(self, message):
        labels = self._labels
        message.set_subdir('cur')
        for flag, holds in (('S', 'unseen' not in labels), ('P', 'forwarded' in labels or 'resent' in labels),
                            ('R', 'answered' in labels), ('T', 'deleted' in labels)):
            if holds:
                message.add_flag(flag)

    def _to_mbox(self, message):
        labels = self._labels
        for flag, holds in (('O', True), ('R', 'unseen' not in labels), ('D', 'deleted' in labels),
                            ('A', 'answered' in labels)):
            if holds:
                message.add_flag(flag)

    def _to_mh(self, message):
        for label, sequence in ('unseen', 'unseen'), ('answered', 'replied'):
            if label in self._labels:
                message.add_sequence(sequence)

    def _to_babyl(self, message):
        message.set_visible(self.get_visible())
        for label in self._labels:
            message.add_label(label)


for _kind in Message, MaildirMessage, _mboxMMDFMessage, mboxMessage, MMDFMessage, MHMessage, BabylMessage:
    _kind.__module__ = 'mailbox'
