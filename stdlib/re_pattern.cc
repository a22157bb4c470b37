// re_pattern.cc: the type re.Pattern: making patterns, and their methods. The work of the methods
// is in re_operations.cc.
#include "absl/strings/str_cat.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/int.h"
#include "runtime/types/super.h"
#include "stdlib/re_internal.h"

namespace gila::re {

Type* pattern_type = nullptr;

namespace {

void TracePattern(Object* object, Marker& marker) {
  auto* const self = static_cast<Pattern*>(object);
  for (const Slot* slot :
       {&self->source, &self->group_index, &self->group_names, &self->known_template})
    marker.Visit(*slot);
}
void FreePattern(Object* object) { delete static_cast<Pattern*>(object)->expression; }
constexpr KindInfo kPatternKind = {"Pattern", TracePattern, FreePattern};

Pattern* Self(Value v) { return v.As<Pattern>(); }

// The flags as they will be: Unicode is the rule for str.
Result<uint32_t> FixFlags(Thread& thread, bool is_bytes, uint32_t flags) {
  if (!is_bytes) {
    if (flags & kLocale) return thread.RaiseValueError("cannot use LOCALE flag with a str pattern");
    if ((flags & kAscii) && (flags & kUnicode))
      return thread.RaiseValueError("ASCII and UNICODE flags are incompatible");
    return flags & kAscii ? flags : flags | kUnicode;
  }
  if (flags & kUnicode)
    return thread.RaiseValueError("cannot use UNICODE flag with a bytes pattern");
  if ((flags & kLocale) && (flags & kAscii))
    return thread.RaiseValueError("ASCII and LOCALE flags are incompatible");
  return flags;
}

// Every look-behind must know how far back it looks. Fills in the widths of groups on the way, for
// back references, and notes repeats like (x?){,3}: Python ends them behind an empty round, PCRE2
// goes on.
Status CheckWidths(Thread& thread, const Node* node, std::vector<Width>* widths,
                   bool* own_matcher) {
  for (const Node* child : node->children)
    GILA_TRY_VOID(CheckWidths(thread, child, widths, own_matcher));
  if (node->op == Op::kRepeat && node->max != kUnlimited && node->max > node->min + 1 &&
      WidthOf(node->children[0], *widths).min == 0) {
    *own_matcher = true;
  }
  if (node->op == Op::kGroup && node->value != 0)
    (*widths)[node->value] = WidthOf(node->children[0], *widths);
  if (node->op == Op::kLook && (node->value == kBehind || node->value == kNotBehind)) {
    const Width width = WidthOf(node->children[0], *widths);
    if (width.min != width.max)
      return RaiseError(thread, "look-behind requires fixed-width pattern", kNone, -1);
  }
  return kOk;
}

Status FillNames(Thread& thread, Pattern* pattern) {
  const Syntax& syntax = pattern->expression->syntax;
  GILA_TRY(Dict * index, NewDict(thread));
  GILA_TRY(Tuple * names, NewTuple(thread, syntax.groups));
  for (int64_t i = 0; i < syntax.groups; ++i) names->items[i].Init(kNone);
  for (const auto& [name, group] : syntax.names) {
    GILA_TRY(Str * text, NewStrFromUcs4(thread, name.data(), static_cast<int64_t>(name.size())));
    const Value key = InternStr(thread, text);
    GILA_TRY_VOID(DictSet(thread, index, key, Value::SmallInt(group)));
    names->items[group].Store(names, key);
  }
  pattern->group_index.Store(pattern, index);
  pattern->group_names.Store(pattern, names);
  return kOk;
}

template <Mode kMode>
Result<Value> PatternFind(Thread& thread, Args args) {
  return FindMatch(thread, Self(args[0]), kMode, args[1], args[2], args[3]);
}
Result<Value> PatternFindAll(Thread& thread, Args args) {
  return FindAll(thread, Self(args[0]), args[1], args[2], args[3]);
}
Result<Value> PatternFindIter(Thread& thread, Args args) {
  return NewMatchIterator(thread, Self(args[0]), args[1], args[2], args[3]);
}
Result<Value> PatternScanner(Thread& thread, Args args) {
  return NewScanner(thread, Self(args[0]), args[1], args[2], args[3]);
}
Result<Value> PatternSplit(Thread& thread, Args args) {
  return Split(thread, Self(args[0]), args[1], args[2]);
}
template <bool kWithCount>
Result<Value> PatternSub(Thread& thread, Args args) {
  return Substitute(thread, Self(args[0]), args[1], args[2], args[3], kWithCount);
}
Result<Value> PatternItself(Thread&, Args args) { return args[0]; }

std::string FlagNames(uint32_t flags, bool is_bytes) {
  if (!is_bytes && (flags & kTypeFlags) == kUnicode) flags &= ~static_cast<uint32_t>(kUnicode);
  constexpr struct {
    uint32_t flag;
    const char* name;
  } kNames[] = {
      {kTemplate, "re.TEMPLATE"},   {kIgnoreCase, "re.IGNORECASE"}, {kLocale, "re.LOCALE"},
      {kMultiline, "re.MULTILINE"}, {kDotAll, "re.DOTALL"},         {kUnicode, "re.UNICODE"},
      {kVerbose, "re.VERBOSE"},     {kDebug, "re.DEBUG"},           {kAscii, "re.ASCII"}};
  std::string text;
  for (const auto& [flag, name] : kNames) {
    if (!(flags & flag)) continue;
    absl::StrAppend(&text, text.empty() ? "" : "|", name);
    flags &= ~flag;
  }
  if (flags != 0) absl::StrAppend(&text, text.empty() ? "" : "|", "0x", absl::Hex(flags));
  return text;
}

Result<Value> PatternRepr(Thread& thread, Args args) {
  const Pattern* const self = Self(args[0]);
  GILA_TRY(Str * source, Repr(thread, self->source.Load()));
  constexpr int64_t kShown = 200;
  GILA_TRY(source, StrSlice(thread, source, 0, std::min(source->length, kShown)));
  const std::string flags = FlagNames(self->flags(), self->is_bytes());
  StrBuilder text(thread);
  text.AppendAscii("re.compile(");
  text.Append(source);
  if (!flags.empty()) text.AppendAscii(", " + flags);
  text.AppendAscii(")");
  return Result<Value>(text.Finish());
}

Result<Value> PatternEqual(Thread& thread, Args args) {
  if (TypeOf(args[1]) != pattern_type) return kNotImplemented;
  const Pattern *const a = Self(args[0]), *const b = Self(args[1]);
  if (a == b) return kTrue;
  if (a->flags() != b->flags() || a->is_bytes() != b->is_bytes() || a->is_lexicon() ||
      b->is_lexicon())
    return kFalse;
  GILA_TRY(const bool equal, Equal(thread, a->source.Load(), b->source.Load()));
  return Value::Bool(equal);
}
Result<Value> PatternHash(Thread& thread, Args args) {
  const Pattern* const self = Self(args[0]);
  GILA_TRY(const int64_t hash, Hash(thread, self->source.Load()));
  return NewInt(thread, hash ^ (int64_t{self->flags()} << 7) ^ self->groups());
}

Result<Value> GetPattern(Thread&, Value self) { return Self(self)->source.Load(); }
Result<Value> GetFlags(Thread&, Value self) { return Value::SmallInt(Self(self)->flags()); }
Result<Value> GetGroups(Thread&, Value self) { return Value::SmallInt(Self(self)->groups() - 1); }
Result<Value> GetGroupIndex(Thread& thread, Value self) {
  return NewMappingProxy(thread, Self(self)->group_index.Load());
}

#define GILA_RE_SIGNATURE "(self, /, string, pos=0, endpos=9223372036854775807)"
constexpr NativeDef kMethods[] = {
    {"match", PatternFind<Mode::kMatch>, GILA_RE_SIGNATURE,
     "The match at the beginning of the string, or None."},
    {"fullmatch", PatternFind<Mode::kFullMatch>, GILA_RE_SIGNATURE,
     "The match of the whole string, or None."},
    {"search", PatternFind<Mode::kSearch>, GILA_RE_SIGNATURE,
     "The first match anywhere in the string, or None."},
    {"findall", PatternFindAll, GILA_RE_SIGNATURE,
     "A list of what all the matches in the string matched."},
    {"finditer", PatternFindIter, GILA_RE_SIGNATURE,
     "An iterator over all the matches in the string."},
    {"scanner", PatternScanner, GILA_RE_SIGNATURE, nullptr},
    {"split", PatternSplit, "(self, /, string, maxsplit=0)",
     "The pieces of the string between the matches."},
    {"sub", PatternSub<false>, "(self, /, repl, string, count=0)",
     "The string with its matches replaced."},
    {"subn", PatternSub<true>, "(self, /, repl, string, count=0)",
     "The tuple (new string, how many were replaced)."},
    {"__copy__", PatternItself, "(self, /)", nullptr},
    {"__deepcopy__", PatternItself, "(self, memo, /)", nullptr},
    {"__repr__", PatternRepr, "(self, /)", "Return repr(self)."},
    {"__eq__", PatternEqual, "(self, value, /)", "Return self==value."},
    {"__hash__", PatternHash, "(self, /)", "Return hash(self)."},
    {"__class_getitem__", ClassGetItem, "@classmethod(cls, object, /)", "See PEP 585"},
    {}};
#undef GILA_RE_SIGNATURE
constexpr GetSetDef kGetSets[] = {
    {"pattern", GetPattern, ReadonlyMember,
     "The pattern string from which the RE object was compiled."},
    {"flags", GetFlags, ReadonlyMember, "The regex matching flags."},
    {"groups", GetGroups, ReadonlyMember, "The number of capturing groups in the pattern."},
    {"groupindex", GetGroupIndex, nullptr, "A dictionary mapping group names to group numbers."},
    {}};
constexpr TypeSpec kPatternType = {
    .doc = "Compiled regular expression object.", .methods = kMethods, .getsets = kGetSets};

}  // namespace

namespace {

std::vector<uint32_t> CodePoints(Value source) {
  std::vector<uint32_t> text;
  if (!IsStr(source)) {
    const auto* const bytes = source.As<Bytes>();
    text.assign(bytes->data, bytes->data + bytes->size);
    return text;
  }
  const Str* const str = source.As<Str>();
  text.reserve(static_cast<size_t>(str->length));
  for (int64_t i = 0; i < str->length; ++i) text.push_back(str->At(i));
  return text;
}

// The object of a pattern that has been read.
Result<Value> Finish(Thread& thread, Value source, std::unique_ptr<Expression> expression) {
  const Syntax& syntax = expression->syntax;
  std::vector<Width> widths(syntax.groups, Width{0, kUnlimited});
  expression->own_matcher = syntax.group_in_look && syntax.group_in_repeat;
  GILA_TRY_VOID(CheckWidths(thread, syntax.root, &widths, &expression->own_matcher));
  GILA_TRY(Object * object, AllocateInstance(thread, pattern_type));
  auto* const pattern = static_cast<Pattern*>(object);
  pattern->expression = expression.release();
  heap::RegisterFinalizer(thread, pattern);
  pattern->source.Store(pattern, source);
  pattern->known_template.Store(pattern, kNone);
  GILA_TRY_VOID(FillNames(thread, pattern));
  return pattern;
}

}  // namespace

Result<Value> NewPattern(Thread& thread, Value source, uint32_t flags) {
  const bool is_bytes = !IsStr(source);
  auto expression = std::make_unique<Expression>();
  Syntax& syntax = expression->syntax;
  GILA_TRY_VOID(Parse(thread, source, CodePoints(source), is_bytes, flags, &syntax));
  GILA_TRY(syntax.flags, FixFlags(thread, is_bytes, syntax.flags));
  return Finish(thread, source, std::move(expression));
}

Result<Value> NewLexicon(Thread& thread, Tuple* phrases, uint32_t flags) {
  auto expression = std::make_unique<Expression>();
  Syntax& syntax = expression->syntax;
  for (int64_t i = 0; i < phrases->length; ++i) {
    const Value phrase = phrases->At(i);
    if (!IsStr(phrase) && !IsBytes(phrase))
      return thread.RaiseTypeError("first argument must be string or compiled pattern");
    syntax.is_bytes = IsBytes(phrase);
    Syntax read;
    GILA_TRY_VOID(Parse(thread, phrase, CodePoints(phrase), syntax.is_bytes, flags, &read));
    AddPhrase(std::move(read), &syntax);
  }
  if (syntax.root == nullptr) syntax.root = syntax.New(Op::kFail);
  GILA_TRY(syntax.flags, FixFlags(thread, syntax.is_bytes, flags));
  return Finish(thread, kNone, std::move(expression));
}

Status AddPatternType(Thread& thread, Module* module) {
  GILA_TRY(pattern_type,
           AddType(thread, module, kPatternType, "re.Pattern", RegisterKind(kPatternKind),
                   sizeof(Pattern), kHasWeakref | kNoInstantiate));
  heap::AddRoot(reinterpret_cast<Object**>(&pattern_type));
  return kOk;
}

}  // namespace gila::re
