# EmailMessage and the policies of email.policy: headers that know their structure, content as objects.
import email
import email.policy
from email.headerregistry import Address, Group
from email.message import EmailMessage

msg = EmailMessage()
msg['Subject'] = 'Ayons asperges pour le déjeuner'
msg['From'] = Address('Pepé Le Pew', 'pepe', 'example.com')
msg['To'] = (Address('Penelope', 'penelope', 'example.com'), Group('friends', [Address('', 'a', 'b.c')]))
msg.set_content('Salut!\n\nCela ressemble à un excellent recipie.\n')
msg.add_alternative('<p>Salut !</p>\n', subtype='html')
msg.add_attachment(b'\x00\x01', maintype='application', subtype='octet-stream', filename='données.bin')
msg.set_boundary('==b==')
next(msg.iter_parts()).set_boundary('==a==')
print(msg.as_string())
again = email.message_from_bytes(msg.as_bytes(policy=email.policy.SMTP), policy=email.policy.default)
print(again['subject'], again['from'].addresses, again['to'].groups)
print(again.get_body(('html',)).get_content(), [(a.get_filename(), a.get_content()) for a in again.iter_attachments()])
try:
    msg['Subject'] = 'second'
except ValueError as error:
    print(error)
try:
    msg['X-Evil'] = 'a\nBcc: x'
except ValueError as error:
    print(error)
parsed = email.message_from_string('Date: Fri, 09 Nov 2001 01:08:47 -0000\nMIME-Version: 1.0\n'
                                   'Content-Type: text/html; charset="latin-1"\n\nx', policy=email.policy.default)
print(parsed['date'].datetime, parsed['mime-version'].major, parsed['content-type'].params['charset'],
      parsed['content-type'].content_type)
print(email.policy.default.clone(max_line_length=40).fold('Subject', 'word ' * 12))
