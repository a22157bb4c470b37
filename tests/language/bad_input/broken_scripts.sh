cd "$TMPDIR"
printf 'x = "\xff\xfe"\n' >notutf8.py
printf '# -*- coding: latin-1 -*-\nprint(len("\xe9\xe8"))\n' >latin.py
printf '# coding: no-such-encoding\nprint(1)\n' >nocoding.py
printf '\xef\xbb\xbfprint("bom")\n' >bom.py
printf 'print("no newline at the end")' >nonewline.py
printf 'print("crlf")\r\nif True:\r\n    print("in")\r\n' >crlf.py
printf '' >empty.py
printf '#!/usr/bin/env something\nprint("shebang")\n' >shebang.py
printf 'if True:\n        x = 1\n\ty = 2\n' >tabs.py
head -c 2000 /dev/zero | tr '\0' '\1' >binary.py
for script in notutf8 latin nocoding bom nonewline crlf empty shebang tabs binary; do
  $GILA $script.py >out 2>err
  echo "$script status $?"
  cat out
  tail -n 1 err | sed "s|$TMPDIR|TMP|g" | tr -d '\001' | cut -c1-120
done
