"""Types of files by the endings of their names, and the opposite.

Two maps are kept: the official types, and common ones that nobody registered, which count only with strict=False.
"""
import os
import posixpath
import sys
import urllib.parse

__all__ = ['knownfiles', 'inited', 'MimeTypes', 'guess_type', 'guess_all_extensions', 'guess_extension', 'add_type',
           'init', 'read_mime_types', 'suffix_map', 'encodings_map', 'types_map', 'common_types']

knownfiles = ['/etc/mime.types', '/etc/httpd/mime.types', '/etc/httpd/conf/mime.types', '/etc/apache/mime.types',
              '/etc/apache2/mime.types', '/usr/local/etc/httpd/conf/mime.types', '/usr/local/lib/netscape/mime.types',
              '/usr/local/etc/httpd/conf/mime.types', '/usr/local/etc/mime.types']
inited = False
_db = None

# type: endings, the best first.
_OFFICIAL = '''
text/javascript js mjs
application/json json
application/manifest+json webmanifest
application/msword doc dot wiz
application/n-quads nq
application/n-triples nt
application/octet-stream bin a dll exe o obj so
application/oda oda
application/pdf pdf
application/pkcs7-mime p7c
application/postscript ps ai eps
application/trig trig
application/vnd.apple.mpegurl m3u m3u8
application/vnd.ms-excel xls xlb
application/vnd.ms-powerpoint ppt pot ppa pps pwz
application/wasm wasm
application/x-bcpio bcpio
application/x-cpio cpio
application/x-csh csh
application/x-dvi dvi
application/x-gtar gtar
application/x-hdf hdf
application/x-hdf5 h5
application/x-latex latex
application/x-mif mif
application/x-netcdf cdf nc
application/x-pkcs12 p12 pfx
application/x-pn-realaudio ram
application/x-python-code pyc pyo
application/x-sh sh
application/x-shar shar
application/x-shockwave-flash swf
application/x-sv4cpio sv4cpio
application/x-sv4crc sv4crc
application/x-tar tar
application/x-tcl tcl
application/x-tex tex
application/x-texinfo texi texinfo
application/x-troff roff t tr
application/x-troff-man man
application/x-troff-me me
application/x-troff-ms ms
application/x-ustar ustar
application/x-wais-source src
application/xml xsl rdf wsdl xpdl
application/zip zip
audio/3gpp 3gp 3gpp
audio/3gpp2 3g2 3gpp2
audio/aac aac adts loas ass
audio/basic au snd
audio/mpeg mp3 mp2
audio/opus opus
audio/x-aiff aif aifc aiff
audio/x-pn-realaudio ra
audio/x-wav wav
image/avif avif
image/bmp bmp
image/gif gif
image/ief ief
image/jpeg jpg jpe jpeg
image/heic heic
image/heif heif
image/png png
image/svg+xml svg
image/tiff tiff tif
image/vnd.microsoft.icon ico
image/x-cmu-raster ras
image/x-portable-anymap pnm
image/x-portable-bitmap pbm
image/x-portable-graymap pgm
image/x-portable-pixmap ppm
image/x-rgb rgb
image/x-xbitmap xbm
image/x-xpixmap xpm
image/x-xwindowdump xwd
message/rfc822 eml mht mhtml nws
text/css css
text/csv csv
text/html html htm
text/n3 n3
text/plain txt bat c h ksh pl srt
text/richtext rtx
text/tab-separated-values tsv
text/vtt vtt
text/x-python py
text/x-setext etx
text/x-sgml sgm sgml
text/x-vcard vcf
text/xml xml
video/mp4 mp4
video/mpeg mpeg m1v mpa mpe mpg
video/quicktime mov qt
video/webm webm
video/x-msvideo avi
video/x-sgi-movie movie
'''
_COMMON = '''
application/rtf rtf
audio/midi mid midi
image/jpg jpg
image/pict pict pct pic
image/webp webp
text/xul xul
'''


def _table(text):
    return {f'.{ending}': kind for kind, *endings in map(str.split, text.strip().splitlines()) for ending in endings}


def _default_mime_types():
    """The maps as they are before any file is read."""
    global suffix_map, _suffix_map_default, encodings_map, _encodings_map_default
    global types_map, _types_map_default, common_types, _common_types_default
    suffix_map = _suffix_map_default = {'.svgz': '.svg.gz', '.tgz': '.tar.gz', '.taz': '.tar.gz', '.tz': '.tar.gz',
                                        '.tbz2': '.tar.bz2', '.txz': '.tar.xz'}
    encodings_map = _encodings_map_default = {'.gz': 'gzip', '.Z': 'compress', '.bz2': 'bzip2', '.xz': 'xz',
                                              '.br': 'br'}
    types_map = _types_map_default = _table(_OFFICIAL)
    common_types = _common_types_default = _table(_COMMON)


