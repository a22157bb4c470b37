"""The files that switch a shell over to an environment and back. Names like __VENV_DIR__ are filled in."""

# For bash, zsh and every other shell that knows functions.
ACTIVATE = '''\
# Read this file: ". bin/activate". What it changes, deactivate puts back.

deactivate () {
    if [ "${_OLD_VIRTUAL_PATH+x}" ]; then
        PATH=$_OLD_VIRTUAL_PATH
        export PATH
        unset _OLD_VIRTUAL_PATH
    fi
    if [ "${_OLD_VIRTUAL_PYTHONHOME:+x}" ]; then
        PYTHONHOME=$_OLD_VIRTUAL_PYTHONHOME
        export PYTHONHOME
        unset _OLD_VIRTUAL_PYTHONHOME
    fi
    if [ "${_OLD_VIRTUAL_PS1+x}" ]; then
        PS1=$_OLD_VIRTUAL_PS1
        unset _OLD_VIRTUAL_PS1
    fi
    unset VIRTUAL_ENV VIRTUAL_ENV_PROMPT
    hash -r 2>/dev/null  # the shell has learned where programs are
    [ "${1:-}" = nondestructive ] || unset -f deactivate
}

deactivate nondestructive  # another environment may be active

VIRTUAL_ENV=__VENV_DIR__
export VIRTUAL_ENV
_OLD_VIRTUAL_PATH=$PATH
PATH=$VIRTUAL_ENV/__VENV_BIN_NAME__:$PATH
export PATH

if [ "${PYTHONHOME:+x}" ]; then
    _OLD_VIRTUAL_PYTHONHOME=$PYTHONHOME
    unset PYTHONHOME
fi

VIRTUAL_ENV_PROMPT=__VENV_PROMPT__
export VIRTUAL_ENV_PROMPT
if [ -z "${VIRTUAL_ENV_DISABLE_PROMPT:-}" ]; then
    _OLD_VIRTUAL_PS1=${PS1:-}
    PS1=$VIRTUAL_ENV_PROMPT${PS1:-}
    export PS1
fi

hash -r 2>/dev/null
'''

ACTIVATE_CSH = '''\
# Read this file: "source bin/activate.csh". What it changes, deactivate puts back.

alias _venv_path 'if ($?_OLD_VIRTUAL_PATH) setenv PATH "$_OLD_VIRTUAL_PATH"; unset _OLD_VIRTUAL_PATH'
alias _venv_prompt 'if ($?_OLD_VIRTUAL_PROMPT) set prompt="$_OLD_VIRTUAL_PROMPT"; unset _OLD_VIRTUAL_PROMPT'
alias deactivate '_venv_path; _venv_prompt; unsetenv VIRTUAL_ENV; unsetenv VIRTUAL_ENV_PROMPT; rehash'

deactivate

setenv VIRTUAL_ENV __VENV_DIR__
set _OLD_VIRTUAL_PATH="$PATH"
setenv PATH "$VIRTUAL_ENV/__VENV_BIN_NAME__:$PATH"

setenv VIRTUAL_ENV_PROMPT __VENV_PROMPT__
if (! $?VIRTUAL_ENV_DISABLE_PROMPT && $?prompt) then
    set _OLD_VIRTUAL_PROMPT="$prompt"
    set prompt="$VIRTUAL_ENV_PROMPT$prompt"
endif

rehash
'''

ACTIVATE_FISH = '''\
# Read this file: "source bin/activate.fish". What it changes, deactivate puts back.

function deactivate --description 'leave the environment'
    if set -q _OLD_VIRTUAL_PATH
        set -gx PATH $_OLD_VIRTUAL_PATH
        set -e _OLD_VIRTUAL_PATH
    end
    if set -q _OLD_VIRTUAL_PYTHONHOME
        set -gx PYTHONHOME $_OLD_VIRTUAL_PYTHONHOME
        set -e _OLD_VIRTUAL_PYTHONHOME
    end
    if functions -q _old_fish_prompt
        functions -e fish_prompt
        functions -c _old_fish_prompt fish_prompt
        functions -e _old_fish_prompt
    end
    set -e VIRTUAL_ENV
    set -e VIRTUAL_ENV_PROMPT
    test "$argv[1]" = nondestructive; or functions -e deactivate
end

deactivate nondestructive

set -gx VIRTUAL_ENV __VENV_DIR__
set -gx _OLD_VIRTUAL_PATH $PATH
set -gx PATH $VIRTUAL_ENV/__VENV_BIN_NAME__ $PATH

if set -q PYTHONHOME
    set -gx _OLD_VIRTUAL_PYTHONHOME $PYTHONHOME
    set -e PYTHONHOME
end

set -gx VIRTUAL_ENV_PROMPT __VENV_PROMPT__
if test -z "$VIRTUAL_ENV_DISABLE_PROMPT"; and functions -q fish_prompt
    functions -c fish_prompt _old_fish_prompt
    function fish_prompt
        set -l last $status
        printf '%s' $VIRTUAL_ENV_PROMPT
        command sh -c "exit $last"
        _old_fish_prompt
    end
end
'''

FILES = {'activate': ACTIVATE, 'activate.csh': ACTIVATE_CSH, 'activate.fish': ACTIVATE_FISH}
