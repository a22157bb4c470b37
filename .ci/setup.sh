# shellcheck shell=bash disable=SC2154
# Sourced by run.sh and test.sh, which set `root` to the top of the repository first. Here lives what
# both need: the list of Debian packages (the only one), their installation, and the incremental build.
# Everything here talks to stderr and reads no stdin, so that a script's own streams stay untouched.

# Debian 12 packages. The compiler pair first, then the build tools, then the libraries linked in.
readonly gila_packages=(
  clang-19 lld-19 libclang-rt-19-dev g++ libc6-dev
  cmake ninja-build ccache re2c bison pkg-config
  libabsl-dev libgmp-dev libutf8proc-dev libpcre2-dev libuv1-dev libssl-dev zlib1g-dev libbz2-dev liblzma-dev
  libexpat1-dev libffi-dev libsqlite3-dev libedit-dev libncurses-dev libbsd-dev libmd-dev unicode-data tzdata catch2
)

# What only some tests use: a browser, to look at the pages that the tools write.
readonly gila_test_packages=(chromium)

say() { printf 'gila: %s\n' "$*" >&2; }

die() {
  say "$*"
  exit 1
}

# Runs a command as root: directly when we are, else through sudo.
as_root() {
  if [[ $(id -u) -eq 0 ]]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "need root (or sudo) to run: $*"
  fi
}

# ensure_packages PACKAGE...: installs those that are missing. Elsewhere than on Debian it only names them.
ensure_packages() {
  local package missing=()
  if ! command -v dpkg-query >/dev/null; then
    say "not a Debian system; make sure of these packages' contents: $*"
    return
  fi
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' ||
      missing+=("$package")
  done
  [[ ${#missing[@]} -eq 0 ]] && return
  say "installing ${missing[*]}"
  local log
  log=$(mktemp)
  if ! { as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q &&
    as_root env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -q --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 </dev/null; then
    tail -n 40 "$log" >&2
    die "apt could not install what is missing (whole log: $log)"
  fi
  rm -f "$log"
}

# The program that a preset builds.
preset_binary() {
  case $1 in
    nogil | tsan | count) echo "build/$1/gila-nogil" ;;
    fuzz) echo build/fuzz/gila_fuzz ;;
    *) echo "build/$1/gila" ;;
  esac
}

# True when nothing that a build reads is newer than the last good build of this preset and target set.
# A deleted or renamed file shows as a newer folder.
up_to_date() {
  local preset=$1 stamp=$2
  [[ -e $root/$stamp && -x $root/$(preset_binary "$preset") ]] || return 1
  [[ -z $(cd "$root" && find CMakeLists.txt CMakePresets.json compiler runtime vm stdlib \
    ${3:+"$3"} -newer "$stamp" -not -path '*/__pycache__*' -print -quit) ]]
}

# build PRESET [TARGET]: configures when needed and builds one target (default: all of them).
# A second call while nothing changed costs one `find`. Calls from two processes wait for each other.
build() {
  local preset=$1 target=${2:-all}
  local folder=build/$preset
  local stamp=$folder/.built-$target watched=
  [[ $target == all && -d $root/tests/unit ]] && watched=tests/unit
  up_to_date "$preset" "$stamp" "$watched" && return
  ensure_packages "${gila_packages[@]}"
  say "building $folder ($target)"
  mkdir -p "$root/$folder"
  (
    cd "$root" || exit 1
    exec </dev/null >&2 9>"$folder/.lock"
    flock 9
    touch "$stamp.begun"
    if [[ ! -f $folder/build.ninja ]]; then
      cmake --preset "$preset" >"$folder/configure.log" 2>&1 || {
        cat "$folder/configure.log"
        exit 1
      }
    fi
    if [[ -t 2 ]]; then
      ninja -C "$folder" "$target" 9>&-
    else
      ninja -C "$folder" "$target" 9>&- >"$folder/build.log" 2>&1 || {
        grep -v '^\[[0-9]*/[0-9]*\]' "$folder/build.log" | head -n 100
        exit 1
      }
    fi || exit 1
    mv "$stamp.begun" "$stamp"
  ) || {
    say "the build of $folder failed"
    return 1
  }
}
