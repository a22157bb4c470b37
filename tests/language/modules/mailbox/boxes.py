# mailbox: every format is written, changed, read again; flags go from one format to another; locks, folders, errors.
import email.message
import io
import mailbox
import os
import re
import tempfile
import warnings

folder = tempfile.mkdtemp()
TEXT = 'From: me@x\nTo: you@y\nSubject: {}\n\nbody\nFrom here on\n{}'


def attempt(label, function, *args):
    try:
        print(label, '->', repr(function(*args)))
    except Exception as error:
        print(label, '!!', type(error).__name__, str(error).replace(folder, 'folder'))


def content(path):
    with open(path, 'rb') as file:
        return re.sub(rb'MAILER-DAEMON .*', b'MAILER-DAEMON when', file.read())


for kind in mailbox.mbox, mailbox.MMDF, mailbox.Babyl, mailbox.MH, mailbox.Maildir:
    print('---', kind.__name__)
    path = os.path.join(folder, kind.__name__)
    attempt('missing', lambda: kind(path, create=False))
    box = kind(path)
    if kind is not mailbox.MH:
        box.lock()
    keys = [box.add(TEXT.format('text', 0)), box.add(TEXT.format('bytes', 1).encode() + b'\n')]
    message = email.message.Message()
    message['Subject'] = 'made'
    message.set_payload('a payload\nFrom inside\n')
    keys.append(box.add(message))
    keys.append(box.add(io.BytesIO(TEXT.format('file', 3).replace('\n', '\r\n').encode())))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter('always')
        keys.append(box.add(io.StringIO(TEXT.format('old', 4))))
    print([str(one.message) for one in caught], len(box))
    attempt('letters', box.add, 'h\xe9')
    attempt('type', box.add, 5)
    box.flush()
    if not os.path.isdir(path):
        print(content(path))
    box[keys[1]] = TEXT.format('replaced', 'x')
    del box[keys[0]]
    attempt('none', box.__getitem__, 'no such')
    attempt('none', box.remove, 'no such')
    box.discard('no such')
    print(len(box), keys[0] in box, keys[1] in box, box.get(keys[0], 'gone'), sorted(one['subject'] for one in box))
    box.flush()
    box.unlock()
    box.close()
    again = kind(path)
    one = next(key for key, one in again.iteritems() if one['subject'] == 'replaced')
    print(again.get_bytes(one), type(again[one]).__name__, again.get_string(one) == again.get_message(one).as_string())
    with again.get_file(one) as file:
        print(file.readline(), file.read(5), file.tell() > 0, file.seekable(), [len(line) for line in file.readlines()])
    print(again.pop(one)['subject'], again.pop(one, 'default'), len(again))
    attempt('update', lambda: again.update({'no such': 'text'}))
    again.popitem()
    again.clear()
    attempt('empty', again.popitem)
    again.close()
    plain = kind(path, factory=lambda file: file.read())
    print(plain[plain.add('Subject: s\n\nhi\n')])
    plain.close()

print('--- folders and sequences')
for kind in mailbox.MH, mailbox.Maildir:
    box = kind(os.path.join(folder, kind.__name__))
    inner = box.add_folder('inner')
    inner.add('Subject: x\n\n')
    print(box.list_folders(), len(box.get_folder('inner')))
    attempt('remove', box.remove_folder, 'inner')
    inner.clear()
    box.remove_folder('inner')
    print(box.list_folders())
    attempt('get', box.get_folder, 'inner')
box = mailbox.MH(os.path.join(folder, 'MH'))
box.clear()
numbers = [box.add(f'Subject: {number}\n\n') for number in range(6)]
box.set_sequences({'unseen': [1, 2, 3, 5], 'mine': [4, 99], 'none': []})
print(numbers, box.get_sequences(), content(os.path.join(folder, 'MH', '.mh_sequences')))
box.remove(2)
box.pack()
print(box.keys(), box.get_sequences())
message = mailbox.MHMessage('Subject: y\n\n')
message.set_sequences(['unseen', 'new'])
box[1] = message
print(box.get_sequences(), box[1].get_sequences())
with open(os.path.join(folder, 'MH', '.mh_sequences'), 'w') as file:
    file.write('unseen: a-b\n')
attempt('sequences', box.get_sequences)

print('--- one format of another')
made = []
message = mailbox.MaildirMessage('Subject: z\n\n')
message.set_flags('RSF')
message.set_subdir('cur')
message.set_date(1e9)
made.append(message)
message = mailbox.mboxMessage('Subject: z\n\n')
message.set_from('me', (2001, 9, 9, 1, 46, 40, 6, 252, 0))
message.set_flags('ROAFX')
made.append(message)
message = mailbox.MHMessage('Subject: z\n\n')
message.set_sequences(['unseen', 'replied', 'own'])
made.append(message)
message = mailbox.BabylMessage('From: a\nSubject: z\n\n')
message.set_labels(['unseen', 'resent', 'own'])
message.update_visible()
made.append(message)
for source in made:
    for kind in (mailbox.MaildirMessage, mailbox.mboxMessage, mailbox.MMDFMessage, mailbox.MHMessage,
                 mailbox.BabylMessage,
                 mailbox.Message):
        copy = kind(source)
        facts = {name: getattr(copy, name)() for name in ('get_flags', 'get_subdir', 'get_info', 'get_sequences',
                                                          'get_labels') if hasattr(copy, name)}
        if isinstance(source, mailbox.MaildirMessage) and hasattr(copy, 'get_from'):
            facts['from'] = copy.get_from()
        if isinstance(source, mailbox.mboxMessage) and hasattr(copy, 'get_date'):
            facts['date'] = copy.get_date()
        for name, value in facts.items():
            facts[name] = ''.join(sorted(value)) if name == 'get_flags' else value
        print(type(source).__name__, type(copy).__name__, facts, copy.items())
print(made[3].get_visible().items())
for call, value in ((made[0].set_subdir, 'tmp'), (made[0].set_info, 5), (made[0].set_date, 'x'), (made[2].add_sequence,
                                                                                                  5),
                    (made[3].add_label, 5), (mailbox.Message, 5)):
    attempt('wrong', call, value)
made[1].remove_flag('AX')
print(made[1].get_flags(), made[1].as_string(unixfrom=False))

print('--- others at the box')
path = os.path.join(folder, 'shared')
one, other = mailbox.mbox(path), None
one.lock()
attempt('lock', mailbox.mbox(path).lock)
one.add('Subject: 1\n\n')
one.flush()
with open(path, 'ab') as file:
    file.write(b'From else\n\nmore\n')
del one[0]
attempt('changed', one.flush)
one.unlock()
print(os.path.exists(path + '.lock'), mailbox.Mailbox[int])
base = mailbox.Mailbox(path)
for name, args in (('add', 'x'), ('remove', 'x'), ('flush', ''), ('iterkeys', '')):
    attempt(name, getattr(base, name), *args)
