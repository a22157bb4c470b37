# Messages from a catalogue, plurals and contexts.
import gettext
import io


def packed(*numbers):
    return b"".join([number.to_bytes(4, "little") for number in numbers])



messages = {"": "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;\n",
            "file": "plik", "one file\0many files": "plik\0pliki\0plików", "menu\x04open": "otwórz"}
keys = sorted(messages)
table, texts, blob = [], [], b""
start = 28 + 16 * len(keys)
for group in (keys, [messages[key] for key in keys]):
    for text in group:
        data = text.encode()
        table.append((len(data), start + len(blob)))
        blob += data + b"\0"
data = packed(0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, 0) + b"".join(packed(*row) for row in table) + blob
t = gettext.GNUTranslations(io.BytesIO(data))
print(t.gettext("file"), t.gettext("other"), [t.ngettext("one file", "many files", n) for n in (1, 2, 5, 11, 22)], t.pgettext("menu", "open"), t.charset(), t.info()["plural-forms"][:11])
null = gettext.NullTranslations()
print(null.gettext("x"), null.ngettext("a", "b", 2), null.npgettext("c", "a", "b", 1), gettext.gettext("y"), gettext.ngettext("a", "b", 3), gettext.textdomain(), gettext.find("nothing"))
for formula in ("n != 1", "n%2 ? 1 : n > 10 ? 2 : 0", "(n*2+1)/3 - n", "n = 1", "(n", "x", "!n"):
    try:
        print([gettext.c2py(formula)(n) for n in range(6)])
    except ValueError as error:
        print(error)
try:
    gettext.GNUTranslations(io.BytesIO(b"nonsense"))
except OSError as error:
    print(error)
