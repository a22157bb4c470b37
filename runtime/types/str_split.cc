// str_split.cc: split, rsplit, splitlines, strip and join.
#include <algorithm>
#include <vector>

#include "runtime/protocols.h"
#include "runtime/text/unicode.h"
#include "runtime/text/units.h"
#include "runtime/type.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str_methods.h"

namespace gila {

namespace {

// Builds the list of pieces of one string.
class Pieces {
 public:
  Pieces(Thread& thread, Str* s) : thread_(thread), s_(s) {}
  Status Begin() {
    GILA_TRY(list_, NewListReserved(thread_, 12));
    return kOk;
  }
  Status Add(int64_t start, int64_t stop) {
    GILA_TRY(Str* const piece, StrSlice(thread_, s_, start, stop));
    return ListAppend(thread_, list_, piece);
  }
  // The same for a string that is all ASCII.
  Status AddAscii(int64_t start, int64_t stop) {
    GILA_TRY(Str* const piece, NewAsciiStr(thread_, s_->data + start, stop - start));
    return ListAppend(thread_, list_, piece);
  }
  Value list() const { return list_; }

 private:
  Thread& thread_;
  Str* s_;
  List* list_ = nullptr;
};

template <class Unit>
bool IsSpaceUnit(Unit c) {
  return CharFlags(c) & kCharSpace;
}

Status SplitWideWhitespace(Pieces& pieces, const Str* s, int64_t limit) {
  return WithUnits(s, [&](const auto* units) -> Status {
    const int64_t length = s->length;
    int64_t i = 0;
    while (true) {
      while (i < length && IsSpaceUnit(units[i])) ++i;
      if (i == length) return kOk;
      if (limit-- <= 0) break;
      const int64_t start = i;
      while (i < length && !IsSpaceUnit(units[i])) ++i;
      GILA_TRY_VOID(pieces.Add(start, i));
    }
    return pieces.Add(i, length);  // the limit is reached: blanks at the end stay
  });
}

Status SplitAsciiWhitespace(Pieces& pieces, const Str* s, int64_t limit) {
  const uint8_t* const units = s->data;
  const int64_t length = s->length;
  const auto blank = [units](int64_t i) { return (latin1_flags[units[i]] & kCharSpace) != 0; };
  int64_t i = 0;
  while (true) {
    while (i < length && blank(i)) ++i;
    if (i == length) return kOk;
    if (limit-- <= 0) return pieces.AddAscii(i, length);
    const int64_t start = i;
    while (i < length && !blank(i)) ++i;
    GILA_TRY_VOID(pieces.AddAscii(start, i));
  }
}

Status SplitAsciiCharacter(Pieces& pieces, const Str* s, uint8_t separator, int64_t limit) {
  const uint8_t* const units = s->data;
  int64_t from = 0;
  while (limit-- > 0) {
    const auto* const found = static_cast<const uint8_t*>(
        std::memchr(units + from, separator, static_cast<size_t>(s->length - from)));
    if (found == nullptr) break;
    GILA_TRY_VOID(pieces.AddAscii(from, found - units));
    from = found - units + 1;
  }
  return pieces.AddAscii(from, s->length);
}

Status SplitSeparator(Pieces& pieces, const Str* s, const Str* separator, int64_t limit) {
  if (s->IsAscii() && separator->length == 1 && separator->IsAscii())
    return SplitAsciiCharacter(pieces, s, separator->data[0], limit);
  int64_t from = 0;
  while (limit-- > 0) {
    const int64_t place = StrFind(s, separator, from, s->length);
    if (place < 0) break;
    GILA_TRY_VOID(pieces.Add(from, place));
    from = place + separator->length;
  }
  return pieces.Add(from, s->length);
}

Status SplitWhitespace(Pieces& pieces, const Str* s, int64_t limit) {
  return s->IsAscii() ? SplitAsciiWhitespace(pieces, s, limit)
                      : SplitWideWhitespace(pieces, s, limit);
}

struct Piece {
  int64_t start, stop;
};

// The pieces from the right, last one first.
std::vector<Piece> RightWhitespacePieces(const Str* s, int64_t limit) {
  std::vector<Piece> found;
  const auto space = [s](int64_t i) { return IsSpaceUnit(s->At(i)); };
  int64_t i = s->length;
  while (true) {
    while (i > 0 && space(i - 1)) --i;
    if (i == 0) return found;
    if (limit-- <= 0) break;
    const int64_t stop = i;
    while (i > 0 && !space(i - 1)) --i;
    found.push_back({i, stop});
  }
  found.push_back({0, i});
  return found;
}

std::vector<Piece> RightSeparatorPieces(const Str* s, const Str* separator, int64_t limit) {
  std::vector<Piece> found;
  int64_t stop = s->length;
  while (limit-- > 0) {
    const int64_t place = StrFindLast(s, separator, 0, stop);
    if (place < 0) break;
    found.push_back({place + separator->length, stop});
    stop = place;
  }
  found.push_back({0, stop});
  return found;
}

// The arguments (sep=None, maxsplit=-1); a null separator means whitespace.
struct SplitArguments {
  Str* separator = nullptr;
  int64_t limit = Value::kMaxSmallInt;
};

Result<SplitArguments> ReadSplitArguments(Thread& thread, Args args) {
  SplitArguments out;
  if (args.Has(2)) {
    GILA_TRY(const int64_t limit, ToInt64(thread, args[2]));
    if (limit >= 0) out.limit = limit;
  }
  const Value separator = args.Or(1, kNone);
  if (separator.IsNone()) return out;
  if (!IsStr(separator)) {
    const std::string_view name = TypeNameOf(separator);
    return thread.RaiseTypeError("must be str or None, not %.*s", static_cast<int>(name.size()),
                                 name.data());
  }
  out.separator = separator.As<Str>();
  if (out.separator->length == 0) return thread.Raise(TypeId::kValueError, "empty separator");
  return out;
}

}  // namespace

Result<Value> StrSplit(Thread& thread, Args args) {
  GILA_TRY(const SplitArguments how, ReadSplitArguments(thread, args));
  Str* const s = SelfStr(args);
  Pieces pieces(thread, s);
  GILA_TRY_VOID(pieces.Begin());
  GILA_TRY_VOID(how.separator == nullptr ? SplitWhitespace(pieces, s, how.limit)
                                         : SplitSeparator(pieces, s, how.separator, how.limit));
  return pieces.list();
}

Result<Value> StrRSplit(Thread& thread, Args args) {
  GILA_TRY(const SplitArguments how, ReadSplitArguments(thread, args));
  Str* const s = SelfStr(args);
  const std::vector<Piece> found = how.separator == nullptr
                                       ? RightWhitespacePieces(s, how.limit)
                                       : RightSeparatorPieces(s, how.separator, how.limit);
  Pieces pieces(thread, s);
  GILA_TRY_VOID(pieces.Begin());
  for (size_t i = found.size(); i-- > 0;) GILA_TRY_VOID(pieces.Add(found[i].start, found[i].stop));
  return pieces.list();
}

Result<Value> StrSplitLines(Thread& thread, Args args) {
  bool keep_ends = false;
  if (args.Has(1)) {
    GILA_TRY(const int64_t keeps, ToInt64(thread, args[1]));  // an int, and no other truth
    keep_ends = keeps != 0;
  }
  Str* const s = SelfStr(args);
  Pieces pieces(thread, s);
  GILA_TRY_VOID(pieces.Begin());
  GILA_TRY_VOID(WithUnits(s, [&](const auto* units) -> Status {
    const int64_t length = s->length;
    for (int64_t i = 0; i < length;) {
      const int64_t start = i;
      while (i < length && !CharIs(units[i], kCharLineBreak)) ++i;
      int64_t stop = i;
      if (i < length) {
        i += units[i] == '\r' && i + 1 < length && units[i + 1] == '\n' ? 2 : 1;
        if (keep_ends) stop = i;
      }
      GILA_TRY_VOID(pieces.Add(start, stop));
    }
    return kOk;
  }));
  return pieces.list();
}

namespace {

enum StripSides { kStripLeft = 1, kStripRight = 2 };

template <class Drop>
Result<Value> StripWith(Thread& thread, Str* s, int sides, Drop drop) {
  int64_t start = 0, stop = s->length;
  if (stop > 0 && !(sides & kStripLeft && drop(s->At(0))) &&
      !(sides & kStripRight && drop(s->At(stop - 1))))
    return PlainStr(thread, s);
  if (sides & kStripLeft) {
    while (start < stop && drop(s->At(start))) ++start;
  }
  if (sides & kStripRight) {
    while (stop > start && drop(s->At(stop - 1))) --stop;
  }
  return StrSlice(thread, s, start, stop);
}

// The ASCII characters of a string as bits. Two words and no array, so that they stay in registers.
struct AsciiSet {
  uint64_t low = 0, high = 0;
  void Add(uint32_t c) {
    const uint64_t bit = uint64_t{c < 128} << (c & 63);
    low |= c & 64 ? 0 : bit;
    high |= c & 64 ? bit : 0;
  }
  bool Has(uint8_t c) const { return (c & 64 ? high : low) >> (c & 63) & 1; }
};
AsciiSet AsciiCharactersOf(const Str* characters) {
  AsciiSet set;
  WithUnits(characters, [&](const auto* units) {
    for (int64_t i = 0; i < characters->length; ++i) set.Add(units[i]);
  });
  return set;
}
constexpr AsciiSet kAsciiBlanks = {0x1F0003E00u, 0};  // \t to \r, \x1c to \x1f, the blank

Result<Value> StripAscii(Thread& thread, Str* s, int sides, const AsciiSet& set) {
  const uint8_t* const units = s->data;
  int64_t start = 0, stop = s->length;
  if (sides & kStripLeft) {
    while (start < stop && set.Has(units[start])) ++start;
  }
  if (sides & kStripRight) {
    while (stop > start && set.Has(units[stop - 1])) --stop;
  }
  return StrSlice(thread, s, start, stop);
}

Result<Value> Strip(Thread& thread, Args args, int sides, const char* name) {
  Str* const s = SelfStr(args);
  const Value set = args.Or(1, kNone);
  if (set.IsNone()) {
    if (s->IsAscii()) return StripAscii(thread, s, sides, kAsciiBlanks);
    return StripWith(thread, s, sides, [](uint32_t c) { return CharIs(c, kCharSpace); });
  }
  if (!IsStr(set)) return thread.RaiseTypeError("%s arg must be None or str", name);
  const Str* const characters = set.As<Str>();
  if (s->IsAscii()) return StripAscii(thread, s, sides, AsciiCharactersOf(characters));
  return StripWith(thread, s, sides, [characters](uint32_t c) {
    return WithUnits(characters, [&](const auto* units) {
      return std::find(units, units + characters->length, c) != units + characters->length;
    });
  });
}

}  // namespace

Result<Value> StrStrip(Thread& thread, Args args) {
  return Strip(thread, args, kStripLeft | kStripRight, "strip");
}
Result<Value> StrLStrip(Thread& thread, Args args) {
  return Strip(thread, args, kStripLeft, "lstrip");
}
Result<Value> StrRStrip(Thread& thread, Args args) {
  return Strip(thread, args, kStripRight, "rstrip");
}

Result<Value> StrJoinMethod(Thread& thread, Args args) {
  return StrJoin(thread, SelfStr(args), args[1]);
}

}  // namespace gila
