# http.cookiejar: dates, headers, which cookies a policy takes and gives, the files of both formats.
import email.message
import http.cookiejar as cookiejar
import os
import stat
import tempfile
import time
import urllib.request
import warnings
from http.cookiejar import CookieJar, DefaultCookiePolicy, LWPCookieJar, MozillaCookieJar


class Answer:
    def __init__(self, *headers):
        self.message = email.message.Message()
        for header in headers:
            name, _, value = header.partition(':')
            self.message[name] = value.strip()

    def info(self):
        return self.message


def visit(jar, url, *headers, **keywords):
    request = urllib.request.Request(url, **keywords)
    jar.add_cookie_header(request)
    jar.extract_cookies(Answer(*headers), request)
    print(url, '| sent:', request.unredirected_hdrs, '| jar:', sorted(map(str, jar)))


for text in ('Thu, 03 Feb 1994 00:00:00 GMT', '03-Feb-94', '1994-02-03', '3 Feb 1994 14:15 +0130', 'Feb  3 1994',
             '99 Feb 1994',
             'Thu,03 Feb 1994 00:00:60 GMT', '03/Feb/1994:12:13:14 -0800', '', 'junk', '3 13 1994',
             '03 Feb 99999 00:00:00'):
    print(repr(text), cookiejar.http2time(text))
for text in '1994-02-03', '1994-02-03 14:15:29', '19940203T141529Z', '1994-02-03 14:15:29 -0800', 'x':
    print(repr(text), cookiejar.iso2time(text))
print(cookiejar.time2isoz(1019227000), cookiejar.time2netscape(1019227000))
for text in ('foo; bar=baz, x="a,\\"b"; y', 'a=b=c;; d', 'basic realm="x y"', ',,', 'expires=Foo, 1 Jan'):
    words = cookiejar.split_header_words([text])
    print(words, cookiejar.join_header_words(words))
print(cookiejar.parse_ns_headers(['a=b; expires=01 Jan 2040 22:23:32 GMT; Secure; HttpOnly',
                                  'x="y z"; version="1"; path=/p', '; a']))
for one, other in (('x.y.com', 'x.Y.com'), ('x.y.com', '.y.com'), ('x.y.com', '.com'), ('y.com', '.y.com'), ('1.2.3.4',
                                                                                                             '.3.4')):
    print(one, other, cookiejar.domain_match(one, other), cookiejar.user_domain_match(one, other))
print([cookiejar.reach(host) for host in ('www.acme.com', 'acme.com', 'acme.local', '.com', '.', '', '192.168.0.1')])
print(cookiejar.escape_path('/foo%2f\u1234 <%3C>'))

print('A visit or two')
jar = CookieJar()
visit(jar, 'http://www.acme.com/', 'Set-Cookie: CUSTOMER=WILE; path=/; expires=Wednesday, 09-Nov-2039 23:12:40 GMT')
visit(jar, 'http://www.acme.com/foo/bar', 'Set-Cookie: PART=ROCKET; path=/foo',
      'Set-Cookie: shop="x y"; secure; domain=.acme.com')
visit(jar, 'https://www.acme.com/foo/bar/more', 'Set-Cookie: other=1; domain=.evil.com',
      'Set-Cookie: all=1; domain=.com')
visit(jar, 'http://sub.acme.com/', 'Set-Cookie: PART=; expires=01-Jan-1990 00:00:00 GMT; path=/foo')
visit(jar, 'http://www.acme.com/foo', 'Set-Cookie: CUSTOMER=gone; Max-Age=0; path=/', 'Set-Cookie: novalue',
      'Set-Cookie: =', 'Set-Cookie: ;a=b')
visit(jar, 'http://localhost/', 'Set-Cookie: home=1; domain=localhost', 'Set-Cookie: bad=1; max-age=soon',
      'Set-Cookie: v=1; version=x')
visit(jar, 'http://localhost/', headers={'Cookie': 'mine=1'})
print(len(jar), [cookie.name for cookie in jar])
jar.clear_session_cookies()
print(len(jar))
for args in (('x',), ('x', '/'), (None, '/'), (None, None, 'n')):
    try:
        jar.clear(*args)
    except (KeyError, ValueError) as error:
        print(args, type(error).__name__, error)

