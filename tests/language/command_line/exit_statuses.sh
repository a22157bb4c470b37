run() { $GILA -c "$1" >/dev/null 2>err_$$; echo "$1 -> $? $(cat err_$$ | tail -n 1)"; rm -f err_$$; }
cd "$TMPDIR"
run 'pass'
run 'import sys; sys.exit()'
run 'import sys; sys.exit(0)'
run 'import sys; sys.exit(3)'
run 'import sys; sys.exit(256 + 7)'
run 'import sys; sys.exit(-1)'
run 'import sys; sys.exit("a message")'
run 'import sys; sys.exit(None)'
run 'import sys; sys.exit([1, 2])'
run 'import sys; sys.exit(True)'
run 'import sys; sys.exit(2.5)'
run 'raise SystemExit'
run 'raise SystemExit(4)'
run 'raise SystemExit(1, 2)'
run 'raise ValueError("x")'
run 'exit(5)'
run 'quit()'
run 'import os; os._exit(9)'
run 'x ='
run 'import sys; sys.exit(10 ** 20)'
run 'raise KeyboardInterrupt'
run 'assert False'
run 'try:
    raise SystemExit(2)
finally:
    print("cleanup")'
