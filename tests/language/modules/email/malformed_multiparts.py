# The parser reads every message: what is wrong with it becomes a defect, and the rest is kept where it belongs. The text may
# come in pieces of any size.
import email
from email import policy
from email.feedparser import BytesFeedParser, FeedParser

HEAD = 'Content-Type: multipart/mixed; boundary=A\n'
MESSAGES = {
    'no boundary in the header': 'Content-Type: multipart/mixed\n\n--A\ntext\n--A--\n',
    'the boundary never comes': HEAD + '\npreamble\n--B\ntext\n',
    'the last boundary comes first': HEAD + '\npreamble\n--A--\nlost\n',
    'the last boundary is missing': HEAD + '\n--A\n\none\n--A\n\ntwo\n',
    'boundaries in a row': HEAD + '\n--A\n--A--\n--A\nX: y\n\none\n--A--\n',
    'no line end behind the last boundary': HEAD + '\nbefore\n--A\n\none\n--A--',
    'an epilogue': HEAD + '\n--A\n\none\n--A--\nafter\n--A\n',
    'blanks behind a boundary': HEAD + '\n--A \t\n\none\n--A-- \nafter',
    'a boundary that is a prefix': HEAD + '\n--AB\n\none\n--A\n\ntwo\n--A--\n',
    'a part that is a multipart without end': HEAD + '\n--A\nContent-Type: multipart/digest; boundary=B\n\n--B\n\nX: y\n\none\n--A--\n',
    'an encoding of the whole': HEAD + 'Content-Transfer-Encoding: base64\n\n--A\n\none\n--A--\n',
    'a message in a part': HEAD + '\n--A\nContent-Type: message/rfc822\n\nSubject: inner\n\none\n\n--A--\n',
    'blocks of a report': 'Content-Type: message/delivery-status\n\nA: 1\n\nB: 2\nC: 3\n\n\nrest',
    'a continuation of nothing': ' first\nSubject: x\n\nbody',
    'no name': ': x\nSubject: y\n\nbody',
    'no empty line': 'Subject: x\nno header\nmore\n',
    'envelopes': 'From me\nSubject: x\nFrom you\nTo: y\nFrom nobody\n',
    'line ends of all kinds': 'A: b\r\n c\rD: e\n\rbody\r\nmore\r',
}


def shown(message, depth=1):
    mark = '  ' * depth
    print(f'{mark}{message.get_content_type()} {list(message.raw_items())}')
    print(f'{mark}  {message.get_unixfrom()!r} {message.preamble!r} {message.epilogue!r} {message.defects}')
    if message.is_multipart():
        for part in message.get_payload():
            shown(part, depth + 1)
    else:
        print(f'{mark}  {message.get_payload()!r}')


for title, text in MESSAGES.items():
    print(title)
    whole = email.message_from_string(text)
    shown(whole)
    for size in (1, 2, 7):
        for kind in (FeedParser, BytesFeedParser):
            parser = kind(policy=policy.default)
            for start in range(0, len(text), size):
                piece = text[start:start + size]
                parser.feed(piece if kind is FeedParser else piece.encode())
            again = parser.close()
            assert str(again.defects) == str(whole.defects)
            assert again.as_string() == whole.as_string(policy=policy.default), (title, size)
