# mailcap: entries, fields, which command is found, what is not safe.
import os
import tempfile
import warnings

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    import mailcap
print(caught[0].message)
warnings.simplefilter('always')
warnings.showwarning = lambda message, category, *rest: print('warning', category.__name__, message)
folder = tempfile.mkdtemp()
path = os.path.join(folder, 'mailcap')
with open(path, 'w') as file:
    file.write('# comment\n\nimage/*; show %s; nametemplate=%s.gif; needsterminal\nImage/ GIF ; view \\; %s %t\\\n'
               '  %{Size} %% %n; edit=gimp %s\n'
               'text/plain; less %s; test=test -n "$NOTHING_OF_THAT_NAME"\ntext/plain; cat %s\nbroken\n')
os.environ['MAILCAPS'] = path + os.pathsep + os.path.join(folder, 'none')
caps = mailcap.getcaps()
print(caps)
for kind, key, name, params in (('image/gif', 'view', 'a.gif', ['size=3', 'x=y']), ('image/gif', 'edit', '/tmp/x', []),
                                ('image/png', 'view', 'p', []),
                                ('text/plain', 'view', 't.txt', []), ('video/x', 'view', 'v', []), ('image/gif',
                                                                                                    'view', 'a;rm', []),
                                ('image/gif', 'view', 'a', ['size=$(x)']), ('image/gif', 'nametemplate', 'n', [])):
    print(kind, key, mailcap.findmatch(caps, kind, key, name, params))
print(mailcap.subst('%s %t %{a} %q \\%', 'x/y', 'f', ['A=1']), mailcap.subst('%t', 'x;y', 'f'),
      mailcap.listmailcapfiles()[0] == path)
print(mailcap.lookup(caps, 'image/gif', 'edit'), mailcap.findparam('A', ['a=1']), mailcap.parsefield('a\\;b;c', 0, 6))
