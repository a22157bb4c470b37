# Messages with plain headers (policy compat32): parsing, parts, encodings, addresses, dates.
import email
import email.utils
from email.header import Header, decode_header, make_header
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

source = '''From: "Al Person" <al@example.com>
To: bob@example.org, Carol <carol@example.org>
Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?= und mehr
Content-Type: multipart/mixed; boundary="BB"

preamble
--BB
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

SGVsbG8sIHfDtnJsZAo=
--BB
Content-Type: application/octet-stream
Content-Disposition: attachment; filename*=utf-8''na%C3%AFve.bin
Content-Transfer-Encoding: quoted-printable

a=3Db=
c
--BB--
epilogue
'''
msg = email.message_from_string(source)
print(msg.is_multipart(), msg.get_content_type(), msg.get_boundary(), msg.keys())
print(make_header(decode_header(msg['subject'])), decode_header(msg['subject']))
print(email.utils.getaddresses(msg.get_all('to')), email.utils.parseaddr(msg['from']))
for part in msg.walk():
    print(part.get_content_type(), part.get_filename(), part.get_payload(decode=True), part.get_content_charset())
print(repr(msg.preamble), repr(msg.epilogue), msg.as_string() == source, msg.defects)

outer = MIMEMultipart('mixed', boundary='XX')
outer['Subject'] = Header('Žluťoučký kůň ' * 5, 'utf-8')
outer.attach(MIMEText('plain text\nFrom here\n'))
outer.attach(MIMEText('nicht ASCII: äöü', 'plain', 'utf-8'))
outer.attach(MIMEApplication(b'\0\1\2', Name='x.bin'))
print(outer.as_string(unixfrom=False))

print(email.utils.formataddr(('Übel', 'a@b.c')), email.utils.formataddr(('A. "B"', 'a@b.c')))
print(email.utils.parsedate_to_datetime('Fri, 09 Nov 2001 01:08:47 -0330'), email.utils.parsedate_tz('9 Nov 01 1:08 EST'))
print(email.utils.formatdate(86400 * 365.5), email.utils.formatdate(0, usegmt=True))
broken = email.message_from_string('Content-Type: multipart/mixed; boundary="Q"\n\nno parts here\n')
print([type(d).__name__ for d in broken.defects], repr(broken.get_payload()))
raw = email.message_from_bytes(b'Subject: caf\xc3\xa9\nX: 1\n\nb\xe4r\n')
print(str(raw['subject']), raw.get_payload(decode=True), raw.as_bytes())
