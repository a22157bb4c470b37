# A command interpreter.
import cmd
import io
import sys


class Shell(cmd.Cmd):
    prompt = "> "
    intro = "Welcome"

    def do_add(self, line):
        "add a b: prints the sum"
        print(sum(map(int, line.split())))

    def do_quit(self, line):
        return True

    def help_topic(self):
        print("about the topic")

    def do_shell(self, line):
        print("shell", line)

    def precmd(self, line):
        return line.strip()

    def postloop(self):
        print("bye")


shell = Shell(stdin=io.StringIO("add 1 2\n\nhelp\nhelp add\n?topic\nhelp nothing\n!ls -l\nwhat is\nquit\n"), stdout=sys.stdout)
shell.use_rawinput = False
shell.cmdloop()
print(shell.parseline("add 1"), shell.parseline(""), shell.parseline("?x"), shell.completenames("a"), shell.lastcmd)
shell.columnize(["item%d" % i for i in range(40)], 60)
shell.onecmd("EOF")
