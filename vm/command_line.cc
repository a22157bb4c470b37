// command_line.cc: the options of `gila`; they are python3's, and `gila dis FILE`.
#include "vm/command_line.h"

#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <string_view>

namespace gila::vm {
namespace {

constexpr const char kUsage[] =
    "usage: gila [option] ... [-c cmd | -m mod | file | -] [arg] ...\n"
    "       gila dis file\n"
    "       gila explore [--runs N] [--seed S] [--timeout SECONDS] [--sort] [--library] file\n"
    "                    [arg] ...\n"
    "       gila compare [--runs N] [--threads 1,2,4] [--html FILE] file [arg] ...\n"
    "       gila trace [-o page.html|trace.json] file [arg] ...\n"
    "Options (and corresponding environment variables):\n"
    "-b     : issue warnings about str(bytes) and comparing bytes with str (-bb: issue errors)\n"
    "-B     : accepted; no bytecode files are written\n"
    "-c cmd : program passed in as string (terminates option list)\n"
    "-E     : ignore environment variables\n"
    "-h     : print this help message and exit (also --help)\n"
    "-i     : inspect interactively after running the script\n"
    "-I     : isolate from the user's environment (implies -E, -P and -s)\n"
    "-m mod : run library module as a script (terminates option list)\n"
    "-O     : remove assert and __debug__-dependent statements\n"
    "-OO    : do -O changes and also discard docstrings\n"
    "-P     : don't prepend a potentially unsafe path to sys.path (PYTHONSAFEPATH)\n"
    "-q     : don't print version and copyright messages on interactive startup\n"
    "-R     : hashes of texts are random (they are, unless PYTHONHASHSEED=0)\n"
    "-u     : force the stdout and stderr streams to be unbuffered (PYTHONUNBUFFERED=x)\n"
    "-v     : verbose (trace import statements)\n"
    "-V     : print the version number and exit (also --version)\n"
    "-W arg : warning control; arg is action:message:category:module:lineno\n"
    "-x     : skip the first line of the source\n"
    "-X opt : set implementation-specific option: gil=0|1, gcstress=N, deadlock=off,\n"
    "         trace=FILE, gil_stats[=FILE], switch=every, schedule=SEED[,DEPTH,STEPS], dev,\n"
    "         utf8, int_max_str_digits=N, no_debug_ranges, warn_default_encoding,\n"
    "         faulthandler, inspect\n"
    "--gil-stats[=FILE] : at the end, what each thread had of the global interpreter lock\n"
    "file   : program read from script file\n"
    "-      : program read from stdin (default; interactive mode if a tty)\n"
    "arg ...: arguments passed to program in sys.argv[1:]\n";

class Parser {
 public:
  Parser(int argc, char** argv) : argc_(argc), argv_(argv) {}

  CommandLine Parse() {
    while (!done_ && next_ < argc_ && argv_[next_][0] == '-' && argv_[next_][1] != '\0')
      ParseWord(argv_[next_++]);
    if (!done_) ParseTarget();
    return std::move(line_);
  }

 private:
  void Exit(int status) {
    line_.mode = RunMode::kExit;
    line_.exit_status = status;
    done_ = true;
  }
  void Unknown(const char* option) {
    const bool word = option[1] == '-';
    fprintf(stderr, word ? "unknown option %s\n" : "Unknown option: %s\n", option);
    fprintf(stderr, "usage: gila [option] ... [-c cmd | -m mod | file | -] [arg] ...\n");
    fprintf(stderr, "Try `gila -h' for more information.\n");
    Exit(2);
  }

  void ParseWord(const char* word) {
    if (strcmp(word, "--") == 0) return ParseTarget();
    if (strcmp(word, "--help") == 0) return Help();
    if (strcmp(word, "--version") == 0) return Version();
    if (strcmp(word, "--gil-stats") == 0 || strncmp(word, "--gil-stats=", 12) == 0) {
      line_.x_options.emplace_back("gil_stats", word[11] == '=' ? word + 12 : "");
      return;
    }
    if (word[1] == '-') return Unknown(word);
    for (const char* letter = word + 1; *letter != '\0' && !done_; ++letter) {
      if (strchr("cmWX", *letter) != nullptr) return ParseWithValue(*letter, letter + 1);
      ParseFlag(*letter);
    }
  }

  void Help() {
    fputs(kUsage, stdout);
    Exit(0);
  }
  void Version() {
    puts("Gila 3.11.0");
    Exit(0);
  }

