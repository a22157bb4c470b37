# Without a locale, or with one that is not installed, characters are those of C.UTF-8 and files are UTF-8 (PEP 538, PEP 540).
ask='import locale, os, sys
print(locale.setlocale(locale.LC_CTYPE), locale.getlocale(), locale.getpreferredencoding(), sys.stdout.encoding,
      sys.stdout.errors, os.environ.get("LC_CTYPE"), sys.flags.utf8_mode, open("/dev/null").encoding)'
run() { echo "== $*"; env -u LANG -u LC_ALL -u LC_CTYPE -u PYTHONUTF8 -u PYTHONCOERCECLOCALE -u PYTHONIOENCODING "$@" $GILA -c "$ask" 2>&1; }
run X=1
run LANG=C
run LANG=C.UTF-8
run LC_CTYPE=C.utf8
run LC_ALL=C
run LC_ALL=POSIX
run LC_ALL=xx_YY
run LANG=xx_YY
run LC_CTYPE=C PYTHONCOERCECLOCALE=0
run PYTHONCOERCECLOCALE=warn
run PYTHONUTF8=0
run LANG=C.UTF-8 PYTHONUTF8=1
