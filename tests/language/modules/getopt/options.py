# getopt and gnu_getopt.
import getopt

print(getopt.getopt("-a -bfoo -c bar x -d".split(), "ab:c:d"))
print(getopt.gnu_getopt("-a x --alpha=1 y --be z -- -q".split(), "a", ["alpha=", "beta"]))
for args in ["-q", "-b", "--alpha", "--beta=1", "--b", "--zeta"]:
    try:
        print(getopt.getopt([args], "ab:", ["alpha=", "beta", "bold"]))
    except getopt.GetoptError as error:
        print(error, "|", error.msg, "|", error.opt)