  void ParseFlag(char letter) {
    switch (letter) {
      case 'B':
        line_.dont_write_bytecode = true;
        return;
      case 'E':
        line_.ignore_environment = true;
        return;
      case 'I':
        line_.isolated = line_.ignore_environment = true;
        return;
      case 'i':
        line_.inspect = true;
        return;
      case 'O':
        ++line_.optimize;
        return;
      case 'q':
        line_.quiet = true;
        return;
      case 'u':
        line_.unbuffered = true;
        return;
      case 'v':
        line_.verbose = true;
        return;
      case 'h':
      case '?':
        return Help();
      case 'V':
        return Version();
      case 'b':
        ++line_.bytes_warning;
        return;
      case 'd':
        ++line_.parser_debug;
        return;
      case 'P':
        line_.safe_path = true;
        return;
      case 'R':
        return;  // hashes are random anyway
      case 's':
        line_.no_user_site = true;
        return;
      case 'S':
        line_.no_site = true;
        return;
      case 'x':
        line_.skip_first_line = true;
        return;
      default: {
        const char option[] = {'-', letter, '\0'};
        return Unknown(option);
      }
    }
  }

  void ParseWithValue(char letter, const char* attached) {
    const char* value = *attached != '\0' ? attached : next_ < argc_ ? argv_[next_++] : nullptr;
    if (value == nullptr) {
      fprintf(stderr, "Argument expected for the -%c option\n", letter);
      fprintf(stderr, "usage: gila [option] ... [-c cmd | -m mod | file | -] [arg] ...\n");
      fprintf(stderr, "Try `gila -h' for more information.\n");
      return Exit(2);
    }
    switch (letter) {
      case 'c':
        line_.target = std::string(value) + "\n";
        return Run(RunMode::kCommand, "-c");
      case 'm':
        line_.target = value;
        return Run(RunMode::kModule, "-m");
      case 'W':
        line_.warn_options.push_back(value);
        return;
      default: {
        const char* equals = strchr(value, '=');
        line_.x_options.emplace_back(
            equals == nullptr ? std::string(value) : std::string(value, equals),
            equals == nullptr ? "" : equals + 1);
      }
    }
  }

  // The rest are the program's arguments.
  void Run(RunMode mode, const std::string& argv0) {
    line_.mode = mode;
    line_.argv.push_back(argv0);
    while (next_ < argc_) line_.argv.push_back(argv_[next_++]);
    done_ = true;
  }

  void ParseTarget() {
    if (next_ >= argc_) {
      line_.argv.push_back("");
      line_.mode = isatty(0) != 0 || line_.inspect ? RunMode::kInteractive : RunMode::kStdin;
      done_ = true;
      return;
    }
    const std::string first = argv_[next_++];
    if (first == "-") return Run(isatty(0) != 0 ? RunMode::kInteractive : RunMode::kStdin, "-");
    if (first == "trace" && access("trace", F_OK) != 0) return ParseTrace();
    for (const char* const tool : {"compare", "explore"}) {
      if (first != tool || access(tool, F_OK) == 0) continue;
      line_.target = std::string("_gila.") + tool;
      return Run(RunMode::kModule, "-m");
    }
    if (first == "dis" && access("dis", F_OK) != 0) {
      if (next_ != argc_ - 1 || argv_[next_][0] == '-') {
        const bool asked = next_ < argc_ && strcmp(argv_[next_], "--help") == 0;
        fputs("usage: gila dis script.py\n", asked ? stdout : stderr);
        return Exit(asked ? 0 : 2);
      }
      line_.target = argv_[next_++];
      return Run(RunMode::kDisassemble, line_.target);
    }
    line_.target = first;
    Run(RunMode::kScript, first);
  }

  void Refuse(const char* format, const std::string& word) {
    fprintf(stderr, format, word.c_str());
    Exit(2);
  }

  // trace [-o FILE] script [-o FILE] [args]: the page goes to FILE, trace.html without one.
  void ParseTrace() {
    std::string page;
    const auto take_option = [&] {
      if (next_ + 1 >= argc_ || strcmp(argv_[next_], "-o") != 0) return;
      page = argv_[next_ + 1];
      next_ += 2;
    };
    take_option();
    constexpr const char* kTraceUsage =
        "usage: gila trace [-o FILE.html|FILE.json] script.py [-o FILE] [args]\n";
    if (next_ < argc_ && (strcmp(argv_[next_], "--help") == 0 || strcmp(argv_[next_], "-h") == 0)) {
      fputs(kTraceUsage, stdout);
      return Exit(0);
    }
    if (next_ >= argc_ || argv_[next_][0] == '-') {
      fputs(kTraceUsage, stderr);
      return Exit(2);
    }
    line_.target = argv_[next_++];
    take_option();
    if (access(line_.target.c_str(), R_OK) != 0)
      return Refuse("gila trace: there is no file '%s'\n", line_.target);
    if (page.empty()) page = "trace.html";
    // Better now than when the program has ended.
    const size_t slash = page.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : page.substr(0, slash + 1);
    if (access(folder.c_str(), W_OK) != 0)
      return Refuse("gila trace: '%s' cannot be written\n", page);
    line_.x_options.emplace_back("trace", page);
    Run(RunMode::kScript, line_.target);
  }

  const int argc_;
  char** const argv_;
  int next_ = 1;
  bool done_ = false;
  CommandLine line_;
};

}  // namespace

CommandLine ParseCommandLine(int argc, char** argv) { return Parser(argc, argv).Parse(); }

}  // namespace gila::vm
