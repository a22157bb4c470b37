# The C locale, and numbers by conventions that a test can set.
import locale

print(locale.setlocale(locale.LC_ALL, "C"), locale.setlocale(locale.LC_NUMERIC), locale.localeconv()["decimal_point"], locale.localeconv()["grouping"])
print(locale.strcoll("a", "b") < 0, locale.strxfrm("abc") == "abc", locale.str(3.5), locale.atof("1.5"), locale.atoi("42"), locale.nl_langinfo(locale.RADIXCHAR), locale.nl_langinfo(locale.DAY_1))
try:
    locale.setlocale(locale.LC_ALL, "no_SUCH")
except locale.Error as error:
    print(error)
try:
    locale.currency(1)
except ValueError as error:
    print(error)
locale._override_localeconv = {"grouping": [3, 3, 0], "thousands_sep": ",", "decimal_point": ".", "mon_grouping": [3, 0], "mon_thousands_sep": " ", "mon_decimal_point": ",",
                               "frac_digits": 2, "int_frac_digits": 2, "currency_symbol": "E", "int_curr_symbol": "EUR ", "n_sign_posn": 1, "p_sign_posn": 1, "negative_sign": "-", "positive_sign": "",
                               "p_cs_precedes": 0, "n_cs_precedes": 0, "p_sep_by_space": 1, "n_sep_by_space": 1}
print(locale.format_string("%d %.2f %s", (1234567, 9876.543, "x"), grouping=True), locale.format_string("%10d|%-12d|", (12345, -12345), True), locale.format_string("%(a)d%%", {"a": 1000}, True))
print(locale.currency(1234567.891, grouping=True), locale.currency(-5), locale.currency(3, international=True), locale.currency(7, symbol=False), locale.atof("1,234.5"), locale.localize("12345", True), locale.delocalize("1,000"))
print(locale.normalize("de_DE"), locale.normalize("en_US.utf8"), locale.normalize("xx_yy"), locale.normalize("C"))
