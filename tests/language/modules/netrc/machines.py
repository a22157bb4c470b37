# netrc: machines, the default, macros, comments, quotes, errors.
import netrc
import tempfile
import os


def parsed(text):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'n')
        with open(path, 'w') as file:
            file.write(text)
        try:
            return netrc.netrc(path)
        except netrc.NetrcParseError as error:
            return error.msg, error.lineno


found = parsed('# a comment\nmachine a.b login me password "with space" account x\n#another one\n'
               'macdef m\n\tline 1\n\tline 2\n\ndefault login anonymous password "p\\"q"\n')
print(found.hosts, found.macros, found.authenticators('nowhere'))
print(found)
print(parsed('mashine x'), parsed('machine x logg y'), parsed('macdef m\nline'))