print('Policies')
strict = DefaultCookiePolicy(strict_domain=True, strict_ns_set_initial_dollar=True,
                             strict_ns_domain=DefaultCookiePolicy.DomainStrict,
                             blocked_domains=['ads.net', '.spam.org'], strict_ns_unverifiable=True,
                             strict_ns_set_path=True)
jar = CookieJar(strict)
for url in 'http://www.x.co.uk/', 'http://ads.net/', 'http://a.spam.org/', 'http://a.b.good.com/deep/':
    host = url.split('/')[2]
    visit(jar, url, f'Set-Cookie: a=1; domain=.{host.split(".", 1)[1]}', 'Set-Cookie: $b=1',
          'Set-Cookie: c=1; path=/else')
print(strict.is_blocked('b.spam.org'), strict.blocked_domains(), strict.allowed_domains(), strict.is_not_allowed('x'))
strict.set_allowed_domains(['good.com'])
print(strict.is_not_allowed('good.com'), strict.is_not_allowed('a.good.com'))
newer = CookieJar(DefaultCookiePolicy(rfc2965=True))
visit(newer, 'http://www.acme.com/ammo',
      'Set-Cookie2: Part="Rocket \\"x\\""; Version="1"; Path="/ammo"; Port="80,8080"; Comment="c"; Own=x',
      'Set-Cookie2: Far="1"; Version=1; Domain=.acme.com; Max-Age=100000; Discard')
visit(newer, 'http://www.acme.com/ammo', 'Set-Cookie: Part=other; path=/ammo', 'Set-Cookie: old=1; version=1')
visit(newer, 'http://www.acme.com:81/ammo')
for cookie in sorted(newer, key=lambda cookie: cookie.name):
    if cookie.expires is None:
        print(repr(cookie))
print(cookie.is_expired(), cookie.is_expired(now=10**11), cookie.has_nonstandard_attr('Own'),
      cookie.get_nonstandard_attr('q', 7))

print('Files')
jar = LWPCookieJar()
year = time.localtime().tm_year + 1
visit(jar, 'http://www.acme.com/', f'Set-Cookie: kept=1; expires=Wednesday, 09-Nov-2039 23:12:40 GMT; HttpOnly; path=/',
      'Set-Cookie: session="a b"; domain=.acme.com', 'Set-Cookie: bare; secure; expires=09-Nov-2039 23:12:40 GMT')
print(jar.as_lwp_str())
folder = tempfile.mkdtemp()
for kind in LWPCookieJar, MozillaCookieJar:
    name = os.path.join(folder, kind.__name__)
    copy = kind(name)
    for cookie in jar:
        copy.set_cookie(cookie)
    for discard in False, True:
        copy.save(ignore_discard=discard)
        with open(name) as file:
            print(file.read())
    print(oct(stat.S_IMODE(os.stat(name).st_mode)))
    again = kind(name)
    again.load(ignore_discard=True)
    print(sorted(map(str, again)), [cookie.has_nonstandard_attr('HTTPOnly') or cookie.has_nonstandard_attr('HttpOnly')
                                    for cookie in again])
    with open(name, 'w') as file:
        file.write('nothing of that kind\n')
    try:
        again.revert()
    except cookiejar.LoadError as error:
        print(str(error).replace(folder, 'folder'), len(again))
for kind in CookieJar, cookiejar.FileCookieJar, LWPCookieJar:
    try:
        kind().save()
    except (NotImplementedError, ValueError, AttributeError) as error:
        print(kind.__name__, type(error).__name__, error)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    broken = os.path.join(folder, 'broken')
    with open(broken, 'w') as file:
        file.write('# Netscape HTTP Cookie File\na\tb\n')
    try:
        MozillaCookieJar(broken).load()
    except cookiejar.LoadError as error:
        print(str(error).replace(folder, 'folder'), str(caught[0].message).splitlines()[0])
