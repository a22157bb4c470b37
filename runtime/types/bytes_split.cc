// bytes_split.cc: split, rsplit, splitlines, strip and join of bytes and bytearray.
#include <absl/container/inlined_vector.h>

#include <cstring>

#include "runtime/protocols.h"
#include "runtime/text/search.h"
#include "runtime/type.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/sequence.h"

namespace gila {

namespace {

bool IsBlank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

struct Piece {
  Piece(size_t from, size_t to) : start(from), stop(to) {}
  size_t start, stop;
};
using Pieces = absl::InlinedVector<Piece, 12>;

Pieces BlankPieces(std::string_view bytes, int64_t limit) {
  Pieces found;
  size_t i = 0;
  while (true) {
    while (i < bytes.size() && IsBlank(bytes[i])) ++i;
    if (i == bytes.size()) return found;
    if (limit-- <= 0) break;
    const size_t start = i;
    while (i < bytes.size() && !IsBlank(bytes[i])) ++i;
    found.emplace_back(start, i);
  }
  found.emplace_back(i, bytes.size());  // the limit is reached: blanks at the end stay
  return found;
}

// From the right: the last piece comes first.
Pieces BlankPiecesFromRight(std::string_view bytes, int64_t limit) {
  Pieces found;
  size_t i = bytes.size();
  while (true) {
    while (i > 0 && IsBlank(bytes[i - 1])) --i;
    if (i == 0) return found;
    if (limit-- <= 0) break;
    const size_t stop = i;
    while (i > 0 && !IsBlank(bytes[i - 1])) --i;
    found.emplace_back(i, stop);
  }
  found.emplace_back(0, i);
  return found;
}

Pieces SeparatorPieces(const ByteSource& bytes, const ByteSource& separator, int64_t limit) {
  Pieces found;
  int64_t from = 0;
  while (limit-- > 0) {
    const int64_t place =
        FindUnits(bytes.data() + from, bytes.size() - from, separator.data(), separator.size());
    if (place < 0) break;
    found.emplace_back(static_cast<size_t>(from), static_cast<size_t>(from + place));
    from += place + separator.size();
  }
  found.emplace_back(static_cast<size_t>(from), static_cast<size_t>(bytes.size()));
  return found;
}

Pieces SeparatorPiecesFromRight(const ByteSource& bytes, const ByteSource& separator,
                                int64_t limit) {
  Pieces found;
  int64_t stop = bytes.size();
  while (limit-- > 0) {
    const int64_t place = FindLastUnits(bytes.data(), stop, separator.data(), separator.size());
    if (place < 0) break;
    found.emplace_back(static_cast<size_t>(place + separator.size()), static_cast<size_t>(stop));
    stop = place;
  }
  found.emplace_back(0, static_cast<size_t>(stop));
  return found;
}

Result<Value> PiecesToList(Thread& thread, Value self, std::string_view bytes, const Pieces& pieces,
                           bool reversed) {
  GILA_TRY(List* const list, NewListReserved(thread, static_cast<int64_t>(pieces.size())));
  for (size_t i = 0; i < pieces.size(); ++i) {
    const Piece& piece = pieces[reversed ? pieces.size() - 1 - i : i];
    GILA_TRY(const Value part,
             NewBytesLike(thread, self, bytes.substr(piece.start, piece.stop - piece.start)));
    GILA_TRY_VOID(ListAppend(thread, list, part));
  }
  return Value(list);
}

Result<Value> SplitWith(Thread& thread, Args args, bool from_right) {
  int64_t limit = -1;
  if (args.Has(2)) {
    GILA_TRY(limit, ToInt64(thread, args[2]));
  }
  if (limit < 0) limit = Value::kMaxSmallInt;
  ByteSource self, separator;
  const bool blanks = args.Or(1, kNone).IsNone();
  if (!blanks) {
    GILA_TRY_VOID(separator.Read(thread, args[1]));
    if (separator.size() == 0) return thread.Raise(TypeId::kValueError, "empty separator");
  }
  GILA_TRY_VOID(self.Read(thread, args[0]));
  Pieces pieces;
  if (blanks) {
    pieces =
        from_right ? BlankPiecesFromRight(self.view(), limit) : BlankPieces(self.view(), limit);
  } else {
    pieces = from_right ? SeparatorPiecesFromRight(self, separator, limit)
                        : SeparatorPieces(self, separator, limit);
  }
  return PiecesToList(thread, args[0], self.view(), pieces, from_right);
}

}  // namespace

Result<Value> BytesSplit(Thread& thread, Args args) { return SplitWith(thread, args, false); }
Result<Value> BytesRSplit(Thread& thread, Args args) { return SplitWith(thread, args, true); }

Result<Value> BytesSplitLines(Thread& thread, Args args) {
  bool keep_ends = false;
  if (args.Has(1)) {
    GILA_TRY(const int64_t keeps, ToInt64(thread, args[1]));  // an int, and no other truth
    keep_ends = keeps != 0;
  }
  ByteSource self;
  GILA_TRY_VOID(self.Read(thread, args[0]));
  const std::string_view bytes = self.view();
  Pieces pieces;
  for (size_t i = 0; i < bytes.size();) {
    const size_t start = i;
    while (i < bytes.size() && bytes[i] != '\n' && bytes[i] != '\r') ++i;
    size_t stop = i;
    if (i < bytes.size()) {
      i += bytes[i] == '\r' && i + 1 < bytes.size() && bytes[i + 1] == '\n' ? 2 : 1;
      if (keep_ends) stop = i;
    }
    pieces.emplace_back(start, stop);
  }
  return PiecesToList(thread, args[0], bytes, pieces, false);
}

namespace {

Result<Value> Strip(Thread& thread, Args args, bool left, bool right) {
  ByteSource self, set;
  const bool blanks = args.Or(1, kNone).IsNone();
  if (!blanks) GILA_TRY_VOID(set.Read(thread, args[1]));
  GILA_TRY_VOID(self.Read(thread, args[0]));
  const auto drop = [&](char c) {
    return blanks ? IsBlank(c) : set.view().find(c) != std::string_view::npos;
  };
  std::string_view rest = self.view();
  while (left && !rest.empty() && drop(rest.front())) rest.remove_prefix(1);
  while (right && !rest.empty() && drop(rest.back())) rest.remove_suffix(1);
  return NewBytesLike(thread, args[0], rest);
}

}  // namespace

Result<Value> BytesStrip(Thread& thread, Args args) { return Strip(thread, args, true, true); }
Result<Value> BytesLStrip(Thread& thread, Args args) { return Strip(thread, args, true, false); }
Result<Value> BytesRStrip(Thread& thread, Args args) { return Strip(thread, args, false, true); }

namespace {

// What join() takes as a tuple.
Result<Tuple*> JoinedItems(Thread& thread, Value iterable) {
  if (IsExactly(iterable, TypeId::kList) || IsExactly(iterable, TypeId::kTuple))
    return ToTuple(thread, iterable);
  const Result<Value> iterator = GetIter(thread, iterable);
  if (iterator.ok()) return ToTuple(thread, iterator.value());
  if (!thread.ExceptionMatches(TypeId::kTypeError)) return kFailed;
  thread.ClearException();
  return thread.RaiseTypeError("can only join an iterable");
}

// True, with the size of the whole, when all items are bytes. A size beyond all memory is the
// largest number.
bool SizeOfJoined(const Tuple* items, int64_t separator, int64_t* size) {
  *size = 0;
  for (int64_t i = 0; i < items->length; ++i) {
    if (!IsBytes(items->At(i))) return false;
    const int64_t more = items->At(i).As<Bytes>()->size + (i > 0 ? separator : 0);
    if (__builtin_add_overflow(*size, more, size)) *size = INT64_MAX;
  }
  return true;
}

uint8_t* AppendTo(uint8_t* out, std::string_view bytes) {
  std::memcpy(out, bytes.data(), bytes.size());
  return out + bytes.size();
}

}  // namespace

Result<Value> BytesJoin(Thread& thread, Args args) {
  GILA_TRY(Tuple* const items, JoinedItems(thread, args[1]));
  ByteSource separator;
  GILA_TRY_VOID(separator.Read(thread, args[0]));
  if (int64_t size; SizeOfJoined(items, separator.size(), &size)) {
    if (size == INT64_MAX) return thread.RaiseMemoryError();
    return MakeBytesLike(thread, args[0], size, [&](uint8_t* out) {
      for (int64_t i = 0; i < items->length; ++i) {
        if (i > 0) out = AppendTo(out, separator.view());
        out = AppendTo(out, items->At(i).As<Bytes>()->view());
      }
    });
  }
  std::string out;
  for (int64_t i = 0; i < items->length; ++i) {
    const Value item = items->At(i);
    if (!IsBytesLike(item)) {
      const std::string_view name = TypeNameOf(item);
      return thread.RaiseTypeError("sequence item %lld: expected a bytes-like object, %.*s found",
                                   static_cast<long long>(i), static_cast<int>(name.size()),
                                   name.data());
    }
    ByteSource part;
    GILA_TRY_VOID(part.Read(thread, item));
    if (!MemoryForBytes(static_cast<int64_t>(out.size()) + separator.size() + part.size()))
      return thread.RaiseMemoryError();
    if (i > 0) out += separator.view();
    out += part.view();
  }
  return NewBytesLike(thread, args[0], out);
}

}  // namespace gila