class MimeTypes:
    """The maps, and the questions to them. Files in the format of mime.types may add to them."""

    def __init__(self, filenames=(), strict=True):
        if not inited:
            init()
        self.encodings_map = _encodings_map_default.copy()
        self.suffix_map = _suffix_map_default.copy()
        # At 0 the common ones, at 1 the official ones.
        self.types_map = {}, {}
        self.types_map_inv = {}, {}
        for ending, kind in _types_map_default.items():
            self.add_type(kind, ending, True)
        for ending, kind in _common_types_default.items():
            self.add_type(kind, ending, False)
        for name in filenames:
            self.read(name, strict)

    def add_type(self, type, ext, strict=True):
        """Let an ending mean a type, whatever it meant before."""
        self.types_map[strict][ext] = type
        endings = self.types_map_inv[strict].setdefault(type, [])
        if ext not in endings:
            endings.append(ext)

    def guess_type(self, url, strict=True):
        """(type, encoding) of a file or address; None for what cannot be said. The encoding is how it is compressed."""
        url = os.fspath(url)
        scheme, url = urllib.parse._splittype(url)
        if scheme == 'data':
            # data:[type][;parameters],data
            head, comma, _ = url.partition(',')
            if not comma:
                return None, None
            kind = head.partition(';')[0]
            return (kind if '=' not in kind and '/' in kind else 'text/plain'), None
        base, ext = posixpath.splitext(url)
        while (lower := ext.lower()) in self.suffix_map:
            base, ext = posixpath.splitext(base + self.suffix_map[lower])
        encoding = self.encodings_map.get(ext)
        if encoding is not None:
            base, ext = posixpath.splitext(base)
        ext = ext.lower()
        for is_official in (True,) if strict else (True, False):
            if ext in self.types_map[is_official]:
                return self.types_map[is_official][ext], encoding
        return None, encoding

    def guess_all_extensions(self, type, strict=True):
        """The endings of a type."""
        type = type.lower()
        found = list(self.types_map_inv[True].get(type, []))
        if not strict:
            found += [ext for ext in self.types_map_inv[False].get(type, []) if ext not in found]
        return found

    def guess_extension(self, type, strict=True):
        """The best ending of a type, or None."""
        found = self.guess_all_extensions(type, strict)
        return found[0] if found else None

    def read(self, filename, strict=True):
        """Read a file in the format of mime.types."""
        with open(filename, encoding='utf-8') as file:
            self.readfp(file, strict)

    def readfp(self, fp, strict=True):
        """The same from an open file: a type and its endings in each line, comments from # on."""
        for line in fp:
            words = line.split()
            for number, word in enumerate(words):
                if word.startswith('#'):
                    del words[number:]
                    break
            if words:
                kind, *endings = words
                for ending in endings:
                    self.add_type(kind, '.' + ending, strict)

    def read_windows_registry(self, strict=True):
        """Nothing: there is no registry here."""


def guess_type(url, strict=True):
    """(type, encoding) of a file or address, by the ending; None for what cannot be said."""
    if _db is None:
        init()
    return _db.guess_type(url, strict)


def guess_all_extensions(type, strict=True):
    """The endings of a type."""
    if _db is None:
        init()
    return _db.guess_all_extensions(type, strict)


def guess_extension(type, strict=True):
    """The best ending of a type, or None."""
    if _db is None:
        init()
    return _db.guess_extension(type, strict)


def add_type(type, ext, strict=True):
    """Let an ending mean a type."""
    if _db is None:
        init()
    return _db.add_type(type, ext, strict)


def init(files=None):
    """Read the files of types; without an argument those of the system, if it has any."""
    global suffix_map, types_map, encodings_map, common_types, inited, _db
    inited = True
    if files is None or _db is None:
        db = MimeTypes()
        files = knownfiles if files is None else [*knownfiles, *files]
    else:
        db = _db
    for name in files:
        if os.path.isfile(name):
            db.read(name)
    encodings_map, suffix_map = db.encodings_map, db.suffix_map
    common_types, types_map = db.types_map
    _db = db


def read_mime_types(file):
    """The map of endings to types with what a file adds; None if it cannot be opened."""
    try:
        source = open(file, encoding='utf-8')
    except OSError:
        return None
    with source:
        db = MimeTypes()
        db.readfp(source, True)
        return db.types_map[True]


_default_mime_types()


def _main():
    import getopt
    usage = '''\
Usage: mimetypes.py [options] type

Options:
    --help / -h       -- print this message and exit
    --lenient / -l    -- additionally search of some common, but non-standard
                         types.
    --extension / -e  -- guess extension instead of type

More than one type argument may be given.
'''

    def stop(status, message=''):
        print(usage)
        if message:
            print(message)
        sys.exit(status)

    try:
        options, names = getopt.getopt(sys.argv[1:], 'hle', ['help', 'lenient', 'extension'])
    except getopt.error as message:
        stop(1, message)
    switches = {switch for switch, _ in options}
    if switches & {'-h', '--help'}:
        stop(0)
    strict = not switches & {'-l', '--lenient'}
    for name in names:
        if switches & {'-e', '--extension'}:
            print(guess_extension(name, strict) or f"I don't know anything about type {name}")
            continue
        kind, encoding = guess_type(name, strict)
        print(f'type: {kind} encoding: {encoding}' if kind else f"I don't know anything about type {name}")


if __name__ == '__main__':
    _main()
