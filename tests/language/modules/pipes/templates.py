# pipes: steps of every kind, files read and written through them, commands, errors.
import os
import tempfile
import warnings

with warnings.catch_warnings():
    warnings.simplefilter('ignore')
    import pipes


def attempt(label, function, *args):
    try:
        print(label, '->', repr(function(*args)))
    except Exception as error:
        print(label, '!!', type(error).__name__, error)


folder = tempfile.mkdtemp()
path, other = os.path.join(folder, 'a b'), os.path.join(folder, 'other')
template = pipes.Template()
template.append('tr a-z A-Z', pipes.STDIN_STDOUT)
with template.open(path, 'w') as file:
    file.write('hello\n')
with open(path) as file:
    print(file.read())
template.prepend('sed s/L/w/g', '--')
template.append('cat $IN', 'f-')
template.append('cat > $OUT', '-f')
template.append('cat <$IN >$OUT', 'ff')
with template.open(path, 'r') as file:
    print(file.read())
print(template.copy(path, other))
with open(other) as file:
    print(file.read())
print(template, template.clone().steps == template.steps)
plain = pipes.Template()
print(plain.makepipeline('in file', "it's"), plain.makepipeline('', ''))
plain.append('sort', '--')
plain.append('uniq -c', '--')
print(plain.makepipeline('a', 'b'))
plain.prepend('echo hi', '.-')
with plain.open('', 'r') as file:
    print(file.read().split())
for name, *args in (('append', 5, '--'), ('append', 'x', '??'), ('append', 'x', '.-'), ('append', 'x', 'f-'),
                    ('append', 'x $IN', 'ff'), ('prepend', 5, '--'),
                    ('prepend', 'x', '-.'), ('prepend', 'x', '--'), ('prepend', 'x', 'q'), ('open', 'x', 'a'),
                    ('open_w', 'x')):
    attempt(name, getattr(plain, name), *args)
plain.append('cat > /dev/null', '-.')
attempt('sink', plain.append, 'x', '--')
attempt('read', plain.open_r, 'x')
plain.reset()
print(plain, pipes.quote("it's"))
