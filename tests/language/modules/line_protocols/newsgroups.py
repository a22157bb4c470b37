# nntplib: groups, articles, overviews, posting, dates, errors.
import datetime
import io
import warnings
from _scripted_server import Server, attempt

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    import nntplib
print(caught[0].message)


def post(line):
    server.connection.sendall(b'340 go on\r\n')
    for line in server.file:
        server.heard.append(line)
        if line == b'.\r\n':
            return b'240 thanks\r\n'


ARTICLE = b'Subject: =?utf-8?q?h=C3=A9?=\r\n\r\nline\r\n..dot\r\n.\r\n'
server = Server(b'200 welcome\r\n', {
    b'CAPABILITIES': b'101 list:\r\nVERSION 2 3\r\nIMPLEMENTATION a server\r\nREADER\r\nOVER\r\n.\r\n',
    b'GROUP NONE': b'411 no such group\r\n', b'GROUP': b'211 10 1 12 comp.x\r\n', b'HELP': b'100 help\r\nyes\r\n.\r\n',
    b'LIST ACTIVE': b'215 list\r\ncomp.x 12 1 y\r\n.\r\n',
    b'LIST NEWSGROUPS': b'215 x\r\ncomp.x\tAbout x\r\ncomp.y  About y\r\n.\r\n',
    b'LIST OVERVIEW.FMT': b'503 no\r\n', b'LIST': b'215 list\r\ncomp.x 12 1 y\r\ncomp.y 5 2 m\r\n.\r\n',
    b'OVER': b'224 here\r\n3\tsubject\tme\tnow\t<3@x>\t\t100\t5\textra\r\n.\r\n', b'STAT': b'223 3 <3@x> there\r\n',
    b'NEXT': b'421 none\r\n', b'LAST': b'223 2 <2@x>\r\n', b'HEAD': b'221 3 <3@x>\r\nSubject: s\r\n.\r\n',
    b'BODY': b'222 3 <3@x>\r\n' + ARTICLE,
    b'ARTICLE': b'220 3 <3@x>\r\n' + ARTICLE, b'XHDR': b'221 x\r\n1 one\r\n2 two words\r\n.\r\n',
    b'DATE': b'111 20010203040506\r\n',
    b'NEWNEWS': b'230 x\r\n<1@x>\r\n.\r\n', b'NEWGROUPS': b'231 x\r\nnew.group 4 3 n\r\n.\r\n', b'POST': post,
    b'IHAVE': b'435 no\r\n',
    b'AUTHINFO USER': b'381 and\r\n', b'AUTHINFO PASS': b'281 in\r\n', b'SLAVE': b'garbage\r\n',
    b'QUIT': b'205 bye\r\n'})
news = nntplib.NNTP('127.0.0.1', server.port, timeout=30)
print(news.getwelcome(), sorted(news.getcapabilities().items()), news.nntp_version, news.nntp_implementation)
when = datetime.datetime(2001, 2, 3, 4, 5, 6)
for name, *args in (('group', 'comp.x'), ('group', 'none'), ('list',), ('list', 'comp.x'), ('description', 'comp.x'),
                    ('descriptions', 'comp.*'),
                    ('over', (1, 5)), ('over', '<3@x>'), ('xover', 1, 2), ('stat', 3), ('next',), ('last',), ('head',
                                                                                                              3),
                                                                                                              ('body',
                                                                                                               '<3@x>'),
                    ('article',), ('xhdr', 'subject', '1-2'), ('date',), ('newnews', 'comp.x', when), ('newgroups',
                                                                                                       when.date()),
                                                                                                       ('help',),
                    ('newgroups', 'yesterday'), ('post', b'Subject: x\n\n.dot\nend'), ('ihave', '<1@x>', b''),
                    ('login', 'me', 'secret'), ('slave',)):
    attempt(name, getattr(news, name), *args)
file = io.BytesIO()
attempt('file', news.body, 3, file=file)
print(file.getvalue())
attempt('quit', news.quit)
server.finish()
print(nntplib.decode_header('=?utf-8?q?h=C3=A9?= <x>'), nntplib._parse_datetime('000102', '030405'),
      nntplib._unparse_datetime(when, True))
for lines in (['Subject:'], ['a:'] * 7):
    attempt('format', nntplib._parse_overview_fmt, lines)
attempt('timeout', nntplib.NNTP, 'localhost', timeout=0)
