// re_match.cc: the type re.Match, and the texts that are searched.
#include "absl/strings/str_cat.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/int.h"
#include "stdlib/re_internal.h"

namespace gila::re {

Type* match_type = nullptr;

// --- texts ---

Text::~Text() {
  if (pinned_) PinBuffer(object_, -1);
}

Status Text::Take(Thread& thread, const Pattern* pattern, Value v) {
  object_ = v;
  if (IsStr(v)) {
    if (pattern->is_bytes())
      return thread.RaiseTypeError("cannot use a bytes pattern on a string-like object");
    const Str* const str = v.As<Str>();
    is_str_ = true;
    subject_ = {str->data, str->length, str->width_log2(), true};
    end = str->length;
    return kOk;
  }
  BufferInfo buffer;
  if (!GetBuffer(v, &buffer)) {
    return thread.RaiseTypeError("expected string or bytes-like object, got '%s'",
                                 std::string(TypeNameOf(v)).c_str());
  }
  if (!pattern->is_bytes())
    return thread.RaiseTypeError("cannot use a string pattern on a bytes-like object");
  if (!IsBytes(v)) {
    PinBuffer(v, 1);
    pinned_ = true;
    GetBuffer(v, &buffer);  // of the size that it keeps now
  }
  subject_ = {buffer.data, buffer.size, 0, IsBytes(v)};
  end = buffer.size;
  return kOk;
}

Status Text::Bounds(Thread& thread, Value pos, Value endpos) {
  if (!pos.IsUnbound()) {
    GILA_TRY(start, ToInt64(thread, pos));
    start = std::clamp<int64_t>(start, 0, subject_.length);
  }
  if (!endpos.IsUnbound()) {
    GILA_TRY(end, ToInt64(thread, endpos));
    end = std::clamp<int64_t>(end, 0, subject_.length);
  }
  return kOk;
}

Result<bool> Text::FindNext(Thread& thread, Pattern* pattern, Found* found) {
  if (start > end) return false;
  GILA_TRY(const bool matched, Find(thread, *pattern->expression, subject_, Mode::kSearch, start,
                                    end, not_empty, found));
  if (!matched) return false;
  start = found->spans[1];
  not_empty = found->spans[0] == start;
  return true;
}

Result<Value> Text::Piece(Thread& thread, int64_t from, int64_t to) const {
  if (is_str_) {
    auto* const str = object_.As<Str>();
    if (from == 0 && to == str->length && str->IsExactly(TypeId::kStr)) return object_;
    return Result<Value>(StrSlice(thread, str, from, to));
  }
  if (from == 0 && to == subject_.length && gila::IsExactly(object_, TypeId::kBytes))
    return object_;
  return NewBytes(thread,
                  {static_cast<const char*>(subject_.data) + from, static_cast<size_t>(to - from)});
}

Value Text::Empty() const { return is_str_ ? Value(empty_str) : Value(empty_bytes); }

// --- matches ---

namespace {

void TraceMatch(Object* object, Marker& marker) {
  auto* const self = static_cast<Match*>(object);
  marker.Visit(self->pattern);
  marker.Visit(self->string);
  marker.Visit(self->regs);
}
constexpr KindInfo kMatchKind = {"Match", TraceMatch, nullptr};
uint8_t match_kind = 0;

Match* Self(Value v) { return v.As<Match>(); }

// The text of a match. Of a buffer that has become shorter there may be less than the spans say.
class MatchText {
 public:
  MatchText(Thread& thread, const Match* match)
      : status_(text_.Take(thread, match->pattern.Load(), match->string.Load())) {}
  Status status() const { return status_; }
  const Text& text() const { return text_; }
  Result<Value> Group(Thread& thread, const Match* match, int64_t group, Value missing) const {
    int64_t from = match->spans[2 * group], to = match->spans[2 * group + 1];
    if (from < 0) return missing;
    to = std::min(to, text_.subject().length);
    from = std::min(from, to);
    return text_.Piece(thread, from, to);
  }

