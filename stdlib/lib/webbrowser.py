"""Shows pages in a browser: the first one that is found, or the one that $BROWSER names."""
import os
import shlex
import shutil
import subprocess
import sys
import threading

__all__ = ['Error', 'open', 'open_new', 'open_new_tab', 'get', 'register']


class Error(Exception):
    """No browser can be found."""


_lock = threading.RLock()
# name in lower case: [class, instance]
_browsers = {}
# The names in the order in which they are tried; None until they are looked for.
_tryorder = None
_os_preferred_browser = None


def _look_for_browsers():
    if _tryorder is None:
        with _lock:
            if _tryorder is None:
                register_standard_browsers()


def register(name, klass, instance=None, *, preferred=False):
    """Make a browser known: a class to call, or an object."""
    with _lock:
        _look_for_browsers()
        _browsers[name.lower()] = [klass, instance]
        first = preferred or _os_preferred_browser and name == f'{_os_preferred_browser}.desktop'
        _tryorder.insert(0 if first else len(_tryorder), name)


def _from_command(line):
    """The browser of a command line: 'firefox %s', 'firefox %s &'."""
    words = shlex.split(line)
    return BackgroundBrowser(words[:-1]) if words[-1] == '&' else GenericBrowser(words)


def get(using=None):
    """The browser of a name or command line ('firefox %s'), or the one to be preferred. Error if there is none."""
    _look_for_browsers()
    for name in _tryorder if using is None else (using,):
        if '%s' in name:
            return _from_command(name)
        make, made = _browsers.get(name.lower()) or _synthesize(name)
        if made is not None or make is not None:
            return make() if made is None else made
    raise Error('could not locate runnable browser')


def open(url, new=0, autoraise=True):
    """Show a page; whether that worked. new: 0 in the same window, 1 in a new one, 2 in a new tab."""
    _look_for_browsers()
    return any(get(name).open(url, new, autoraise) for name in _tryorder)


def open_new(url):
    """Show a page in a new window."""
    return open(url, new=1)


def open_new_tab(url):
    """Show a page in a new tab."""
    return open(url, new=2)


def _synthesize(browser, *, preferred=False):
    """A browser like one that is known, from the path of its program. [None, None] if that cannot be."""
    program, *_ = browser.split()
    name = os.path.basename(program)
    _, model = _browsers.get(name.lower(), (None, None))
    if not model or model.basename != name.lower() or not shutil.which(program):
        return [None, None]
    from copy import copy
    twin = copy(model)
    twin.name, twin.basename = browser, os.path.basename(browser)
    register(browser, None, twin, preferred=preferred)
    return [None, twin]


class BaseBrowser:
    """What all browsers have."""

    args = ['%s']

    def __init__(self, name=''):
        self.name = name
        self.basename = name

    def open(self, url, new=0, autoraise=True):
        raise NotImplementedError

    def open_new(self, url):
        return self.open(url, 1)

    def open_new_tab(self, url):
        return self.open(url, 2)

    @staticmethod
    def _check_url(url):
        """ValueError for what the program would take for an option."""
        if url and url.lstrip().startswith('-'):
            raise ValueError(f'Invalid URL (leading dash disallowed): {url!r}')


class GenericBrowser(BaseBrowser):
    """A program that is waited for; '%s' in its arguments is the page."""

    def __init__(self, name):
        if isinstance(name, str):
            self.name = name
            self.args = ['%s']
        else:
            self.name = name[0]
            self.args = name[1:]
        self.basename = os.path.basename(self.name)

    def _command(self, url):
        sys.audit('webbrowser.open', url)
        self._check_url(url)
        return [self.name, *(arg.replace('%s', url) for arg in self.args)]

    def open(self, url, new=0, autoraise=True):
        try:
            return not subprocess.Popen(self._command(url)).wait()
        except OSError:
            return False


class BackgroundBrowser(GenericBrowser):
    """A program that goes on by itself."""

    def open(self, url, new=0, autoraise=True):
        try:
            return subprocess.Popen(self._command(url), close_fds=True, start_new_session=True).poll() is None
        except OSError:
            return False


