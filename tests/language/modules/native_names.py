"""Names of native modules that programs ask for: how many fields a result has, catalogues of messages, aliases of signals."""
import locale
import os
import pkgutil
import readline
import signal
import sys
import sysconfig

for kind in (os.stat_result, os.times_result, os.uname_result, os.terminal_size, os.sched_param, os.statvfs_result,
             os.waitid_result):
    print(kind.__name__, kind.n_fields, kind.n_sequence_fields, kind.n_unnamed_fields, os.stat('/').n_fields)
print(repr(signal.SIGIO), repr(signal.SIGPOLL), repr(signal.SIGIOT), signal.SIGCLD is signal.SIGCHLD)
flags = sys.getdlopenflags()
sys.setdlopenflags(flags | 256)
print(flags, sys.getdlopenflags(), sys.setdlopenflags(flags))

print(locale.gettext('no translation'), locale.textdomain(None), locale.textdomain('gila-test'), locale.textdomain('messages'))
print(locale.bindtextdomain('gila-test', None), locale.bindtextdomain('gila-test', os.environ['TMPDIR']) == os.environ['TMPDIR'],
      locale.bind_textdomain_codeset('gila-test', 'UTF-8'), locale.dgettext(None, 'a'), locale.dgettext('gila-test', 'b'),
      locale.dcgettext('gila-test', 'c', locale.LC_MESSAGES))
for call in (lambda: locale.textdomain(5), lambda: locale.bindtextdomain('', 'x'), lambda: locale.gettext(None)):
    try:
        print(call())
    except (TypeError, locale.Error) as error:
        print(type(error).__name__, error)

path = os.path.join(os.environ['TMPDIR'], 'history')
open(path, 'w').close()
for line in ('one', 'two', 'three'):
    readline.add_history(line)
readline.append_history_file(2, path)
with open(path) as file:
    print([line for line in file.read().split('\n') if line in ('one', 'two', 'three')])
for wrong in (-1, 'x'):
    try:
        readline.append_history_file(wrong, path)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print(sysconfig.get_config_vars() is sysconfig._CONFIG_VARS)
try:
    pkgutil.resolve_name(5)
except TypeError as error:
    print(error)
