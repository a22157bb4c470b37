# site: .pth files, the user's folders; a package as pip installs it is found with its metadata.
import importlib.metadata
import os
import runpy
import site
import sys
import tempfile

with tempfile.TemporaryDirectory() as folder:
    def write(path, text):
        path = os.path.join(folder, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w') as file:
            file.write(text)

    write('own.pth', '# comment\n\nextra\nnot/there\nimport sys; sys.from_pth = 42\n')
    write('bad.pth', '')
    write('extra/inner_module.py', 'value = 1\n')
    write('parrot/__init__.py', "name = 'polly'\n")
    write('parrot/__main__.py', "import sys\nprint('main of', __package__, __name__, sys.argv[1:])\n")
    write('parrot-1.2.dist-info/METADATA', 'Metadata-Version: 2.1\nName: parrot\nVersion: 1.2\nRequires-Dist: nail (>=1)\n')
    write('parrot-1.2.dist-info/RECORD', 'parrot/__init__.py,,\n')
    write('parrot-1.2.dist-info/entry_points.txt', '[console_scripts]\nsquawk = parrot:name\n')
    site.addsitedir(folder)
    import inner_module
    import parrot
    print(inner_module.value, parrot.name, sys.from_pth, sys.path[-2:] == [folder, os.path.join(folder, 'extra')])
    print(importlib.metadata.version('parrot'), importlib.metadata.requires('parrot'),
          importlib.metadata.metadata('parrot')['Name'], [str(f) for f in importlib.metadata.files('parrot')])
    print([(e.name, e.load()) for e in importlib.metadata.entry_points(group='console_scripts') if e.name == 'squawk'])
    sys.argv[1:] = ['a']
    print(runpy.run_module('parrot', run_name='__main__', alter_sys=False)['__name__'])
os.environ['PYTHONUSERBASE'] = '/some/where'
site.USER_BASE = site.USER_SITE = None
print(site.getuserbase(), site.getusersitepackages())
