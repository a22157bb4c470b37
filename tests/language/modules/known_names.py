"""Names beside the documented ones that programs use: patterns of tokens and of HTML, formats of archives, old finders."""
import contextlib
import glob
import gzip
import html.parser
import inspect
import io
import os
import pickle
import pkgutil
import re
import site
import stat
import struct
import sys
import tokenize
import warnings
import zipfile

# tokenize: the patterns find what they are called after.
for name, texts in {
        'Number': ('0x_ff', '1_000', '1e5', '.5j', '0b11', '0o17', '12.', '1__0', 'x'),
        'Name': ('abc', '\u00e4b1', '1a'), 'Comment': ('# x', 'x'), 'String': ("'a'", 'rb"b"', "u'x'", "'a", "f'\\''"),
        'Funny': ('->', '**=', '\n', '...', '?'), 'Triple': ("'''", 'Rb"""', "''"), 'Whitespace': (' \t', 'x'),
        'Ignore': (' # c', '\\\n x'), 'ContStr': ("'a\\\n", "'a'"), 'PlainToken': ('a', '(', '5'), 'Special': (':=', ';', 'a'),
        'Exponent': ('e5', 'E-1_0', 'x'), 'Token': ('  a', ' # c'), 'Imagnumber': ('1j', '1.5J', '1'), 'Intnumber': ('0', '007')}.items():
    pattern = re.compile(getattr(tokenize, name))
    print(name, [(match := pattern.match(text)) and match.group() for text in texts])
print(re.match(tokenize.PseudoToken, '  abc').span(1), re.match(tokenize.PseudoToken, "rb'''x").group(1))
print(sorted(tokenize.endpats) == sorted(tokenize.single_quoted | tokenize.triple_quoted), len(tokenize.endpats),
      sorted(tokenize.triple_quoted)[:4])
for quote, text in (("'", r"a\'b' c"), ('"', 'x" y'), ("'''", "a'b''c''' d"), ('Rb"""', 'q"""')):
    print(quote, re.match(tokenize.endpats[quote], text).group())
print(tokenize.group('a', 'b'), tokenize.any('a'), tokenize.maybe('a', 'b'), {'PseudoToken', 'group'} <= set(dir(tokenize)))

# html.parser: programs that put a pattern of their own in the place of one.
print(html.parser.tagfind_tolerant.match('div class=a').group(1), html.parser.attrfind_tolerant.match(" a='b' c", 1).group(1, 3),
      html.parser.entityref.match('&amp;').group(1), html.parser.charref.match('&#60;').group(),
      html.parser.incomplete.match('&a').group(), html.parser.commentclose.search('x -- >').span(),
      html.parser.endtagfind.match('</a >').group(1), html.parser.starttagopen.match('<a').group(),
      html.parser.interesting_normal.search('a&b').start(), html.parser.endendtag.search('a>').start())


class Show(html.parser.HTMLParser):
    def handle_starttag(self, tag, attrs):
        print('start', tag, attrs, self.get_starttag_text())

    def handle_endtag(self, tag):
        print('end', tag)

    def handle_data(self, data):
        print('data', repr(data))

    def handle_pi(self, data):
        print('pi', repr(data))


PAGE = '''<a href='x>y' b=c d = "e" f>t</a ><br/><img src=/x/ alt><?php a > b ?><p a/b / c>'''
Show().feed(PAGE)
before = html.parser.piclose
html.parser.piclose = re.compile(r'\?>')

Show().feed('<?php a > b ?><a x=`y`>z</a>')
html.parser.piclose = before

# zipfile: formats, and archives of modules.
for name in ('EndArchive', 'EndArchive64', 'EndArchive64Locator', 'CentralDir', 'FileHeader'):
    form = getattr(zipfile, 'struct' + name)
    print(name, struct.calcsize(form), len(struct.unpack(form, bytes(struct.calcsize(form)))), getattr(zipfile, 'string' + name))
print(zipfile.sizeEndCentDir, zipfile.sizeCentralDir, zipfile.sizeFileHeader)
folder = os.path.join(os.environ['TMPDIR'], 'top')
os.makedirs(os.path.join(folder, 'package', 'inner'))
os.makedirs(os.path.join(folder, 'package', 'data'))
for path, text in {'single.py': 'X = 1', 'broken.py': 'def', 'note.txt': '', 'package/__init__.py': 'Y = 2', 'package/a.py': '',
                   'package/inner/__init__.py': '', 'package/inner/b.py': 'Z = 3', 'package/data/c.py': ''}.items():
    with open(os.path.join(folder, path), 'w') as file:
        file.write(text)
archive = os.path.join(os.environ['TMPDIR'], 'code.zip')
with zipfile.PyZipFile(archive, 'w', optimize=0) as file:
    file.writepy(os.path.join(folder, 'package'))
    file.writepy(os.path.join(folder, 'single.py'), 'below')
    file.writepy(folder, filterfunc=lambda path: 'broken' not in path)
    for wrong in ('note.txt',):
        try:
            file.writepy(os.path.join(folder, wrong))
        except RuntimeError as error:
            print(error)
    print(sorted(file.namelist()))
with zipfile.PyZipFile(io.BytesIO(), 'w') as file:
    file.debug = 1
    with contextlib.redirect_stdout(out := io.StringIO()):
        file.writepy(os.path.join(folder, 'package'), filterfunc=lambda path: not path.endswith(('a.py', 'inner')))
    print(file.namelist(), re.sub(r'/\S*/(?=top)', '', re.sub('Compiling .*\n', '', out.getvalue())).split('\n'))
sys.path.insert(0, archive)
import package.inner.b
print(package.Y, package.inner.b.Z, issubclass(zipfile.PyZipFile, zipfile.ZipFile))

print({'PROTO', 'STACK_GLOBAL', 'dumps'} <= set(dir(pickle)), pickle.MARK, {'getsource', 'BlockFinder'} <= set(dir(inspect)))
print(glob.glob0(folder, 'single.py'), sorted(glob.glob1(folder, '*.py')), glob.glob1('/nowhere', '*'), bool(glob.magic_check.search('a*')))
print(stat.UF_HIDDEN, stat.SF_SNAPSHOT, stat.FILE_ATTRIBUTE_ARCHIVE, stat.FILE_ATTRIBUTE_NO_SCRUB_DATA)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    with gzip.GzipFile('x', 'wb', fileobj=io.BytesIO()) as file:
        print(file.filename)
    importer = pkgutil.ImpImporter(folder)
    loader = importer.find_module('single')
    print(loader.load_module('single').X, loader.is_package('single'), loader.get_source(), importer.find_module('nowhere'),
          sorted(importer.iter_modules('p.')), importer.find_module('package').is_package('package'))
    print([str(one.message)[:40] for one in caught])
print(pkgutil.simplegeneric(len).registry)
del __builtins__.quit
site.setquit()
site.setcopyright()
site.sethelper()
print(repr(quit), callable(site.enablerlcompleter))
