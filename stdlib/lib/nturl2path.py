"""Paths of Windows as the paths of file URLs, and back."""


def url2pathname(url):
    """///C|/foo/bar is C:\\foo\\bar, ////host/share/x is \\\\host\\share\\x."""
    import string
    import urllib.parse
    url = url.replace(':', '|')
    if '|' not in url:
        if url.startswith('////'):
            url = url[2:]
        return urllib.parse.unquote('\\'.join(url.split('/')))
    drive, bar, rest = url.partition('|')
    if '|' in rest or not drive or drive[-1] not in string.ascii_letters:
        raise OSError('Bad URL: ' + url)
    path = drive[-1].upper() + ':'
    for name in rest.split('/'):
        if name:
            path += '\\' + urllib.parse.unquote(name)
    if path.endswith(':') and url.endswith('/'):
        path += '\\'
    return path


def pathname2url(p):
    """C:\\foo\\bar is ///C:/foo/bar."""
    import urllib.parse
    if p.startswith('\\\\?\\'):
        p = p[4:]
        if p[:4].upper() == 'UNC\\':
            p = '\\' + p[3:]
        elif p[1:2] != ':':
            raise OSError('Bad path: ' + p)
    if ':' not in p:
        if p.startswith('\\\\'):
            p = '\\\\' + p
        return urllib.parse.quote('/'.join(p.split('\\')))
    drive, *more = p.split(':')
    if len(more) != 1 or len(drive) > 1:
        raise OSError('Bad path: ' + p)
    path = '///' + urllib.parse.quote(drive.upper()) + ':'
    for name in more[0].split('\\'):
        if name:
            path += '/' + urllib.parse.quote(name)
    return path
