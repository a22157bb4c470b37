import os
import tempfile

with tempfile.TemporaryFile() as file:
    file.write(b'abc')
    file.seek(0)
    print(file.read())
with tempfile.NamedTemporaryFile('w+', suffix='.txt', prefix='pre') as file:
    name = file.name
    print(os.path.basename(name).startswith('pre'), name.endswith('.txt'), os.path.exists(name))
    file.write('text')
    file.flush()
    print(open(name).read())
print(os.path.exists(name))
with tempfile.TemporaryDirectory() as folder:
    open(os.path.join(folder, 'x'), 'w').close()
    os.makedirs(os.path.join(folder, 'a/b'))
    print(os.path.isdir(folder), oct(os.stat(folder).st_mode & 0o777))
print(os.path.exists(folder))
descriptor, name = tempfile.mkstemp(dir=tempfile.gettempdir())
os.close(descriptor)
print(os.path.isabs(name), oct(os.stat(name).st_mode & 0o777))
os.unlink(name)
folder = tempfile.mkdtemp(prefix=b'x')
print(type(folder), os.path.isdir(folder))
os.rmdir(folder)
with tempfile.SpooledTemporaryFile(max_size=4, mode='w+') as file:
    file.write('abc')
    print(file._rolled)
    file.write('def')
    print(file._rolled)
    file.seek(0)
    print(file.read())
try:
    tempfile.mkstemp(prefix='a', suffix=b'b')
except TypeError as error:
    print(error)