 private:
  Text text_;
  Status status_;
};

Failed NoSuchGroup(Thread& thread) { return thread.Raise(TypeId::kIndexError, "no such group"); }

// The number of a group from its number or name.
Result<int64_t> GroupOf(Thread& thread, const Match* match, Value key) {
  int64_t group = -1;
  if (key.IsSmallInt()) {
    group = key.AsSmallInt();
  } else if (IsStr(key) || LookupSpecial(thread, TypeOf(key), Special::kIndex).IsUnbound()) {
    auto* const index = match->pattern->group_index.Load().As<Dict>();
    GILA_TRY(const Value found, DictGet(thread, index, key));
    if (!found.IsUnbound()) group = found.AsSmallInt();
  } else {
    GILA_TRY(group, ToIndexClipped(thread, key));
  }
  if (group < 0 || group >= match->groups) return NoSuchGroup(thread);
  return group;
}

Result<Value> MatchGroup(Thread& thread, Args args) {
  const Match* const self = Self(args[0]);
  const std::span<const Value> keys = args.rest();
  const MatchText text(thread, self);
  GILA_TRY_VOID(text.status());
  if (keys.empty()) return text.Group(thread, self, 0, kNone);
  if (keys.size() == 1) {
    GILA_TRY(const int64_t group, GroupOf(thread, self, keys[0]));
    return text.Group(thread, self, group, kNone);
  }
  GILA_TRY(Tuple * result, NewTuple(thread, static_cast<int64_t>(keys.size())));
  for (size_t i = 0; i < keys.size(); ++i) {
    GILA_TRY(const int64_t group, GroupOf(thread, self, keys[i]));
    GILA_TRY(const Value piece, text.Group(thread, self, group, kNone));
    result->items[i].Store(result, piece);
  }
  return result;
}
Result<Value> MatchGetItem(Thread& thread, Args args) {
  const Match* const self = Self(args[0]);
  GILA_TRY(const int64_t group, GroupOf(thread, self, args[1]));
  const MatchText text(thread, self);
  GILA_TRY_VOID(text.status());
  return text.Group(thread, self, group, kNone);
}
Result<Value> MatchGroups(Thread& thread, Args args) {
  const Match* const self = Self(args[0]);
  const MatchText text(thread, self);
  GILA_TRY_VOID(text.status());
  GILA_TRY(Tuple * result, NewTuple(thread, self->groups - 1));
  for (int64_t i = 1; i < self->groups; ++i) {
    GILA_TRY(const Value piece, text.Group(thread, self, i, args.Or(1, kNone)));
    result->items[i - 1].Store(result, piece);
  }
  return result;
}
Result<Value> MatchGroupDict(Thread& thread, Args args) {
  const Match* const self = Self(args[0]);
  const MatchText text(thread, self);
  GILA_TRY_VOID(text.status());
  GILA_TRY(Dict * result, NewDict(thread));
  int64_t position = 0;
  Value name, group;
  while (DictNext(self->pattern->group_index.Load().As<Dict>(), &position, &name, &group)) {
    GILA_TRY(const Value piece, text.Group(thread, self, group.AsSmallInt(), args.Or(1, kNone)));
    GILA_TRY_VOID(DictSet(thread, result, name, piece));
  }
  return result;
}

Result<int64_t> GroupArgument(Thread& thread, Args args) {
  return args.Has(1) ? GroupOf(thread, Self(args[0]), args[1]) : Result<int64_t>(0);
}
Result<Value> MatchStart(Thread& thread, Args args) {
  GILA_TRY(const int64_t group, GroupArgument(thread, args));
  return Value::SmallInt(Self(args[0])->spans[2 * group]);
}
Result<Value> MatchEnd(Thread& thread, Args args) {
  GILA_TRY(const int64_t group, GroupArgument(thread, args));
  return Value::SmallInt(Self(args[0])->spans[2 * group + 1]);
}
Result<Tuple*> SpanTuple(Thread& thread, const Match* match, int64_t group) {
  GILA_TRY(Tuple * span, NewTuple(thread, 2));
  span->items[0].Init(Value::SmallInt(match->spans[2 * group]));
  span->items[1].Init(Value::SmallInt(match->spans[2 * group + 1]));
  return span;
}
Result<Value> MatchSpan(Thread& thread, Args args) {
  GILA_TRY(const int64_t group, GroupArgument(thread, args));
  return Result<Value>(SpanTuple(thread, Self(args[0]), group));
}

Result<Value> MatchExpand(Thread& thread, Args args) {
  const Match* const self = Self(args[0]);
  GILA_TRY(const Value parsed, ParseTemplate(thread, self->pattern.Load(), args[1]));
  const MatchText text(thread, self);
  GILA_TRY_VOID(text.status());
  return ExpandTemplate(thread, parsed, text.text(), self->spans);
}
Result<Value> MatchItself(Thread&, Args args) { return args[0]; }

Result<Value> MatchRepr(Thread& thread, Args args) {
  const Match* const self = Self(args[0]);
  const MatchText text(thread, self);
  GILA_TRY_VOID(text.status());
  GILA_TRY(const Value piece, text.Group(thread, self, 0, kNone));
  GILA_TRY(Str * shown, Repr(thread, piece));
  StrBuilder out(thread);
  out.AppendAscii(
      absl::StrCat("<re.Match object; span=(", self->spans[0], ", ", self->spans[1], "), match="));
  out.Append(shown);
  out.AppendAscii(">");
  return Result<Value>(out.Finish());
}

int64_t KnownLastIndex(Match* match) {
  int64_t index = match->last_index.LoadRelaxed();
  if (index < 0) {
    index = LastIndex(*match->pattern->expression, match->spans);
    match->last_index.StoreRelaxed(index);
  }
  return index;
}
Result<Value> GetLastIndex(Thread&, Value self) {
  const int64_t index = KnownLastIndex(Self(self));
  return index == 0 ? kNone : Value::SmallInt(index);
}
Result<Value> GetLastGroup(Thread&, Value self) {
  const int64_t index = KnownLastIndex(Self(self));
  return index == 0 ? kNone : Self(self)->pattern->group_names.Load().As<Tuple>()->At(index);
}
Result<Value> GetRegs(Thread& thread, Value v) {
  Match* const self = Self(v);
  const Value known = self->regs.Load();
  if (!known.IsUnbound()) return known;
  GILA_TRY(Tuple * regs, NewTuple(thread, self->groups));
  for (int64_t i = 0; i < self->groups; ++i) {
    GILA_TRY(Tuple * span, SpanTuple(thread, self, i));
    regs->items[i].Store(regs, span);
  }
  self->regs.Store(self, regs);
  return regs;
}
Result<Value> GetString(Thread&, Value self) { return Self(self)->string.Load(); }
Result<Value> GetRe(Thread&, Value self) { return Self(self)->pattern.Load(); }
Result<Value> GetPos(Thread&, Value self) { return Value::SmallInt(Self(self)->pos); }
Result<Value> GetEndPos(Thread&, Value self) { return Value::SmallInt(Self(self)->endpos); }

constexpr NativeDef kMethods[] = {
    {"group", MatchGroup, "(self, /, *args)",
     "group([group1, ...]) -> str or tuple: what these groups matched."},
    {"__getitem__", MatchGetItem, "(self, key, /)", "Return self[key]."},
    {"groups", MatchGroups, "(self, /, default=None)", "What all the groups matched, as a tuple."},
    {"groupdict", MatchGroupDict, "(self, /, default=None)",
     "What the named groups matched, by name."},
    {"start", MatchStart, "(self, group=0, /)", "Where the group begins."},
    {"end", MatchEnd, "(self, group=0, /)", "Where the group ends."},
    {"span", MatchSpan, "(self, group=0, /)", "The tuple (start, end) of the group."},
    {"expand", MatchExpand, "(self, /, template)",
     "The template with its references filled in, as sub() does."},
    {"__copy__", MatchItself, "(self, /)", nullptr},
    {"__deepcopy__", MatchItself, "(self, memo, /)", nullptr},
    {"__repr__", MatchRepr, "(self, /)", "Return repr(self)."},
    {"__class_getitem__", ClassGetItem, "@classmethod(cls, object, /)", "See PEP 585"},
    {}};
constexpr GetSetDef kGetSets[] = {
    {"string", GetString, ReadonlyMember, "The string passed to match() or search()."},
    {"re", GetRe, ReadonlyMember, "The regular expression object."},
    {"pos", GetPos, ReadonlyMember, "The index into the string at which the search began."},
    {"endpos", GetEndPos, ReadonlyMember,
     "The index into the string beyond which the search did not go."},
    {"lastindex", GetLastIndex, nullptr, "The index of the last matched capturing group."},
    {"lastgroup", GetLastGroup, nullptr, "The name of the last matched capturing group."},
    {"regs", GetRegs, nullptr, "The spans of all groups."},
    {}};
constexpr TypeSpec kMatchType = {.doc =
                                     "The result of re.match() and re.search().\nMatch objects "
                                     "always have a boolean value of True.",
                                 .methods = kMethods,
                                 .getsets = kGetSets};

}  // namespace

namespace {

Match* AllocateMatch(Thread& thread, Pattern* pattern, const Text& text, int64_t pos,
                     int64_t endpos, int64_t groups) {
  const size_t bytes = static_cast<size_t>(groups) * 2 * sizeof(int64_t);
  Object* const object =
      heap::Allocate(thread, sizeof(Match) + bytes, match_kind, match_type->root.Load()->id);
  if (GILA_UNLIKELY(object == nullptr)) return nullptr;
  auto* const match = static_cast<Match*>(object);
  match->pattern.Init(pattern);
  match->string.Init(text.object());
  match->regs.Init(kUnbound);
  match->pos = pos;
  match->endpos = endpos;
  match->groups = groups;
  return match;
}

// The match of a lexicon, with the groups of the phrase that it is.
Result<Value> NewPhraseMatch(Thread& thread, Pattern* pattern, const Text& text, int64_t pos,
                             int64_t endpos, const Found& found) {
  const Syntax& syntax = pattern->expression->syntax;
  size_t phrase = 0;
  while (phrase + 1 < syntax.phrases.size() && found.spans[2 * syntax.phrases[phrase]] < 0)
    ++phrase;
  const uint32_t outer = syntax.phrases[phrase];
  const uint32_t next =
      phrase + 1 < syntax.phrases.size() ? syntax.phrases[phrase + 1] : syntax.groups;
  const auto inner = static_cast<int64_t>(next - outer) - 1;
  const auto number = static_cast<int64_t>(phrase) + 1;
  const int64_t groups = std::max(inner, static_cast<int64_t>(syntax.phrases.size())) + 1;
  Match* const match = AllocateMatch(thread, pattern, text, pos, endpos, groups);
  if (match == nullptr) return kFailed;
  match->last_index.StoreRelaxed(number);
  std::fill_n(match->spans, 2 * groups, -1);
  std::copy_n(found.spans, 2, match->spans);
  std::copy_n(found.spans + 2 * (outer + 1), 2 * inner, match->spans + 2);
  // The phrase's own number: a group of that number gave way to it when the phrase ended, and left
  // its beginning, as in CPython.
  int64_t* const whole = match->spans + 2 * number;
  if (whole[0] < 0) whole[0] = found.spans[2 * outer];
  whole[1] = found.spans[2 * outer + 1];
  return match;
}

}  // namespace

Result<Value> NewMatch(Thread& thread, Pattern* pattern, const Text& text, int64_t pos,
                       int64_t endpos, const Found& found) {
  if (pattern->is_lexicon()) return NewPhraseMatch(thread, pattern, text, pos, endpos, found);
  const int64_t groups = pattern->groups();
  Match* const match = AllocateMatch(thread, pattern, text, pos, endpos, groups);
  if (match == nullptr) return kFailed;
  match->last_index.StoreRelaxed(found.last_index);
  std::memcpy(match->spans, found.spans, static_cast<size_t>(groups) * 2 * sizeof(int64_t));
  return match;
}

Status AddMatchType(Thread& thread, Module* module) {
  match_kind = RegisterKind(kMatchKind);
  GILA_TRY(match_type, AddType(thread, module, kMatchType, "re.Match", match_kind, sizeof(Match),
                               kNoInstantiate));
  heap::AddRoot(reinterpret_cast<Object**>(&match_type));
  return kOk;
}

}  // namespace gila::re
