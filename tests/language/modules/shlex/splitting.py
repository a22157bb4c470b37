# split, quote, join and the lexer.
import shlex

for line in ["a 'b c' d\\ e \"f\\\"g\"", "x#y # no", "", "a=b;c|d", "''", "a''b"]:
    print(shlex.split(line), shlex.split(line, comments=True), shlex.split(line, posix=False))
print(shlex.quote("a b'c"), shlex.quote(""), shlex.quote("a.b/c"), shlex.join(["echo", "it's", "$x"]))
print(list(shlex.shlex("a=b;c|d 'e f' # g\nh")), list(shlex.shlex("a&&b||c;d >e", punctuation_chars=True)))
lexer = shlex.shlex("one two\nthree", infile="f")
lexer.push_token("zero")
print(lexer.get_token(), lexer.get_token(), lexer.lineno, lexer.error_leader())
for line in ["'open", "open\\"]:
    try:
        shlex.split(line)
    except ValueError as error:
        print(error)
