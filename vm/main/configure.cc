// configure.cc: see configure.h.
#include "vm/main/configure.h"

#include <langinfo.h>
#include <locale.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sstream>

#include "stdlib/library_files.h"
#include "stdlib/start_locale.h"
#include "vm/main/run.h"
#include "vm/main/virtual_environment.h"

namespace gila::vm {
namespace {

// The last -X option of that name; null without one.
const std::string* Option(const CommandLine& line, std::string_view name) {
  const std::string* found = nullptr;
  for (const auto& [option, value] : line.x_options)
    if (option == name) found = &value;
  return found;
}

bool IsAsked(const CommandLine& line, const char* option, const char* variable) {
  return Option(line, option) != nullptr || HeededVariable(line, variable) != nullptr;
}

// --- encodings ---

// 1 or 0 when the user has decided, else -1.
int AskedUtf8Mode(const CommandLine& line) {
  if (const std::string* option = Option(line, "utf8")) {
    if (option->empty() || *option == "1") return 1;
    if (*option == "0") return 0;
    FatalConfig("preconfig_init_utf8_mode: invalid -X utf8 option value", "preinitializing");
  }
  const char* const variable = HeededVariable(line, "PYTHONUTF8");
  if (variable == nullptr) return -1;
  if (strcmp(variable, "1") == 0) return 1;
  if (strcmp(variable, "0") == 0) return 0;
  FatalConfig("preconfig_init_utf8_mode: invalid PYTHONUTF8 environment variable value",
              "preinitializing");
}

// The locale of characters that the environment asks for.
std::string AskedLocale() {
  for (const char* const variable : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* const name = getenv(variable);
    if (name != nullptr && *name != '\0') return strcmp(name, "POSIX") == 0 ? "C" : name;
  }
  return "C";
}

bool IsUtf8Locale(const std::string& name) { return name == "C.UTF-8" || name == "C.utf8"; }

// PEP 538: who asked for no locale gets C.UTF-8, and so do the programs that are started from here;
// unless LC_ALL says that C is meant. True when that is done.
bool CoerceLocale(const CommandLine& line) {
  const char* const wish = HeededVariable(line, "PYTHONCOERCECLOCALE");
  const char* const all = getenv("LC_ALL");
  if ((wish != nullptr && strcmp(wish, "0") == 0) || (all != nullptr && *all != '\0')) return false;
  setenv("LC_CTYPE", "C.UTF-8", 1);
  if (wish != nullptr && strcmp(wish, "warn") == 0)
    fputs(
        "Python detected LC_CTYPE=C: LC_CTYPE coerced to C.UTF-8 (set another locale or "
        "PYTHONCOERCECLOCALE=0 to disable this locale coercion behavior).\n",
        stderr);
  return true;
}

// A locale that is not installed counts as C, and C as a wish for UTF-8 mode (PEP 540). What C and
// C.UTF-8 are is known without the C library (start_locale.h).
void ChooseEncoding(const CommandLine& line, LibraryOptions* options) {
  std::string locale = AskedLocale();
  if (locale != "C" && !IsUtf8Locale(locale)) {
    const char* const installed = setlocale(LC_CTYPE, locale.c_str());
    locale = installed != nullptr ? installed : "C";
  }
  const bool plain = locale == "C";
  const int asked = AskedUtf8Mode(line);
  if (plain && CoerceLocale(line)) locale = "C.UTF-8";
  NoteStartLocale(locale);
  options->utf8_mode = asked == 1 || (asked == -1 && plain);
  if (options->utf8_mode || locale == "C" || IsUtf8Locale(locale))
    options->stream_errors = "surrogateescape";
  if (options->utf8_mode || IsUtf8Locale(locale)) return;
  const std::string encoding = locale == "C" ? "ascii" : nl_langinfo(CODESET);
  if (!encoding.empty() && encoding != "UTF-8") options->stream_encoding = encoding;
}

// PYTHONIOENCODING=encoding:errors, each of which may be missing.
void ReadStreamEncoding(const CommandLine& line, LibraryOptions* options) {
  const char* const given = HeededVariable(line, "PYTHONIOENCODING");
  if (given == nullptr) return;
  const std::string text = given;
  const size_t colon = text.find(':');
  const std::string encoding = text.substr(0, colon);
  if (!encoding.empty()) {
    options->stream_encoding = encoding;
    options->stream_errors = "strict";
  }
  if (colon != std::string::npos && colon + 1 < text.size())
    options->stream_errors = text.substr(colon + 1);
}

// --- the rest ---

void ReadDigitLimit(const CommandLine& line, LibraryOptions* options) {
  const std::string* const option = Option(line, "int_max_str_digits");
  const char* const text =
      option != nullptr ? option->c_str() : HeededVariable(line, "PYTHONINTMAXSTRDIGITS");
  if (text == nullptr) return;
  char* end;
  errno = 0;
  const long limit = strtol(text, &end, 10);
  if (*text == '\0' || *end != '\0' || errno != 0 || (limit != 0 && limit < 640) ||
      limit > INT32_MAX) {
    FatalConfig(option != nullptr ? "config_init_int_max_str_digits: -X int_max_str_digits: "
                                    "invalid limit; must be >= 640 or 0 for unlimited."
                                  : "config_init_int_max_str_digits: PYTHONINTMAXSTRDIGITS: "
                                    "invalid limit; must be >= 640 or 0 for unlimited.",
                "preinitialized");
  }
  options->int_max_str_digits = limit;
}

// In the order in which the filters are to be put on top of each other: -W has the last word, but
// for -b.
void ReadWarningOptions(const CommandLine& line, LibraryOptions* options) {
  std::vector<std::string>& all = options->warn_options;
  if (options->dev_mode) all.push_back("default");
  if (const char* const given = HeededVariable(line, "PYTHONWARNINGS")) {
    std::istringstream words(given);
    for (std::string word; std::getline(words, word, ',');) all.push_back(word);
  }
  all.insert(all.end(), line.warn_options.begin(), line.warn_options.end());
  if (options->bytes_warning > 0)
    all.push_back(options->bytes_warning > 1 ? "error::BytesWarning" : "default::BytesWarning");
}

}  // namespace

void FatalConfig(const char* message, const char* state) {
  fprintf(stderr, "Fatal Python error: %s\n", message);
  if (state != nullptr) fprintf(stderr, "Python runtime state: %s\n\n", state);
  exit(1);
}

const char* HeededVariable(const CommandLine& line, const char* name) {
  const char* const value = line.ignore_environment ? nullptr : getenv(name);
  return value != nullptr && *value != '\0' ? value : nullptr;
}

LibraryOptions OptionsOf(const CommandLine& line, char** argv, int argc) {
  LibraryOptions options;
  options.argv = line.argv;
  options.orig_argv.assign(argv, argv + argc);
  options.executable = options.base_executable = BinaryPath();
  if (const auto found = FindVirtualEnvironment(argv[0], options.executable);
      !found.prefix.empty()) {
    options.executable = found.executable;
    options.base_executable = found.base_executable;
    options.environment = found.prefix;
  }
  options.path0 = FirstSearchPath(line);
  options.safe_path =
      line.safe_path || line.isolated || HeededVariable(line, "PYTHONSAFEPATH") != nullptr;
  // A folder or an archive that is run is an entry of the path itself.
  options.has_path0 =
      !options.safe_path || (line.mode == RunMode::kScript && RunsPathEntry(line.target));
  options.x_options = line.x_options;
  options.optimize = line.optimize;
  if (const char* const level = HeededVariable(line, "PYTHONOPTIMIZE"))
    options.optimize = std::max(options.optimize, std::max(atoi(level), 1));
  options.unbuffered = line.unbuffered || HeededVariable(line, "PYTHONUNBUFFERED") != nullptr;
  options.interactive = line.mode == RunMode::kInteractive || line.inspect;
  options.inspect = line.inspect || HeededVariable(line, "PYTHONINSPECT") != nullptr;
  options.ignore_environment = line.ignore_environment;
  options.isolated = line.isolated;
  options.verbose = line.verbose;
  options.quiet = line.quiet;
  options.dont_write_bytecode =
      line.dont_write_bytecode || HeededVariable(line, "PYTHONDONTWRITEBYTECODE") != nullptr;
  options.no_user_site =
      line.no_user_site || line.isolated || HeededVariable(line, "PYTHONNOUSERSITE") != nullptr;
  options.no_site = line.no_site;
  options.bytes_warning = line.bytes_warning;
  options.parser_debug = line.parser_debug;
  options.dev_mode = IsAsked(line, "dev", "PYTHONDEVMODE");
  options.warn_default_encoding =
      IsAsked(line, "warn_default_encoding", "PYTHONWARNDEFAULTENCODING");
  options.debug_ranges = !IsAsked(line, "no_debug_ranges", "PYTHONNODEBUGRANGES");
  if (const std::string* const prefix = Option(line, "pycache_prefix"))
    options.pycache_prefix = *prefix;
  else if (const char* const variable = HeededVariable(line, "PYTHONPYCACHEPREFIX"))
    options.pycache_prefix = variable;
  ReadWarningOptions(line, &options);
  ReadDigitLimit(line, &options);
  ChooseEncoding(line, &options);
  ReadStreamEncoding(line, &options);
  return options;
}

}  // namespace gila::vm
