# URLs taken apart and put together, and quoting.
import urllib.parse as u

print(u.urlparse('http://u:p@Host.org:8080/a/b;x?q=1&r=2#f'), u.urlsplit('HTTP://x/y?z').geturl(), u.urljoin('http://a/b/c/d;p?q','../g/./h?y#s'), u.urlparse('http://u:p@Host.org:80/').port)
print(u.quote('a b/ü?'), u.quote_plus('a b&c'), u.unquote('%C3%BC%zz'), u.urlencode({'a':[1,2],'b':'x y'}, doseq=True), u.parse_qs('a=1&a=2&b='), u.parse_qsl('a=1;b=2',separator=';'), u.urldefrag('http://a/b#c'))
for url in ["http://h/p", "mailto:a@b", "//h/p", "p?q#f", "http://[::1]:80/x", "HTTP://User:Pw@Host:99", "a:b:c", "http://h:x/", "", "x y\n"]:
    parts = u.urlparse(url)
    print(parts, parts.geturl(), parts.hostname, parts.username)
for base, ref in [("http://a/b/c", "../../../g"), ("http://a/b/c", "?y"), ("http://a/b/c", ""), ("http://a/b/", "//h/x"), ("http://a", "x"), ("mailto:a", "b")]:
    print(u.urljoin(base, ref))
for call in [lambda: u.urlsplit("http://[x/"), lambda: u.urlsplit("http://h:99999").port, lambda: u.urlsplit("http://h:a").port, lambda: u.urljoin("a", b"b"), lambda: u.quote(1), lambda: u.urlencode("ab"),
             lambda: u.parse_qsl("a", strict_parsing=True), lambda: u.parse_qsl("a&b", max_num_fields=1)]:
    try:
        print(call())
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
print(u.urlsplit(b"http://h/p?q"), u.urlunsplit(("s", "n", "p", "q", "f")), u.unquote_plus("a+b%20c"), u.unquote_to_bytes("%ff"), u.quote("\u20ac", safe=""), u.quote_from_bytes(b"\xff/"))
