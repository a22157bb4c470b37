# TOML: every kind of value, which tables may be opened again, and what is refused, with its place.
import io
import json
import tomllib
from decimal import Decimal


def attempt(text, **keywords):
    try:
        print(repr(text), '->', tomllib.loads(text, **keywords))
    except Exception as error:
        print(repr(text), '!!', type(error).__name__, error)


TEXTS = [
    'a',
    'a b=1',
    'a=',
    '=1',
    'a=1 b=2',
    'a = 1\na = 2',
    '[a]\n[a]',
    '[a]\nb=1\n[a.b]',
    '[[a]]\n[a]',
    'a=[1\n',
    'a=[1 2]',
    'a=[1,,2]',
    'a={b=1',
    'a={b=1,}',
    'a={b=1,b=2}',
    'a={b=1}\na.c=2',
    'a="x',
    'a="x\ny"',
    "a='x\n'",
    'a="\\q"',
    'a="\\u12"',
    'a="\\ud800"',
    'a="""x',
    "a='''x",
    '[a',
    '[[a]',
    '[a] x',
    '[]',
    '[[]]',
    'a.=1',
    '.a=1',
    'a..b=1',
    'a=01',
    'a=1_',
    'a=_1',
    'a=1__2',
    'a=0x',
    'a=0b2',
    'a=1.',
    'a=.5',
    'a=1e',
    'a=tru',
    'a=2020-13-01',
    'a=2020-01-32',
    'a=2020-02-30T00:00:00',
    'a=25:00:00',
    'a=07:61:00',
    'a=1979-05-27T',
    'a=nann',
    'a=+nan',
    'a=-inf',
    '# c\x01',
    'a=1 # \x7f',
    'a="\x00"',
    'a=1\r',
    'a=[1\r]',
    '"a\n"=1',
    'a={\nb=1}',
    '[a.b]\nc=1\n[a]\nb=2',
    'a.b=1\n[a]',
    'a.b=1\n[a.c]',
    '[a]\nb.c=1\n[a.b.d]',
    '[a]\nb.c=1\n[a.b]',
    'a=[{b=1}]\n[[a]]',
    'a=[]\n[[a]]',
    '[[a.b]]\n[a]\n[a]',
    '[a]\n[[a.b]]\n[a.b]',
    'a={b={c=1}}\n[a.b]',
    'a="\\U00110000"',
    'a="\\xzz"',
    'a = "a" "b"',
    'a=[#c\n1,#d\n]',
    'a={b.c=1,b.d=2}',
    'a={b=1,b.c=2}',
    'a={b.c=1,b=2}',
    '\t a = 1',
    'a=1\n\n   \nb',
    'a=--1',
    'a=+1_0',
    'a=-0',
    'a=+0.0',
    'a=0o17',
    'a=0xDEAD_beef',
    'a=0b1_0',
    'a=1e+5',
    'a=1E5',
    'a=6.626e-34',
    'a=1_0.5_0',
    'a=0e0',
    'a=00.5',
    'a=-01',
    'a=1979-05-27T07:32:00Z',
    'a=1979-05-27 07:32:00.123456789-07:00',
    'a=1979-05-27t07:32:00',
    'a=1979-05-27',
    'a=07:32:00.5',
    'a=07:32',
    'a=1979-05-27T07:32:00+25:00',
    'a="\\b\t\n\\f\r\\"\\\\\\u00e9\\U0001F600"',
    'a="""\n x\\\\\n   y\n"""',
    'a=""""q""""',
    'a="""""q"""""',
    'a="""x""""""',
    "a='''\na'b''c'''",
    "a='''x'''''",
    '"" = 1',
    '\'x y\' . "z" = 1',
    '3.14=1',
    'a-b_c=1',
    '\xe9=1',
    '[ a . b ]\nc=1',
    '[[x]]\na=1\n[[x]]\nb=2\n[x.y]\nz=1\n[[x.w]]',
    'a = [ [1,2], ["a", 1.5], {} , []]',
    'a=true\nb=false',
    'a=inf',
    'a=nan',
    'a="""\\\\  x"""',
    'a="""a\\\\\n\n  b"""',
    'a="""\rx"""',
    'a="x\ty"',
    'a=1979-05-27 ',
    'a=1979-05-27 x',
    'x=1#c',
    '[a]#c',
    '[a]\n[b.a]\n[a.b]',
    '[a.b.c]\n[a]\nx=1',
    '[a]\n[a.b]\n[a]',
    'a=1\n[a]',
    'a=1\n[a.b]',
    'a=1\n[[a]]',
    'a=[1]\n[a]',
    '[[a]]\n[[a.b]]\n[a.b.c]\n[[a.b]]',
    '[fruit]\napple.color=1\n[fruit.apple.taste]',
    'a.b.c=1\na.b=2',
    'a=1\na.b=2',
    '[a]\nb=1\n[c]\n[a]\n',
    'a = "\\e"',
    'a= 1\x0c',
    '\ufeffa=1',
    "a='\t'",
    "a='\x01'",
    'tru=1',
    'a=falsey',
    'a=1979-5-27',
    'a=1.2.3',
    'a=0x_1',
    'a=+0x1',
    'a=9223372036854775808123',
    'a=1e400',
    '[a]\r\nb=1\r\n',
    'a="""x\r\ny"""',
    '[a.b.c]\nz=1\n[a]\nb.t=1',
    '[a.b]\n[a]\nb.c=1',
    'a.b=1\na.c=2\n[x]\n[a.d]',
    'a={b=[1]}\n[a.b.c]',
    'a=[{}]\n[a.b]',
    'a={b={}}\na.b.c=1',
    '[[a]]\nb={}\n[[a]]\nb.c=1',
    'a="""\\ x"""',
    'a="""\\\\ \n x"""',
    'a="\\\\',
    'a="""\\',
    '[a.b]\n[[a]]',
    'x={a={b=1},a.c=1}',
    'x={a=[1],a.b=1}',
    '[[a]]\n[a.b]\n[[a]]\n[a.b]\nc=1',
    '[a]\nx.y=1\nx.z=2\n[b]\nq=1\n[a.x.w]',
    '[a]\n[b]\n[a.x]\n[a]',
]
for text in TEXTS:
    attempt(text)
attempt('a=1.5\nb=[1e5, inf]\nc=nan', parse_float=Decimal)
attempt('a=1.5', parse_float=lambda digits: [digits])
for wrong in b'a=1', None, 5:
    attempt(wrong)
print(tomllib.load(io.BytesIO(b'a=1\r\n')))
for wrong in io.StringIO('a=1'), io.BytesIO(b'a="\xff"'):
    try:
        tomllib.load(wrong)
    except Exception as error:
        print(type(error).__name__, error)
try:
    tomllib.loads('a=' + '[' * 100_000)
except RecursionError:
    print('RecursionError')
print(json.dumps(tomllib.loads('''
title = "An example"
[owner]
born = 1979-05-27T07:32:00-08:00
[database]
ports = [8000, 8001]  # two of them
limits = {cpu = 79.5, case = 72.0}
[servers.alpha]
ip = "10.0.0.1"
[servers."a.b"]
ip = '10.0.0.2'
[[products]]
name = "Hammer"
[[products]]
[[products]]
name = """
Nail \\
   and more"""
[products.size]
x = 1
'''), default=repr, indent=1))
