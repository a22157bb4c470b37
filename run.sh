#!/usr/bin/env bash
# Builds Gila when something changed and runs a script with it:
#
#   ./run.sh [--nogil] script.py [args]
#
# The first run installs what is missing (Debian 12, as root or with sudo) and builds; later runs start
# at once. Arguments, stdin, signals and the exit status are the script's own; what this script itself
# has to say goes to stderr. Without a script: the prompt.
set -euo pipefail
root=$(dirname -- "$(readlink -f -- "$0")")
source "$root/.ci/setup.sh"

preset=gil
if [[ ${1-} == --nogil ]]; then
  preset=nogil
  shift
fi
binary=$(preset_binary "$preset")
build "$preset" "${binary##*/}" || exit 1
exec "$root/$binary" "$@"
