// str_find.cc: the methods of str that look for text: find, index, count, startswith, replace,
// partition and theirs. The search itself is StrFind and its kin (str_search.cc).
#include <algorithm>

#include "runtime/protocols.h"
#include "runtime/text/units.h"
#include "runtime/type.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str_methods.h"
#include "runtime/types/text_range.h"

namespace gila {

namespace {

// The words of find and partition, which say the type even of None.
Failed RaiseMustBeStr(Thread& thread, Value got) {
  const std::string_view name = TypeNameOf(got);
  return thread.RaiseTypeError("must be str, not %.*s", static_cast<int>(name.size()), name.data());
}

using Finder = int64_t (*)(const Str*, const Str*, int64_t, int64_t);

// The place of args[1] within args[2:3], or -1.
Result<int64_t> FindWith(Thread& thread, Args args, Finder find) {
  if (!IsStr(args[1])) return RaiseMustBeStr(thread, args[1]);
  Str* const s = SelfStr(args);
  GILA_TRY(const TextRange range, ResolveRange(thread, args[2], args[3], s->length));
  if (range.start > range.stop) return -1;
  return find(s, args[1].As<Str>(), range.start, range.stop);
}

Result<Value> FindOrMinusOne(Thread& thread, Args args, Finder find) {
  GILA_TRY(const int64_t place, FindWith(thread, args, find));
  return Value::SmallInt(place);
}

Result<Value> FindOrRaise(Thread& thread, Args args, Finder find) {
  GILA_TRY(const int64_t place, FindWith(thread, args, find));
  if (place < 0) return thread.Raise(TypeId::kValueError, "substring not found");
  return Value::SmallInt(place);
}

// The units of `part` stand in `s` at `place` (which leaves room for them).
bool StandsAt(const Str* s, const Str* part, int64_t place) {
  if (part->width_log2() > s->width_log2()) return false;
  if (part->width_log2() == s->width_log2()) {
    return std::memcmp(s->data + (static_cast<size_t>(place) << s->width_log2()), part->data,
                       part->ByteSize()) == 0;
  }
  for (int64_t i = 0; i < part->length; ++i) {
    if (s->At(place + i) != part->At(i)) return false;
  }
  return true;
}

bool TailMatches(const Str* s, const Str* part, const TextRange& range, bool at_end) {
  if (range.stop - range.start < part->length) return false;
  return StandsAt(s, part, at_end ? range.stop - part->length : range.start);
}

Result<Value> TailMatch(Thread& thread, Args args, bool at_end) {
  Str* const s = SelfStr(args);
  const char* const name = at_end ? "endswith" : "startswith";
  GILA_TRY(const TextRange range, ResolveRange(thread, args[2], args[3], s->length));
  if (IsStr(args[1])) return Value::Bool(TailMatches(s, args[1].As<Str>(), range, at_end));
  if (!IsTuple(args[1])) {
    const std::string_view got = TypeNameOf(args[1]);
    return thread.RaiseTypeError("%s first arg must be str or a tuple of str, not %.*s", name,
                                 static_cast<int>(got.size()), got.data());
  }
  Tuple* const parts = args[1].As<Tuple>();
  for (int64_t i = 0; i < parts->length; ++i) {
    const Value part = parts->At(i);
    if (!IsStr(part)) {
      const std::string_view got = TypeNameOf(part);
      return thread.RaiseTypeError("tuple for %s must only contain str, not %.*s", name,
                                   static_cast<int>(got.size()), got.data());
    }
    if (TailMatches(s, part.As<Str>(), range, at_end)) return kTrue;
  }
  return kFalse;
}

}  // namespace

Result<Value> StrFindMethod(Thread& thread, Args args) {
  return FindOrMinusOne(thread, args, StrFind);
}
Result<Value> StrRFind(Thread& thread, Args args) {
  return FindOrMinusOne(thread, args, StrFindLast);
}
Result<Value> StrIndex(Thread& thread, Args args) { return FindOrRaise(thread, args, StrFind); }
Result<Value> StrRIndex(Thread& thread, Args args) {
  return FindOrRaise(thread, args, StrFindLast);
}

Result<Value> StrCountMethod(Thread& thread, Args args) {
  if (!IsStr(args[1])) return RaiseMustBeStr(thread, args[1]);
  Str* const s = SelfStr(args);
  GILA_TRY(const TextRange range, ResolveRange(thread, args[2], args[3], s->length));
  return Value::SmallInt(
      StrCount(s, args[1].As<Str>(), range.start, range.stop, Value::kMaxSmallInt));
}

Result<Value> StrStartsWith(Thread& thread, Args args) { return TailMatch(thread, args, false); }
Result<Value> StrEndsWith(Thread& thread, Args args) { return TailMatch(thread, args, true); }

namespace {

// Of ASCII strings, with the result's size known: no intermediate copies. `all`: there are no more
// than `count` places.
Result<Str*> ReplaceAscii(Thread& thread, const Str* s, const Str* old_part, const Str* new_part,
                          int64_t count, bool all) {
  int64_t growth;
  if (__builtin_mul_overflow(new_part->length - old_part->length, count, &growth))
    return thread.Raise(TypeId::kOverflowError, "replace string is too long");
  GILA_TRY(Str* const result, NewStrUninitialized(thread, s->length + growth, 0, true));
  uint8_t* out = result->data;
  if (old_part->length == 1 && new_part->length == 1) {
    const uint8_t from = old_part->data[0], to = new_part->data[0];
    if (all) {  // a loop that the compiler makes vectors of
      const uint8_t* __restrict in = s->data;
      uint8_t* __restrict target = result->data;
      const int64_t length = s->length;
      for (int64_t i = 0; i < length; ++i) target[i] = in[i] == from ? to : in[i];
      return result;
    }
    int64_t i = 0;
    for (int64_t left = count; left > 0; ++i) {
      const bool hit = s->data[i] == from;
      out[i] = hit ? to : s->data[i];
      left -= hit;
    }
    std::memcpy(out + i, s->data + i, static_cast<size_t>(s->length - i));
    return result;
  }
  int64_t from = 0;
  for (int64_t i = 0; i < count; ++i) {
    const int64_t place = StrFind(s, old_part, from, s->length);
    std::memcpy(out, s->data + from, static_cast<size_t>(place - from));
    out += place - from;
    std::memcpy(out, new_part->data, static_cast<size_t>(new_part->length));
    out += new_part->length;
    from = place + old_part->length;
  }
  std::memcpy(out, s->data + from, static_cast<size_t>(s->length - from));
  return result;
}

Result<Str*> ReplaceAny(Thread& thread, const Str* s, const Str* old_part, const Str* new_part,
                        int64_t count) {
  StrBuilder out(thread);
  out.Reserve(s->length);
  int64_t from = 0;
  if (old_part->length == 0) {  // between all characters
    for (int64_t i = 0; i < count; ++i) {
      out.Append(new_part);
      if (from < s->length) out.Append(s->At(from++));
    }
  } else {
    for (int64_t i = 0; i < count; ++i) {
      const int64_t place = StrFind(s, old_part, from, s->length);
      out.Append(s, from, place);
      out.Append(new_part);
      from = place + old_part->length;
    }
  }
  out.Append(s, from, s->length);
  return out.Finish();
}

}  // namespace

Result<Value> StrReplace(Thread& thread, Args args) {
  Str* const s = SelfStr(args);
  GILA_TRY(Str* const old_part, ToStrArgument(thread, args[1], "replace() argument 1"));
  GILA_TRY(Str* const new_part, ToStrArgument(thread, args[2], "replace() argument 2"));
  int64_t limit = -1;
  if (args.Has(3)) {
    GILA_TRY(limit, ToInt64(thread, args[3]));
  }
  if (limit < 0) limit = Value::kMaxSmallInt;
  const int64_t count = StrCount(s, old_part, 0, s->length, limit);
  if (count == 0 || StrEqual(old_part, new_part)) return PlainStr(thread, s);
  if (old_part->length > 0 && s->IsAscii() && new_part->IsAscii())
    return ReplaceAscii(thread, s, old_part, new_part, count, count < limit);
  return ReplaceAny(thread, s, old_part, new_part, count);
}

namespace {

Result<Value> Three(Thread& thread, Value before, Value middle, Value after) {
  const Value parts[] = {before, middle, after};
  return NewTuple(thread, parts);
}

Result<Value> PartitionWith(Thread& thread, Args args, Finder find, bool from_right) {
  if (!IsStr(args[1])) return RaiseMustBeStr(thread, args[1]);
  Str* const s = SelfStr(args);
  Str* const separator = args[1].As<Str>();
  if (separator->length == 0) return thread.Raise(TypeId::kValueError, "empty separator");
  const int64_t place = find(s, separator, 0, s->length);
  if (place < 0) {
    GILA_TRY(Str* const whole, PlainStr(thread, s));
    return from_right ? Three(thread, empty_str, empty_str, whole)
                      : Three(thread, whole, empty_str, empty_str);
  }
  GILA_TRY(Str* const before, StrSlice(thread, s, 0, place));
  GILA_TRY(Str* const after, StrSlice(thread, s, place + separator->length, s->length));
  return Three(thread, before, separator, after);
}

}  // namespace

Result<Value> StrPartition(Thread& thread, Args args) {
  return PartitionWith(thread, args, StrFind, false);
}
Result<Value> StrRPartition(Thread& thread, Args args) {
  return PartitionWith(thread, args, StrFindLast, true);
}

Result<Value> StrRemovePrefix(Thread& thread, Args args) {
  GILA_TRY(Str* const prefix, ToStrArgument(thread, args[1], "removeprefix() argument"));
  Str* const s = SelfStr(args);
  if (!TailMatches(s, prefix, {0, s->length}, false)) return PlainStr(thread, s);
  return StrSlice(thread, s, prefix->length, s->length);
}

Result<Value> StrRemoveSuffix(Thread& thread, Args args) {
  GILA_TRY(Str* const suffix, ToStrArgument(thread, args[1], "removesuffix() argument"));
  Str* const s = SelfStr(args);
  if (!TailMatches(s, suffix, {0, s->length}, true)) return PlainStr(thread, s);
  return StrSlice(thread, s, 0, s->length - suffix->length);
}

}  // namespace gila
