# Escaping, unescaping and parsing HTML.
import html
import html.entities
import html.parser

print(html.escape('<a "b\'&>'), html.unescape('&lt;&amp;&notit;&#x41;&#128;&copy x &nosuch; &#0; &#xD800;'))
class P(html.parser.HTMLParser):
    def handle_starttag(self,t,a): print('S',t,a)
    def handle_endtag(self,t): print('E',t)
    def handle_data(self,d): print('D',repr(d))
    def handle_comment(self,d): print('C',d)
    def handle_decl(self,d): print('!',d)
    def handle_pi(self,d): print('?',d)
p=P(); p.feed('<!DOCTYPE html><p class="a b" id=x checked>Hi &amp; <b>you</b><br/><!-- c --><script>if (a<b && c) {}</script><?php x?></p><a href="?a=1&lt=2">'); p.close()
print(len(html.entities.html5), html.entities.name2codepoint['rang'], html.entities.codepoint2name[8364], html.entities.entitydefs['amp'])
