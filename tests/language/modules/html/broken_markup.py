# Markup that does not end, or ends oddly: by the rules of HTML 5.
from html.parser import HTMLParser


class Collector(HTMLParser):
    def __getattribute__(self, name):
        if name.startswith("handle_") or name == "unknown_decl":
            return lambda *args: print("  ", name, *args)
        return super().__getattribute__(name)


for text in ["<p class=a>x</p attr='>'>y", "<img src='a>b' / >", "<!-- a --!>b", "<!-->c", "<![CDATA[x]]>y", "<!DOCTYPE html", "<script>a</b></SCRIPT >z", "a & b &amp; c &lt", "</>", "</ a>b", "<3", "<? pi >q"]:
    print(text)
    parser = Collector()
    parser.feed(text)
    parser.close()
