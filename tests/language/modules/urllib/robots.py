# robots.txt: groups, the default group, first rule wins, delays and rates, maps, escapes.
from urllib.robotparser import RobotFileParser

TEXT = '''\
# for everybody
User-agent: *
Crawl-delay: 3
Request-rate: 9/30
Disallow: /cyberworld/map/   # comment
Disallow: /tmp/
Allow: /tmp/open.html

User-agent: CyberMapper
User-agent: Other/1.0
Disallow:

User-agent: bad
Disallow: /
Sitemap: http://example.com/one.xml
Sitemap: http://example.com/two.xml

User-agent: late
Allow: /a%3cd.html
Disallow: /a%2fb
Disallow: /a
Crawl-delay: soon
Request-rate: x/y
nonsense
'''
parser = RobotFileParser('http://example.com/robots.txt')
print(parser.can_fetch('any', '/'), parser.mtime(), parser.crawl_delay('any'), parser.site_maps())
parser.parse(TEXT.splitlines())
print(parser)
for agent in 'any', 'CyberMapper/2.1', 'bad', 'late', 'other', '':
    for url in '/', '/tmp/x', '/tmp/open.html', 'http://example.com/cyberworld/map/1', '/a', '/a<d.html', '/a/b':
        print(repr(agent), url, parser.can_fetch(agent, url))
    print(agent, parser.crawl_delay(agent), parser.request_rate(agent))
print(parser.site_maps(), parser.mtime() > 0, parser.host, parser.path)
for lines in ([], ['User-agent: *'], ['User-agent: a', '', 'Disallow: /'], ['Disallow: /'], ['User-agent: *',
                                                                                             'Disallow: *']):
    other = RobotFileParser()
    other.parse(lines)
    print(lines, repr(str(other)), other.can_fetch('a', '/x'), other.crawl_delay('a'))
