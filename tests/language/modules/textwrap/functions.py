# wrap, fill, shorten, dedent, indent and the options of TextWrapper.
import textwrap

text = 'The quick brown fox -- jumped over the lazy, well-known dog; "hello," he said.  This is a wordthatistoolongforaline. The end.'
for width in (10, 20, 33):
    print(textwrap.fill(text, width))
print(textwrap.wrap(text, 30, initial_indent="* ", subsequent_indent="  "))
print(textwrap.wrap(text, 20, break_long_words=False, break_on_hyphens=False))
print(textwrap.fill("one.  two!  Three? four", 12, fix_sentence_endings=True), textwrap.wrap("a\tb\nc", tabsize=4), textwrap.wrap("a  b", drop_whitespace=False, width=2))
print(textwrap.shorten("Hello  world, how are you?", 18), textwrap.shorten("Hello", 3, placeholder="..."), textwrap.wrap(text, 20, max_lines=2, placeholder="~"))
print(repr(textwrap.dedent("    a\n      b\n\n   \t\n    c\n")), repr(textwrap.dedent("\ta\n  b")), repr(textwrap.indent("a\n\n b\n", "> ")), repr(textwrap.indent("a\n\n", "+", lambda line: True)))
for call in (lambda: textwrap.wrap("a", 0), lambda: textwrap.shorten("hello world", 2)):
    try:
        call()
    except ValueError as error:
        print(error)
