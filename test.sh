#!/usr/bin/env bash
# Builds everything and runs every test, or a part of them:
#
#   ./test.sh [PART]...
#
# A PART is a build (gil, nogil, gcstress, debug, gxx, asan, tsan, fuzz), a kind of test (unit, language, threads,
# programs, tools), or both (gil/language). Without one, all of it, the quickest news first. The last
# line counts the individual tests: `N passed, N failed`. What is missing is installed (Debian 12).
set -uo pipefail
root=$(dirname -- "$(readlink -f -- "$0")")
source "$root/.ci/setup.sh"
cd "$root" || exit 1

# Everything there is, in order. The builds with sanitizers run the kinds that they are for.
readonly all_parts=(
  gil/unit gil/language gil/threads gil/programs gil/tools
  nogil/unit nogil/language nogil/threads nogil/programs nogil/tools
  gcstress/language
  debug/unit debug/language
  gxx/build
  asan/unit asan/language
  tsan/threads
  fuzz/fuzz
)

# Subjects that are run once more while the collector runs at every n-th allocation. The long scripts
# and the exhaustive ones would take minutes there and show nothing that these do not.
readonly gcstress_subjects=(
  async builtins classes closures dict exceptions functions gc generators imports iteration
  list set str syntax tuple weakref
)

jobs=$(nproc)
results=$(mktemp) skips=$(mktemp)
trap 'rm -f "$results" "$skips"' EXIT
# Also of programs without the runtime, which sets the rest itself (runtime/heap/address_sanitizer.cc).
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=0}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1:halt_on_error=1}
export TSAN_OPTIONS=${TSAN_OPTIONS:-halt_on_error=0:exitcode=66:history_size=4}

# programs_under BUILD SECONDS [-X OPTION] PATH...: programs with recorded output, SECONDS for each.
# Left out, and counted as skipped: what tests/known_differences.skip names (Gila does not do it as CPython does yet)
# and what tests/BUILD.skip names (that build cannot run it). Both say why.
programs_under() {
  local preset=$1 seconds=$2
  shift 2
  cat tests/known_differences.skip "tests/$preset.skip" >"$skips" 2>/dev/null
  # A machine shared with strangers may stop for seconds; what a sanitizer says is never heard twice.
  local again=(--again)
  [[ $preset == asan || $preset == tsan ]] && again=()
  tests/run_language --gila "$(preset_binary "$preset")" --jobs "$jobs" --timeout "$seconds" \
    --list "$results" --skip "$skips" "${again[@]}" "$@"
}

run_part() {
  local preset=${1%/*} paths=()
  case $1 in
    gcstress/language)
      local subject
      for subject in "${gcstress_subjects[@]}"; do
        [[ -d tests/language/$subject ]] && paths+=("tests/language/$subject")
      done
      programs_under gil 120 -X gcstress=64 "${paths[@]}"
      ;;
    gxx/build) record_pass gxx/build ;;
    fuzz/fuzz) tests/fuzz/run --list "$results" ;;
    */unit) tests/run_unit "build/$preset" --jobs "$jobs" --list "$results" ;;
    debug/language | asan/language) programs_under "$preset" 120 tests/language ;;
    tsan/threads) programs_under tsan 180 tests/threads ;;
    */language) programs_under "$preset" 30 tests/language ;;
    */threads) programs_under "$preset" 60 tests/threads ;;
    */programs) programs_under "$preset" 60 programs ;;
    */tools)
      ensure_packages "${gila_test_packages[@]}"
      programs_under "$preset" 60 tests/tools
      ;;
  esac
}

record_pass() { echo "pass $1" >>"$results"; }
record_fail() { echo "fail $1" >>"$results"; }

# The parts that the arguments name, in the order of all_parts.
selected=()
for part in "${all_parts[@]}"; do
  [[ $# -eq 0 ]] && selected+=("$part")
  for wanted in "$@"; do
    if [[ $wanted == "$part" || $wanted == "${part%/*}" || $wanted == "${part#*/}" ]]; then
      selected+=("$part")
      break
    fi
  done
done
[[ ${#selected[@]} -gt 0 ]] || die "no such part: $*; there are: ${all_parts[*]}"

for part in "${selected[@]}"; do
  preset=${part%/*}
  [[ $preset == gcstress ]] && preset=gil
  [[ -d tests/${part#*/} || $part != */tools ]] || continue
  target=all
  [[ $preset == fuzz ]] && target=gila_fuzz
  if ! build "$preset" "$target"; then
    record_fail "$part (the build failed)"
    continue
  fi
  say "$part"
  started=$SECONDS
  failed_before=$(grep -c '^fail' "$results")
  if ! run_part "$part"; then
    say "$part failed"
    [[ $(grep -c '^fail' "$results") -gt $failed_before ]] || record_fail "$part (it ran no test)"
  fi
  say "$part took $((SECONDS - started)) s"
done

failed=$(grep -c '^fail' "$results")
passed=$(grep -c '^pass' "$results")
skipped=$(grep -c '^skip' "$results")
[[ $failed -gt 0 ]] && grep '^fail' "$results" | sort | uniq -c | sort -rn | head -n 200 >&2
[[ $skipped -gt 0 ]] && suffix=", $skipped skipped"
echo "$passed passed, $failed failed${suffix-}"
[[ $failed -eq 0 && $passed -gt 0 ]]
