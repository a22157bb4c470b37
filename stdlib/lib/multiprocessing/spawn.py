"""The life of a process that was spawned: it makes the main module anew and then does what its parent sent."""
import functools
import os
import runpy
import sys
import types
from . import get_start_method, process, set_start_method
from .context import reduction

__all__ = ['_main', 'freeze_support', 'set_executable', 'get_executable', 'get_preparation_data', 'get_command_line',
           'import_main_path']

_FORK_FLAG = '--multiprocessing-fork'

# The interpreter that children run, as bytes.
_python_exe = sys.executable and os.fsencode(sys.executable)


def set_executable(exe):
    """Choose the interpreter that children run."""
    global _python_exe
    _python_exe = None if exe is None else os.fsencode(exe)


def get_executable():
    return _python_exe


def is_forking(argv):
    """Is this command line that of a spawned process?"""
    return argv[1:2] == [_FORK_FLAG]


def freeze_support():
    """Run what the parent sent, in a frozen program; here there is nothing to do."""


def get_command_line(**kwds):
    """The command line of a process to be spawned."""
    from subprocess import _args_from_interpreter_flags
    arguments = ', '.join(f'{name}={value!r}' for name, value in kwds.items())
    program = f'from multiprocessing.spawn import spawn_main; spawn_main({arguments})'
    return [os.fsdecode(_python_exe), *_args_from_interpreter_flags(), '-c', program, _FORK_FLAG]


def spawn_main(pipe_handle, parent_pid=None, tracker_fd=None):
    """Read from the pipe what is to be done, and do it."""
    assert is_forking(sys.argv), 'Not forking'
    from .resource_tracker import _resource_tracker as tracker
    tracker._fd = tracker_fd
    # The pipe itself is closed when all is read; its copy tells when the parent dies.
    sys.exit(_main(pipe_handle, parent_sentinel=os.dup(pipe_handle)))


def _main(fd, parent_sentinel):
    me = process.current_process()
    with open(fd, 'rb') as from_parent:
        me._inheriting = True
        try:
            prepare(reduction.pickle.load(from_parent))
            task = reduction.pickle.load(from_parent)
        finally:
            del process.current_process()._inheriting
    return task._bootstrap(parent_sentinel)


def _check_not_importing_main():
    if getattr(process.current_process(), '_inheriting', False):
        raise RuntimeError('''
        An attempt has been made to start a new process before the
        current process has finished its bootstrapping phase.

        This probably means that you are not using fork to start your
        child processes and you have forgotten to use the proper idiom
        in the main module:

            if __name__ == '__main__':
                freeze_support()
                ...

        The "freeze_support()" line can be omitted if the program
        is not going to be frozen to produce an executable.''')


def get_preparation_data(name):
    """What a spawned process must know before it can unpickle anything."""
    _check_not_importing_main()
    from . import util
    home = process.ORIGINAL_DIR
    data = {
        'name': name,
        'authkey': process.current_process().authkey,
        'log_to_stderr': util._log_to_stderr,
        'start_method': get_start_method(),
        'dir': os.getcwd(),
        'orig_dir': home,
        'sys_argv': sys.argv,
        'sys_path': [home if home and not folder else folder for folder in sys.path],
    }
    if util._logger is not None:
        data['log_level'] = util._logger.getEffectiveLevel()
    return data | _main_module()


def _main_module():
    """How a child finds the main module, if it can."""
    main = sys.modules['__main__']
    name = getattr(getattr(main, '__spec__', None), 'name', None)
    if name is not None:
        return {'init_main_from_name': name}
    path = getattr(main, '__file__', None)
    if path is None:
        return {}
    # The program may have gone to another folder since it was started.
    return {'init_main_from_path': os.path.normpath(os.path.join(process.ORIGINAL_DIR or '', path))}


old_main_modules = []


def _set_name(name):
    process.current_process().name = name


def _set_authkey(key):
    process.current_process().authkey = key


def _set_logging(wanted):
    from .util import log_to_stderr
    if wanted:
        log_to_stderr()


def _set_log_level(level):
    from .util import get_logger
    get_logger().setLevel(level)


def _set_original_dir(folder):
    process.ORIGINAL_DIR = folder


def prepare(data):
    """Make this process as the parent described it."""
    steps = {
        'name': _set_name, 'authkey': _set_authkey, 'log_to_stderr': _set_logging, 'log_level': _set_log_level,
        'sys_path': functools.partial(setattr, sys, 'path'), 'sys_argv': functools.partial(setattr, sys, 'argv'),
        'dir': os.chdir, 'orig_dir': _set_original_dir,
        'start_method': functools.partial(set_start_method, force=True),
        # The main module comes last: it runs code of the program.
        'init_main_from_name': _fixup_main_from_name, 'init_main_from_path': _fixup_main_from_path,
    }
    for key, step in steps.items():
        if key in data:
            step(data[key])


def _become_main(content):
    made = types.ModuleType('__mp_main__')
    vars(made).update(content)
    old_main_modules.append(sys.modules['__main__'])
    sys.modules.update(__main__=made, __mp_main__=made)


def _fixup_main_from_name(name):
    # A package that is run keeps what it does behind a test of its name in the file __main__ itself.
    is_script = name.rpartition('.')[2] == '__main__'
    known = getattr(getattr(sys.modules['__main__'], '__spec__', None), 'name', None)
    if not is_script and known != name:
        _become_main(runpy.run_module(name, run_name='__mp_main__', alter_sys=True))


def _fixup_main_from_path(path):
    stem, _ = os.path.splitext(os.path.basename(path))
    # IPython's main module is IPython, not what it runs.
    if stem != 'ipython' and getattr(sys.modules['__main__'], '__file__', None) != path:
        _become_main(runpy.run_path(path, run_name='__mp_main__'))


def import_main_path(main_path):
    """Make the module of that file the main one."""
    _fixup_main_from_path(main_path)
