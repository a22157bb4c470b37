"""Running programs, and finding them."""
import shutil
import subprocess

from distutils.errors import DistutilsExecError


def find_executable(executable, path=None):
    """The path of a program, or None."""
    return shutil.which(executable, path=path)


def spawn(cmd, search_path=1, verbose=0, dry_run=0, env=None):
    """Runs a command; DistutilsExecError when it does not end well."""
    cmd = list(cmd)
    from distutils import log
    log.info(subprocess.list2cmdline(cmd))
    if dry_run:
        return
    if search_path:
        cmd[0] = find_executable(cmd[0]) or cmd[0]
    try:
        status = subprocess.call(cmd, env=env)
    except OSError as problem:
        raise DistutilsExecError(f'command {cmd[0]!r} failed: {problem.args[-1]}') from problem
    if status:
        raise DistutilsExecError(f'command {cmd[0]!r} failed with exit code {status}')
