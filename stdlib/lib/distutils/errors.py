"""The exceptions of distutils."""


class DistutilsError(Exception):
    """Something about building went wrong."""


def _kinds(base, names):
    for name in names.split():
        globals()[name] = type(name, (base,), {'__module__': __name__, '__doc__': f'A {base.__name__} of its own kind.'})


_kinds(DistutilsError, 'DistutilsModuleError DistutilsClassError DistutilsGetoptError DistutilsArgError DistutilsFileError '
                       'DistutilsOptionError DistutilsSetupError DistutilsPlatformError DistutilsExecError '
                       'DistutilsInternalError DistutilsTemplateError DistutilsByteCompileError')


class CCompilerError(Exception):
    """Something about compiling went wrong."""


_kinds(CCompilerError, 'PreprocessError CompileError LibError LinkError UnknownFileError')
