// re_module.cc: the module _re: compile() with its caches, the functions of the module re,
// escape().
//
// Patterns are remembered twice. `recent` is a small table that is looked up by the identity of the
// notation and the flags: a literal in a program is the same object each time, so re.match("...",
// text) in a loop costs a comparison. Behind it is a dict keyed by (type, notation, flags), from
// which the oldest go when there are too many.
#include "runtime/modules.h"
#include "runtime/types/int.h"
#include "stdlib/re_internal.h"

namespace gila::re {

namespace {

constexpr int64_t kRecent = 128;  // places of the table
constexpr int64_t kMaxCache = 512;

// An entry of the table. Immutable.
struct RecentEntry {
  static Value Source(const Tuple* entry) { return entry->At(0); }
  static Value Flags(const Tuple* entry) { return entry->At(1); }
  static Value Compiled(const Tuple* entry) { return entry->At(2); }
};
Object* recent = nullptr;  // ValueArray of tuples
Object* cache = nullptr;   // Dict

ValueArray* Recent() { return static_cast<ValueArray*>(recent); }
Dict* Cache() { return static_cast<Dict*>(cache); }

Slot& RecentPlace(Value source, Value flags) {
  const uint64_t mixed = (source.word() >> 4) * 0x9E3779B97F4A7C15ull + flags.word();
  return Recent()->items[(mixed >> 32) & (kRecent - 1)];
}

Result<uint32_t> FlagsArgument(Thread& thread, Value flags) {
  if (flags.IsUnbound()) return 0u;
  GILA_TRY(const int64_t number, ToInt64(thread, flags));
  return static_cast<uint32_t>(number);
}

// By the dict, or made.
Result<Value> CompileSlow(Thread& thread, Value source, Value flags_value) GILA_ATTACHED {
  GILA_TRY(const uint32_t flags, FlagsArgument(thread, flags_value));
  if (TypeOf(source) == pattern_type) {
    if (flags != 0)
      return thread.RaiseValueError("cannot process flags argument with a compiled pattern");
    return source;
  }
  if (!IsStr(source) && !IsBytes(source))
    return thread.RaiseTypeError("first argument must be string or compiled pattern");
  const Value number = Value::SmallInt(flags);
  GILA_TRY(Tuple * key,
           NewTuple(thread, std::initializer_list<Value>{TypeOf(source), source, number}));
  GILA_TRY(Value pattern, DictGet(thread, Cache(), key));
  if (pattern.IsUnbound()) {
    if (flags & kTemplate) {
      GILA_TRY_VOID(Warn(thread, "DeprecationWarning",
                         "The re.TEMPLATE/re.T flag is deprecated as it is an undocumented flag "
                         "without an obvious "
                         "purpose. Don't use it."));
    }
    GILA_TRY(pattern, NewPattern(thread, source, flags));
    // Under LOCALE the letters are those of the moment; and a dump is wanted each time.
    if ((pattern.As<Pattern>()->flags() & (kLocale | kDebug)) != 0) return pattern;
    if (Cache()->size.Load() >= kMaxCache) {
      int64_t position = 0;
      Value oldest, ignored;
      if (DictNext(Cache(), &position, &oldest, &ignored)) {
        GILA_TRY_AS(popped, ignored, DictPop(thread, Cache(), oldest));
      }
    }
    GILA_TRY_VOID(DictSet(thread, Cache(), key, pattern));
  }
  GILA_TRY(Tuple * entry, NewTuple(thread, std::initializer_list<Value>{source, number, pattern}));
  RecentPlace(source, number).Store(recent, entry);
  return pattern;
}

Result<Pattern*> Compiled(Thread& thread, Value source, Value flags) GILA_ATTACHED {
  if (!flags.IsSmallInt()) {
    GILA_TRY(const uint32_t number, FlagsArgument(thread, flags));  // none, or a RegexFlag
    flags = Value::SmallInt(number);
  }
  if (GILA_LIKELY(flags.IsSmallInt() && source.IsPointer())) {
    const Value known = RecentPlace(source, flags).Load();
    if (known.IsPointer()) {
      const auto* const entry = known.As<Tuple>();
      if (RecentEntry::Source(entry) == source && RecentEntry::Flags(entry) == flags)
        return RecentEntry::Compiled(entry).As<Pattern>();
    }
  }
  GILA_TRY(const Value pattern, CompileSlow(thread, source, flags));
  return pattern.As<Pattern>();
}

Result<Value> ReCompile(Thread& thread, Args args) {
  return Result<Value>(Compiled(thread, args[0], args[1]));
}
Result<Value> CompileLexicon(Thread& thread, Args args) {
  if (!IsTuple(args[0])) return thread.RaiseTypeError("phrases must be a tuple");
  GILA_TRY(const uint32_t flags, FlagsArgument(thread, args[1]));
  return NewLexicon(thread, args[0].As<Tuple>(), flags);
}
template <Mode kMode>
Result<Value> ReFind(Thread& thread, Args args) {
  GILA_TRY(Pattern * pattern, Compiled(thread, args[0], args[2]));
  return FindMatch(thread, pattern, kMode, args[1], kUnbound, kUnbound);
}
Result<Value> ReFindAll(Thread& thread, Args args) {
  GILA_TRY(Pattern * pattern, Compiled(thread, args[0], args[2]));
  return FindAll(thread, pattern, args[1], kUnbound, kUnbound);
}
Result<Value> ReFindIter(Thread& thread, Args args) {
  GILA_TRY(Pattern * pattern, Compiled(thread, args[0], args[2]));
  return NewMatchIterator(thread, pattern, args[1], kUnbound, kUnbound);
}
Result<Value> ReSplit(Thread& thread, Args args) {
  GILA_TRY(Pattern * pattern, Compiled(thread, args[0], args[3]));
  return Split(thread, pattern, args[1], args[2]);
}
template <bool kWithCount>
Result<Value> ReSub(Thread& thread, Args args) {
  GILA_TRY(Pattern * pattern, Compiled(thread, args[0], args[4]));
  return Substitute(thread, pattern, args[1], args[2], args[3], kWithCount);
}

Result<Value> RePurge(Thread& thread, Args) {
  DictClear(thread, Cache());
  for (int64_t i = 0; i < kRecent; ++i) Recent()->items[i].Store(recent, kNone);
  return kNone;
}

// The characters that mean something in a pattern, or would under VERBOSE.
bool IsSpecial(uint32_t c) {
  return c < 128 && c != 0 &&
         std::string_view("()[]{}?*+-|^$\\.&~# \t\n\r\v\f").find(static_cast<char>(c)) !=
             std::string_view::npos;
}

Result<Value> ReEscape(Thread& thread, Args args) {
  if (IsStr(args[0])) {
    const Str* const text = args[0].As<Str>();
    StrBuilder out(thread);
    for (int64_t i = 0; i < text->length; ++i) {
      if (IsSpecial(text->At(i))) out.Append('\\');
      out.Append(text->At(i));
    }
    return Result<Value>(out.Finish());
  }
  GILA_TRY(const std::string bytes, CopyBuffer(thread, args[0]));
  std::string out;
  for (const char c : bytes) {
    if (IsSpecial(static_cast<uint8_t>(c))) out += '\\';
    out += c;
  }
  return NewBytes(thread, out);
}

Result<Value> SetErrorClass(Thread&, Args args) {
  error_class = args[0];
  return kNone;
}

constexpr NativeDef kFunctions[] = {
    {"compile", ReCompile, "(pattern, flags=0)", "A Pattern for the regular expression."},
    {"match", ReFind<Mode::kMatch>, "(pattern, string, flags=0)",
     "The match of the pattern at the beginning of the string, or None."},
    {"fullmatch", ReFind<Mode::kFullMatch>, "(pattern, string, flags=0)",
     "The match of the pattern with the whole string, or None."},
    {"search", ReFind<Mode::kSearch>, "(pattern, string, flags=0)",
     "The first match of the pattern anywhere in the string, or None."},
    {"findall", ReFindAll, "(pattern, string, flags=0)",
     "A list of all the matches in the string, which do not overlap: of the whole matches, or of "
     "their groups when the\n"
     "pattern has any."},
    {"finditer", ReFindIter, "(pattern, string, flags=0)",
     "An iterator over all the matches in the string."},
    {"split", ReSplit, "(pattern, string, maxsplit=0, flags=0)",
     "The pieces of the string between the matches, and with groups in the pattern what these "
     "matched."},
    {"sub", ReSub<false>, "(pattern, repl, string, count=0, flags=0)",
     "The string with its leftmost matches, which do not overlap, replaced by repl: a template, in "
     "which \\1 or \\g<name>\n"
     "stand for groups, or a function that gets the match."},
    {"subn", ReSub<true>, "(pattern, repl, string, count=0, flags=0)",
     "The tuple (what sub() gives, how many matches were replaced)."},
    {"purge", RePurge, "()", "Forgets all compiled patterns."},
    {"escape", ReEscape, "(pattern)", "The text as a pattern that matches just it."},
    {"_compile_lexicon", CompileLexicon, "(phrases, flags, /)", nullptr},
    {"_set_error_class", SetErrorClass, "(cls, /)", nullptr},
    {}};

}  // namespace

}  // namespace gila::re

namespace gila {

Status InitReModule(Thread& thread, Module* module) {
  GILA_TRY_VOID(re::AddPatternType(thread, module));
  GILA_TRY_VOID(re::AddMatchType(thread, module));
  GILA_TRY_VOID(re::AddScannerTypes(thread, module));
  GILA_TRY(re::recent, NewValueArray(thread, re::kRecent));
  heap::AddRoot(&re::recent);
  GILA_TRY(re::cache, NewDict(thread));
  heap::AddRoot(&re::cache);
  heap::AddRoot(&re::error_class);
  GILA_TRY_VOID(AddFunctions(thread, module, re::kFunctions));
  return kOk;
}

}  // namespace gila
