# poplib and imaplib: commands, answers of more lines, literals, logging in, what servers get wrong.
import datetime
import imaplib
import poplib
import re
from _scripted_server import Server, attempt

server = Server(b'+OK ready <1896.697170952@dbc.mtview.ca.us>\r\n', {
    b'USER': b'+OK\r\n', b'PASS WRONG': b'-ERR no\r\n', b'PASS': b'+OK in\r\n', b'STAT': b'+OK 2 300\r\n',
    b'LIST 1': b'+OK 1 100\r\n', b'LIST': b'+OK 2 messages\r\n1 100\r\n2 200\r\n.\r\n', b'DELE 7': b'-ERR no such\r\n',
    b'RETR': b'+OK\r\nSubject: x\r\n\r\n..dot\r\nend\r\n.\r\n', b'TOP': b'+OK\r\nSubject: x\r\n.\r\n',
    b'DELE': b'+OK\r\n',
    b'UIDL 1': b'+OK 1 aa\r\n', b'UIDL': b'+OK\r\n1 aa\r\n2 bb\r\n.\r\n', b'CAPA': b'+OK\r\nTOP\r\nSASL A B\r\n.\r\n',
    b'APOP': b'+OK\r\n', b'NOOP': b'+OK\r\n', b'RSET': b'+OK\r\n', b'RPOP': b'what\r\n', b'QUIT': b'+OK bye\r\n'})
box = poplib.POP3('127.0.0.1', server.port, timeout=30)
print(box.getwelcome())
for name, *args in (('user', 'me'), ('pass_', 'wrong'), ('pass_', 'right'), ('stat',), ('list',), ('list', 1), ('retr',
                                                                                                                1),
                    ('top', 1, 0), ('dele', 1), ('dele', 7), ('uidl',), ('uidl', 1), ('capa',), ('apop', 'mrose',
                                                                                                 'tanstaaf'),
                    ('noop',), ('rset',), ('rpop', 'x'), ('utf8',), ('stls',), ('quit',)):
    attempt(name, getattr(box, name), *args)
server.finish()
attempt('timeout', poplib.POP3, '127.0.0.1', 1, timeout=0)

FOLDER = {b'CAPABILITY': b'* CAPABILITY IMAP4rev1 ENABLE UNSELECT\r\n%s OK done\r\n', b'NOOP': b'%s OK done\r\n',
          b'LOGIN ME "WRONG': b'%s NO try again\r\n', b'LOGIN': b'%s OK in\r\n',
          b'LIST': b'* LIST (\\HasNoChildren) "/" "a b"\r\n* LIST () "/" {3}\r\nx"y\r\n%s OK done\r\n',
          b'SELECT NONE': b'%s NO no such\r\n',
          b'SELECT': b'* 3 EXISTS\r\n* 1 RECENT\r\n* FLAGS (\\Seen)\r\n* OK [UIDVALIDITY 7] x\r\n'
                     b'%s OK [READ-WRITE] in\r\n',
          b'EXAMINE': b'* 1 EXISTS\r\n%s OK [READ-ONLY]\r\n', b'SEARCH': b'* SEARCH 1 3\r\n%s OK done\r\n',
          b'ENABLE': b'%s OK done\r\n',
          b'FETCH': b'* 1 FETCH (UID 5 BODY[] {11}\r\nhello\r\nyou\n FLAGS (\\Seen \\X))\r\n'
                    b'* 3 FETCH (UID 9)\r\n%s OK done\r\n',
          b'STORE': b'* 1 FETCH (FLAGS (\\Deleted))\r\n%s OK done\r\n',
          b'EXPUNGE': b'* 1 EXPUNGE\r\n* 2 EXPUNGE\r\n%s OK done\r\n',
          b'UID': b'* 1 FETCH (UID 5)\r\n%s OK done\r\n', b'STATUS': b'* STATUS x (MESSAGES 4)\r\n%s OK done\r\n',
          b'CREATE': b'%s BAD no\r\n',
          b'CLOSE': b'%s OK done\r\n', b'UNSELECT': b'%s OK done\r\n', b'LOGOUT': b'* BYE see you\r\n%s OK done\r\n',
          b'GETQUOTAROOT': b'* QUOTAROOT x y\r\n* QUOTA y (S 1 2)\r\n%s OK done\r\n',
          b'COPY': b'%s NO quota\r\n', b'XTRA': b'%s OK extra\r\n'}
WHEN = datetime.datetime(2033, 5, 18, 5, 33, 20, tzinfo=datetime.timezone.utc)


def imap(line):
    tag, _, command = line.rstrip(b'\r\n').partition(b' ')
    server.heard[-1] = command
    if command.startswith(b'AUTHENTICATE'):
        server.connection.sendall(b'+ aGk=\r\n')
        server.heard.append(server.file.readline())
        return tag + b' NO (mechanism)\r\n'
    if command.startswith(b'APPEND'):
        server.connection.sendall(b'+ go\r\n')
        size = int(re.search(rb'{(\d+)}$', command)[1])
        server.heard.append(server.file.read(size) + server.file.readline())
        return tag + b' OK appended\r\n'
    for start in sorted(FOLDER, key=len, reverse=True):
        if command.upper().startswith(start):
            return FOLDER[start].replace(b'%s', tag)


server = Server(b'* OK hello\r\n', {b'': imap}, end=b'LOGOUT')
box = imaplib.IMAP4('127.0.0.1', server.port, timeout=30)
print(box.welcome, box.capabilities, box.PROTOCOL_VERSION, box.state)
attempt('early', box.select)
attempt('authenticate', box.authenticate, 'xyz', lambda challenge: b'answer to ' + challenge)
for name, *args in (('login', 'me', 'wrong'), ('login', 'me', 'say "\\x"'), ('enable', 'UTF8=ACCEPT'), ('list',),
                    ('select', 'none'),
                    ('select',), ('recent',), ('response', 'uidvalidity'), ('search', None, 'ALL'), ('fetch', '1,3',
                                                                                                     '(UID BODY[])'),
                    ('store', '1', '+FLAGS', '\\Deleted'), ('uid', 'fetch', '5', '(UID)'), ('uid', 'nonsense'),
                    ('expunge',), ('copy', '1', 'x'),
                    ('status', 'x', '(MESSAGES)'),
                    ('append', 'x', '\\Seen', WHEN, b'Subject: y\n\nbody\n'), ('create', 'q'), ('getquotaroot', 'x'), ('close',),
                    ('fetch', '1', 'X'),
                    ('select', 'x', True), ('unselect',), ('xatom', 'xtra', 'a', 'b'), ('NOOP',), ('starttls',),
                    ('logout',)):
    attempt(name, getattr(box, name), *args)
attempt('unknown', lambda: box.nothing)
server.finish()
for greeting in b'* BYE later\r\n', b'what\r\n':
    server = Server(greeting, {b'': imap})
    attempt(greeting, imaplib.IMAP4, '127.0.0.1', server.port, timeout=30)
    server.finish()
print(imaplib.Int2AP(54321), imaplib.ParseFlags(b'* FLAGS (\\Seen \\X)'), imaplib.ParseFlags(b'none'))
print(imaplib.Time2Internaldate(datetime.datetime(2001, 2, 3, 4, 5, 6,
                                                  tzinfo=datetime.timezone(datetime.timedelta(hours=-3)))))
attempt('naive', imaplib.Time2Internaldate, datetime.datetime(2001, 2, 3))
attempt('date', imaplib.Time2Internaldate, 'x')
