"""The life of a process that was spawned: it makes the main module anew and then does what its parent sent."""
import os
import runpy
import sys
import types
from . import get_start_method, process, set_start_method
from .context import reduction

__all__ = ['_main', 'freeze_support', 'set_executable', 'get_executable', 'get_preparation_data', 'get_command_line',
           'import_main_path']

_python_exe = os.fsencode(sys.executable) if sys.executable else sys.executable


def set_executable(exe):
    """The interpreter that children run."""
    global _python_exe
    _python_exe = exe if exe is None else os.fsencode(exe)


def get_executable():
    return _python_exe


def is_forking(argv):
    """Is this command line that of a spawned process?"""
    return len(argv) >= 2 and argv[1] == '--multiprocessing-fork'


def freeze_support():
    """Run what the parent sent, in a frozen program; here there is nothing to do."""


def get_command_line(**kwds):
    """The command line of a process to be spawned."""
    import subprocess
    code = 'from multiprocessing.spawn import spawn_main; spawn_main(%s)' % ', '.join(
        '%s=%r' % item for item in kwds.items())
    return [os.fsdecode(_python_exe), *subprocess._args_from_interpreter_flags(), '-c', code, '--multiprocessing-fork']


def spawn_main(pipe_handle, parent_pid=None, tracker_fd=None):
    """Read from the pipe what is to be done, and do it."""
    assert is_forking(sys.argv), 'Not forking'
    from . import resource_tracker
    resource_tracker._resource_tracker._fd = tracker_fd
    parent_sentinel = os.dup(pipe_handle)
    sys.exit(_main(pipe_handle, parent_sentinel))


def _main(fd, parent_sentinel):
    with os.fdopen(fd, 'rb', closefd=True) as from_parent:
        process.current_process()._inheriting = True
        try:
            prepare(reduction.pickle.load(from_parent))
            self = reduction.pickle.load(from_parent)
        finally:
            del process.current_process()._inheriting
    return self._bootstrap(parent_sentinel)


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
    data = {'log_to_stderr': util._log_to_stderr, 'authkey': process.current_process().authkey, 'name': name,
            'sys_path': [process.ORIGINAL_DIR if p == '' and process.ORIGINAL_DIR else p for p in sys.path],
            'sys_argv': sys.argv, 'orig_dir': process.ORIGINAL_DIR, 'dir': os.getcwd(),
            'start_method': get_start_method()}
    if util._logger is not None:
        data['log_level'] = util._logger.getEffectiveLevel()
    main = sys.modules['__main__']
    main_name = getattr(main.__spec__, 'name', None) if getattr(main, '__spec__', None) else None
    if main_name is not None:
        data['init_main_from_name'] = main_name
    else:
        path = getattr(main, '__file__', None)
        if path is not None:
            if not os.path.isabs(path) and process.ORIGINAL_DIR is not None:
                path = os.path.join(process.ORIGINAL_DIR, path)
            data['init_main_from_path'] = os.path.normpath(path)
    return data


old_main_modules = []


def prepare(data):
    """Make this process as the parent described it."""
    if 'name' in data:
        process.current_process().name = data['name']
    if 'authkey' in data:
        process.current_process().authkey = data['authkey']
    if data.get('log_to_stderr'):
        from . import util
        util.log_to_stderr()
    if 'log_level' in data:
        from . import util
        util.get_logger().setLevel(data['log_level'])
    if 'sys_path' in data:
        sys.path = data['sys_path']
    if 'sys_argv' in data:
        sys.argv = data['sys_argv']
    if 'dir' in data:
        os.chdir(data['dir'])
    if 'orig_dir' in data:
        process.ORIGINAL_DIR = data['orig_dir']
    if 'start_method' in data:
        set_start_method(data['start_method'], force=True)
    if 'init_main_from_name' in data:
        _fixup_main_from_name(data['init_main_from_name'])
    elif 'init_main_from_path' in data:
        _fixup_main_from_path(data['init_main_from_path'])


def _become_main(content):
    current = sys.modules['__main__']
    old_main_modules.append(current)
    module = types.ModuleType('__mp_main__')
    module.__dict__.update(content)
    sys.modules['__main__'] = sys.modules['__mp_main__'] = module


def _fixup_main_from_name(name):
    current = sys.modules['__main__']
    if name == '__main__' or name.endswith('.__main__'):
        return
    if getattr(getattr(current, '__spec__', None), 'name', None) == name:
        return
    _become_main(runpy.run_module(name, run_name='__mp_main__', alter_sys=True))


def _fixup_main_from_path(path):
    current = sys.modules['__main__']
    if os.path.splitext(os.path.basename(path))[0] == 'ipython' or getattr(current, '__file__', None) == path:
        return
    _become_main(runpy.run_path(path, run_name='__mp_main__'))


def import_main_path(main_path):
    """Make the module of that file the main one."""
    _fixup_main_from_path(main_path)
