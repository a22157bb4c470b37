# smtplib: greeting and extensions, logging in by each mechanism, refused senders and recipients, dots, headers.
import base64
import email.message
import smtplib
from _scripted_server import Server, attempt

stage = []


def login(line):
    words = line.decode().split()
    if words[1] == 'CRAM-MD5':
        stage.append('cram')
        return b'334 ' + base64.b64encode(b'<challenge@x>') + b'\r\n'
    return b'535 not like this\r\n' if words[1] == 'PLAIN' else b'334 UGFzc3dvcmQ6\r\n'


def data(line):
    server.connection.sendall(b'354 go on\r\n')
    for line in server.file:
        server.heard.append(line)
        if line == b'.\r\n':
            return b'250 taken\r\n'


ANSWERS = {
    b'EHLO': b'250-here\r\n250-SIZE 1000\r\n250-8BITMIME\r\n250-AUTH=LOGIN\r\n250-AUTH CRAM-MD5 PLAIN\r\n250 HELP\r\n',
    b'HELO': b'250 hello\r\n', b'MAIL FROM:<BAD': b'550-no\r\n550 never\r\n', b'MAIL': b'250 ok\r\n',
    b'RCPT TO:<NOBODY': b'550 who?\r\n', b'RCPT': b'250 ok\r\n', b'RSET': b'250 ok\r\n', b'DATA': data,
    b'AUTH': login, b'NOOP': b'250 ok\r\n', b'VRFY': b'252 perhaps\r\n', b'EXPN': b'502 no\r\n',
    b'HELP': b'214 help\r\n',
    b'QUIT': b'221 bye\r\n', b'XQUIT': b'221\r\n', b'DG': b'334 UGFzc3dvcmQ6\r\n',
    b'DXNLCIA': b'535 wrong\r\n', b'DXNLCG==': b'334 x\r\n', b'C2VJCMV0': b'235 welcome\r\n',
    b'DXNLCG': b'334 UA==\r\n',
}
server = Server(b'220-first\r\n220 second\r\n', ANSWERS)
client = smtplib.SMTP('127.0.0.1', server.port, local_hostname='me', timeout=30)
print(client.ehlo_resp, client.esmtp_features)
attempt('noop', client.noop)
attempt('login', client.login, 'user', 'secret')
print(client.ehlo_resp, client.esmtp_features, client.has_extn('Size'), stage)
attempt('verify', client.verify, 'A Name <a@b>')
attempt('expn', client.expn, 'list')
attempt('help', client.help)
attempt('newline', client.docmd, 'NOOP\r\nMAIL')
attempt('send', client.sendmail, 'me@x', ['you@y', 'nobody@y'], 'Subject: dots\n\n.one\n..two\nthree')
attempt('sender', client.sendmail, 'bad@x', 'you@y', 'hello')
attempt('recipients', client.sendmail, 'me@x', ['nobody@y', 'nobody@z'], 'hello')
attempt('letters', client.sendmail, 'me@x', 'you@y', 'h\xe9')
message = email.message.EmailMessage()
message['From'] = 'Me <me@x>'
message['To'] = 'You <you@y>, "Some, body" <some@y>'
message['Cc'] = 'copy@y'
message['Bcc'] = 'secret@y'
message['Subject'] = 'h\xe9llo'
message.set_content('A line\n.with a dot\n')
attempt('message', client.send_message, message)
print(message['Bcc'])
message.replace_header('To', 'Jos\xe9 <jos\xe9@y>')
attempt('international', client.send_message, message)
message['Resent-Date'] = message['Date'] = 'Thu, 01 Jan 1970 00:00:00 +0000'
message['Resent-From'], message['Resent-To'] = 'again@x', 'third@y'
attempt('resent', client.send_message, message)
attempt('starttls', client.starttls)
attempt('quit', client.quit)
attempt('after', client.noop)
server.finish()

print([smtplib.quoteaddr(text) for text in ('a@b', 'Name <a@b>', '<>', '', 'x y', '"a b"@c')])
print(repr(smtplib.quotedata('a\nb\r\n.c\rd\n..e')))
server = Server(b'554 go away\r\n', {})
attempt('refused', smtplib.SMTP, '127.0.0.1', server.port, timeout=30)
server.finish()
server = Server(b'220 hi\r\n', {b'EHLO': b'500 old\r\n', b'HELO': b'501 no\r\n', b'QUIT': b'221 bye\r\n'})
with smtplib.SMTP(f'127.0.0.1:{server.port}', local_hostname='me', timeout=30) as client:
    attempt('old', client.sendmail, 'a@b', 'c@d', 'text')
    attempt('login', client.login, 'a', 'b')
server.finish()
server = Server(b'220 hi\r\n', {b'NOOP': b'garbage\r\n', b'RSET': b'250 ' + b'x' * 9000 + b'\r\n'}, end=b'RSET')
client = smtplib.SMTP('127.0.0.1', server.port, local_hostname='me', timeout=30)
attempt('garbage', client.noop)
attempt('long', client.docmd, 'RSET')
attempt('closed', client.noop)
server.finish()
attempt('port', smtplib.SMTP, 'localhost:x')
attempt('timeout', smtplib.SMTP, 'localhost', 1, timeout=0)
for error in (smtplib.SMTPSenderRefused(1, b'x', 'me'), smtplib.SMTPRecipientsRefused({'a': (1, b'')}),
              smtplib.SMTPDataError(2, b'y')):
    print(repr(error), vars(error), isinstance(error, OSError))
