"""http.cookies: what is read and written, quoting, attributes, and what is refused."""
import copy
import pickle
from http.cookies import CookieError, Morsel, SimpleCookie


def show(function):
    try:
        print(repr(function()))
    except Exception as error:
        print(type(error).__name__, error)


for text in ['chips=ahoy; vienna=finger', 'keebler="E=mc2; L=\\"Loves\\"; fudge=\\054;"', 'a=b=c; Path=/x; Secure; HttpOnly; Version=1',
             'k:t=v:t', 'spaced  =  value ; path = / ; other=1', 'a=b; expires=Wed, 01 Jan 2020 00:00:00 GMT; c=d',
             '$Version=1; a=b; $Path=/p', ']foo=x', 'foo=bar; baz', 'secure;foo=bar', 'x="unfinished', 'a=[]; b={}', 'a=', '']:
    cookie = SimpleCookie(text)
    print(repr(text), cookie, [(k, m.value, m.coded_value) for k, m in cookie.items()])
    print(cookie.output(sep=' | '))
cookie = SimpleCookie()
cookie['plain'] = 'value'
cookie['odd'] = 'some,funky;"stuff" \xe9\\'
cookie['number'] = 7
cookie['odd'].update({'path': '/', 'Max-Age': 10, 'secure': True, 'httponly': 0, 'samesite': 'Lax', 'comment': 'a b;c'})
print(cookie)
print(cookie.output(['path'], 'Cookie:', '\n'))
print(cookie.js_output())
print(pickle.loads(pickle.dumps(cookie)) == cookie, copy.copy(cookie['odd']) == cookie['odd'], cookie['odd'].copy())
show(lambda: SimpleCookie('a=b; c,d=e'))
show(lambda: cookie['plain'].__setitem__('colour', 'red'))
show(lambda: cookie.__setitem__('two words', 1))
show(lambda: Morsel().set('path', 1, 1))
show(lambda: isinstance(Morsel().setdefault('PATH', 1), str))
show(lambda: sorted(Morsel()))
try:
    cookie['odd']['path'] = '/\r\nSet-Cookie: evil=1'
except CookieError:
    print('refused')
