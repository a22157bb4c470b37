# UTF-7: what is written as it is, what goes into base64, and what is wrong with bytes.
import codecs

for text in ["plain text, and marks: '(),-./:?!", "a+b", "\u20ac", "Hi Mom \u263a!", "\U0001f600x", "\u65e5\u672c\u8a9e",
             "\\~", "A\u2262\u0391.", "\u00e9-", "\u00e9a", "\ud800", "\ud83d\ude00", "line\r\n\ttab\x00", ""]:
    raw = text.encode("utf-7")
    print(raw, ascii(raw.decode("utf-7")))

for raw in [b"+-", b"+AGE-", b"+AGE", b"+", b"a+", b"+A", b"+AA", b"+AGE!", b"\xe9", b"+\xe9", b"+AGF\xe9x", b"a+!b",
            b"+2AHab9ze-", b"+2AEAYQ-", b"+AGEA-x", b"++-", b"+AGE-+AGI-", b"-", b"+/+"]:
    for errors in ["strict", "replace", "ignore"]:
        try:
            print(raw, errors, ascii(raw.decode("utf-7", errors)))
        except UnicodeDecodeError as error:
            print(raw, error)

decoder = codecs.getincrementaldecoder("utf-7")()
print([ascii(decoder.decode(bytes([b]))) for b in "a\u20acb".encode("utf-7")], ascii(decoder.decode(b"", True)))
print(codecs.lookup("U7").name)