class UnixBrowser(BaseBrowser):
    """A program that can be told to show pages in a window that is open already."""

    raise_opts = None
    background = False
    redirect_stdout = True
    # In remote_args %s is the page, %action one of the next three.
    remote_args = ['%action', '%s']
    remote_action = None
    remote_action_newwin = None
    remote_action_newtab = None

    def _invoke(self, args, remote, autoraise, url=None):
        raising = []
        if remote and self.raise_opts:
            option = self.raise_opts[int(autoraise)]
            raising = [option] if option else []
        quiet = remote or self.background
        process = subprocess.Popen([self.name, *raising, *args], close_fds=True,
                                   stdin=subprocess.DEVNULL if quiet else None,
                                   stdout=subprocess.DEVNULL if quiet and self.redirect_stdout else None,
                                   stderr=subprocess.DEVNULL if quiet else None, start_new_session=True)
        if not remote and not self.background:
            return not process.wait()
        if not remote:
            return process.poll() is None
        try:
            return not process.wait(5)
        except subprocess.TimeoutExpired:
            return True

    def open(self, url, new=0, autoraise=True):
        sys.audit('webbrowser.open', url)
        newtab = self.remote_action_newwin if self.remote_action_newtab is None else self.remote_action_newtab
        actions = {0: self.remote_action, 1: self.remote_action_newwin, 2: newtab}
        if new not in actions:
            raise Error('Bad \'new\' parameter to open(); expected 0, 1, or 2, got %s' % new)
        action = actions[new] or ''
        self._check_url(url.replace('%action', action))
        # The page comes last: it may have signs of percent itself.
        args = [arg.replace('%action', action).replace('%s', url) for arg in self.remote_args]
        args = [arg for arg in args if arg]
        if self._invoke(args, True, autoraise, url):
            return True
        # It was not running yet.
        return self._invoke([arg.replace('%s', url) for arg in self.args], False, False)


# How programs are told; None and '' are not the same: without an action for tabs, that for windows is taken.

class _ByOption(UnixBrowser):
    """Told by an option before the page."""

    remote_args = ['%action', '%s']
    remote_action = ''
    background = True


class _ByCommand(UnixBrowser):
    """Told by a command to the window that is open."""

    remote_args = ['-remote', 'openURL(%s%action)']
    remote_action, remote_action_newwin, remote_action_newtab = '', ',new-window', ',new-tab'


class Mozilla(_ByOption):
    """Firefox and its kin."""

    remote_action_newwin, remote_action_newtab = '-new-window', '-new-tab'


class Chrome(_ByOption):
    """Chromium and its kin."""

    remote_action_newwin, remote_action_newtab = '--new-window', ''


Chromium = Chrome


class Opera(_ByOption):
    """Opera is told the same way."""

    remote_action_newwin, remote_action_newtab = '--new-window', ''


class Galeon(_ByOption):
    """Galeon and Epiphany."""

    raise_opts = ['-noraise', '']
    remote_action, remote_action_newwin = '-n', '-w'


class Epiphany(Galeon):
    pass


class Netscape(_ByCommand):
    """Netscape, and what was made of it."""

    raise_opts = ['-noraise', '-raise']
    background = True


class Elinks(_ByCommand):
    """Links in the terminal, which it needs for itself."""

    background = redirect_stdout = False


def register_standard_browsers():
    """Look which browsers there are, and at $BROWSER."""
    global _tryorder
    _tryorder = []
    if os.environ.get('DISPLAY') or os.environ.get('WAYLAND_DISPLAY'):
        for name, kind in (('xdg-open', BackgroundBrowser), ('firefox', Mozilla), ('chromium', Chrome),
                           ('chromium-browser', Chrome), ('google-chrome', Chrome), ('chrome', Chrome), ('opera', Opera)):
            if shutil.which(name):
                register(name, None, kind(name))
    if os.environ.get('TERM'):
        for name, kind in (('www-browser', GenericBrowser), ('links', GenericBrowser), ('elinks', Elinks),
                           ('lynx', GenericBrowser), ('w3m', GenericBrowser)):
            if shutil.which(name):
                register(name, None, kind(name))
    for wanted in reversed(os.environ.get('BROWSER', '').split(os.pathsep)):
        if not wanted:
            continue
        command = _synthesize(wanted, preferred=True)
        if command[1] is None:
            _tryorder.insert(0, wanted)


def main():
    import getopt
    usage = 'Usage: %s [-n | -t] url\n    -n: open new window\n    -t: open new tab' % sys.argv[0]
    try:
        options, args = getopt.getopt(sys.argv[1:], 'ntd')
    except getopt.error as message:
        print(message, usage, sep='\n', file=sys.stderr)
        sys.exit(1)
    new = 0
    for option, _ in options:
        new = {'-n': 1, '-t': 2}.get(option, new)
    if len(args) != 1:
        print(usage, file=sys.stderr)
        sys.exit(1)
    open(args[0], new)
    print('\a')


if __name__ == '__main__':
    main()
