printf 'one\ntwo\nthree' | $GILA -c '
import sys
print(input())
print([line for line in sys.stdin])
print(repr(sys.stdin.read()))
try:
    input()
except EOFError as e:
    print("EOF", e)
'
printf 'a b\nc\n' | $GILA -c 'import sys; print(sys.stdin.readline().split(), sys.stdin.readlines())'
printf '\xc3\xa9\n' | $GILA -c 'print(ascii(input()))'
printf 'raw\xff' | $GILA -c 'import sys; print(sys.stdin.buffer.read())'
$GILA -c 'print(repr(input("prompt> ")))' </dev/null 2>&1 | tail -n 1
