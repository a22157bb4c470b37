"""robots.txt: what a site asks robots not to fetch."""
import collections
import time
import urllib.error
import urllib.parse
import urllib.request

__all__ = ['RobotFileParser']

RequestRate = collections.namedtuple('RequestRate', 'requests seconds')


class RobotFileParser:
    """The rules of one site: read() them, or give the lines to parse(), then ask can_fetch()."""

    def __init__(self, url=''):
        self.entries, self.sitemaps = [], []
        self.default_entry = None
        self.disallow_all = self.allow_all = False
        self.set_url(url)
        self.last_checked = 0

    def mtime(self):
        """When the rules were read; 0 if they never were."""
        return self.last_checked

    def modified(self):
        """The rules have been read now."""
        self.last_checked = time.time()

    def set_url(self, url):
        self.url = url
        self.host, self.path = urllib.parse.urlparse(url)[1:3]

    def read(self):
        """Fetch the file and parse it. Who may not see the file may see nothing; if there is none, everybody may."""
        try:
            file = urllib.request.urlopen(self.url)
        except urllib.error.HTTPError as error:
            if error.code in (401, 403):
                self.disallow_all = True
            elif 400 <= error.code < 500:
                self.allow_all = True
            error.close()
        else:
            self.parse(file.read().decode('utf-8').splitlines())

    def parse(self, lines):
        """Take in the lines of a file. A group is some User-agent lines and the rules after them."""
        self.modified()
        group = None
        for line in lines:
            if not line:
                if group is not None and not group.is_empty:
                    self._finish(group)
                    group = None
                elif group is not None and group.useragents:
                    group = None
                continue
            name, colon, value = line.partition('#')[0].strip().partition(':')
            name, value = name.strip().lower(), urllib.parse.unquote(value.strip())
            if not colon:
                continue
            if name == 'sitemap':
                self.sitemaps.append(value)
                continue
            if name == 'user-agent':
                if group is not None and not group.is_empty:
                    self._finish(group)
                    group = None
                group = group or Entry()
                group.useragents.append(value)
            elif group is not None:
                group.add(name, value)
        if group is not None and not group.is_empty:
            self._finish(group)

    def _finish(self, group):
        if '*' not in group.useragents:
            self.entries.append(group)
        elif self.default_entry is None:  # the first one counts
            self.default_entry = group

    def _entry_for(self, useragent):
        found = next((entry for entry in self.entries if entry.applies_to(useragent)), None)
        return found or self.default_entry

    def can_fetch(self, useragent, url):
        """Whether a robot of that name may fetch the URL; nobody may before the rules have been read."""
        if self.disallow_all:
            return False
        if self.allow_all:
            return True
        if not self.last_checked:
            return False
        parts = urllib.parse.urlparse(urllib.parse.unquote(url))
        path = urllib.parse.quote(urllib.parse.urlunparse(('', '', *parts[2:]))) or '/'
        entry = self._entry_for(useragent)
        return entry is None or entry.allowance(path)

    def crawl_delay(self, useragent):
        """The seconds that a robot has to wait between requests, None if nothing is said."""
        entry = self._entry_for(useragent) if self.mtime() else None
        return entry.delay if entry else None

    def request_rate(self, useragent):
        """A named tuple (requests, seconds), None if nothing is said."""
        entry = self._entry_for(useragent) if self.mtime() else None
        return entry.req_rate if entry else None

    def site_maps(self):
        """The list of the site's maps, None if there are none."""
        return self.sitemaps or None

    def __str__(self):
        entries = self.entries + ([] if self.default_entry is None else [self.default_entry])
        return '\n\n'.join(map(str, entries))


class RuleLine:
    """Allow or Disallow, and the beginning of the paths that it is about."""

    def __init__(self, path, allowance):
        if not path and not allowance:  # an empty Disallow forbids nothing
            allowance = True
        path = urllib.parse.urlunparse(urllib.parse.urlparse(path))
        self.path, self.allowance = urllib.parse.quote(path), allowance

    def applies_to(self, filename):
        return self.path == '*' or filename.startswith(self.path)

    def __str__(self):
        return f'{"Allow" if self.allowance else "Disallow"}: {self.path}'


class Entry:
    """The rules for some robots."""

    def __init__(self):
        self.useragents, self.rulelines = [], []
        self.delay = self.req_rate = None
        self.is_empty = True

    def add(self, name, value):
        """Take in one line after the User-agent lines."""
        if name in ('allow', 'disallow'):
            self.rulelines.append(RuleLine(value, name == 'allow'))
            self.is_empty = False
        elif name == 'crawl-delay':
            if value.strip().isdigit():
                self.delay = int(value)
            self.is_empty = False
        elif name == 'request-rate':
            numbers = value.split('/')
            if len(numbers) == 2 and all(number.strip().isdigit() for number in numbers):
                self.req_rate = RequestRate(*map(int, numbers))
            self.is_empty = False

    def applies_to(self, useragent):
        """Whether the rules are for the robot: its name without a version, small or capital letters."""
        name = useragent.split('/')[0].lower()
        return any(agent == '*' or agent.lower() in name for agent in self.useragents)

    def allowance(self, filename):
        """Whether the first rule that is about the path allows it; without one, it is allowed."""
        return next((line.allowance for line in self.rulelines if line.applies_to(filename)), True)

    def __str__(self):
        lines = [f'User-agent: {agent}' for agent in self.useragents]
        if self.delay is not None:
            lines.append(f'Crawl-delay: {self.delay}')
        if self.req_rate is not None:
            lines.append(f'Request-rate: {self.req_rate.requests}/{self.req_rate.seconds}')
        return '\n'.join(lines + [str(line) for line in self.rulelines])
