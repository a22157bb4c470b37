// bytes_find.cc: the methods of bytes and bytearray that look for bytes.
#include <algorithm>
#include <cstring>

#include "runtime/protocols.h"
#include "runtime/text/search.h"
#include "runtime/type.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/bytes_type.h"
#include "runtime/types/sequence.h"
#include "runtime/types/text_range.h"

namespace gila {

namespace {

using Finder = int64_t (*)(const uint8_t*, int64_t, const uint8_t*, int64_t);

// The place of args[1] within args[2:3] of self, or -1.
Result<int64_t> FindWith(Thread& thread, Args args, Finder find) {
  ByteSource self, wanted;
  GILA_TRY_VOID(wanted.ReadOrByte(thread, args[1]));
  GILA_TRY_VOID(self.Read(thread, args[0]));
  GILA_TRY(const TextRange range, ResolveRange(thread, args[2], args[3], self.size()));
  if (range.start > range.stop) return -1;
  const int64_t place =
      find(self.data() + range.start, range.stop - range.start, wanted.data(), wanted.size());
  return place < 0 ? -1 : range.start + place;
}

Result<Value> FindOrMinusOne(Thread& thread, Args args, Finder find) {
  GILA_TRY(const int64_t place, FindWith(thread, args, find));
  return Value::SmallInt(place);
}

Result<Value> FindOrRaise(Thread& thread, Args args, Finder find) {
  GILA_TRY(const int64_t place, FindWith(thread, args, find));
  if (place < 0) {
    return thread.Raise(TypeId::kValueError, "subsection not found");
  }
  return Value::SmallInt(place);
}

}  // namespace

Result<Value> BytesFind(Thread& thread, Args args) {
  return FindOrMinusOne(thread, args, FindUnits<uint8_t>);
}
Result<Value> BytesRFind(Thread& thread, Args args) {
  return FindOrMinusOne(thread, args, FindLastUnits<uint8_t>);
}
Result<Value> BytesIndex(Thread& thread, Args args) {
  return FindOrRaise(thread, args, FindUnits<uint8_t>);
}
Result<Value> BytesRIndex(Thread& thread, Args args) {
  return FindOrRaise(thread, args, FindLastUnits<uint8_t>);
}

Result<Value> BytesCount(Thread& thread, Args args) {
  ByteSource self, wanted;
  GILA_TRY_VOID(wanted.ReadOrByte(thread, args[1]));
  GILA_TRY_VOID(self.Read(thread, args[0]));
  GILA_TRY(const TextRange range, ResolveRange(thread, args[2], args[3], self.size()));
  if (range.start > range.stop) return Value::SmallInt(0);
  return Value::SmallInt(CountUnits(self.data() + range.start, range.stop - range.start,
                                    wanted.data(), wanted.size(), Value::kMaxSmallInt));
}

Result<Value> BytesContains(Thread& thread, Args args) {
  ByteSource self, wanted;
  if (IsBytesLike(args[1]) || LookupSpecial(thread, TypeOf(args[1]), Special::kIndex).IsUnbound()) {
    GILA_TRY_VOID(wanted.Read(thread, args[1]));
  } else {
    GILA_TRY_VOID(wanted.ReadOrByte(thread, args[1]));
  }
  GILA_TRY_VOID(self.Read(thread, args[0]));
  return Value::Bool(FindUnits(self.data(), self.size(), wanted.data(), wanted.size()) >= 0);
}

namespace {

bool TailMatches(std::string_view bytes, const TextRange& range, std::string_view part,
                 bool at_end) {
  const auto size = static_cast<int64_t>(part.size());
  if (range.stop - range.start < size) return false;
  const int64_t place = at_end ? range.stop - size : range.start;
  return bytes.substr(static_cast<size_t>(place), part.size()) == part;
}

Result<Value> TailMatch(Thread& thread, Args args, bool at_end) {
  ByteSource self;
  GILA_TRY_VOID(self.Read(thread, args[0]));
  GILA_TRY(const TextRange range, ResolveRange(thread, args[2], args[3], self.size()));
  if (!IsTuple(args[1])) {
    if (!IsBytesLike(args[1])) {
      const std::string_view name = TypeNameOf(args[1]);
      return thread.RaiseTypeError("%s first arg must be bytes or a tuple of bytes, not %.*s",
                                   at_end ? "endswith" : "startswith",
                                   static_cast<int>(name.size()), name.data());
    }
    ByteSource part;
    GILA_TRY_VOID(part.Read(thread, args[1]));
    return Value::Bool(TailMatches(self.view(), range, part.view(), at_end));
  }
  Tuple* const parts = args[1].As<Tuple>();
  for (int64_t i = 0; i < parts->length; ++i) {
    ByteSource part;
    GILA_TRY_VOID(part.Read(thread, parts->At(i)));
    if (TailMatches(self.view(), range, part.view(), at_end)) return kTrue;
  }
  return kFalse;
}

}  // namespace

Result<Value> BytesStartsWith(Thread& thread, Args args) { return TailMatch(thread, args, false); }
Result<Value> BytesEndsWith(Thread& thread, Args args) { return TailMatch(thread, args, true); }

Result<Value> BytesReplace(Thread& thread, Args args) {
  ByteSource self, old_part, new_part;
  GILA_TRY_VOID(old_part.Read(thread, args[1]));
  GILA_TRY_VOID(new_part.Read(thread, args[2]));
  int64_t limit = -1;
  if (args.Has(3)) {
    GILA_TRY(limit, ToInt64(thread, args[3]));
  }
  if (limit < 0) limit = Value::kMaxSmallInt;
  GILA_TRY_VOID(self.Read(thread, args[0]));
  const int64_t count =
      CountUnits(self.data(), self.size(), old_part.data(), old_part.size(), limit);
  int64_t growth, size;
  if (__builtin_mul_overflow(new_part.size() - old_part.size(), count, &growth) ||
      __builtin_add_overflow(self.size(), growth, &size))
    return thread.Raise(TypeId::kOverflowError, "replace bytes is too long");
  if (!MemoryForBytes(size)) return thread.RaiseMemoryError();
  if (count == 0 && IsExactly(args[0], TypeId::kBytes)) return args[0];
  // A byte by a byte, everywhere: no places to look for.
  if (old_part.size() == 1 && new_part.size() == 1 && count < limit) {
    return MakeBytesLike(thread, args[0], size, [&](uint8_t* out) {
      const uint8_t was = old_part.data()[0], is = new_part.data()[0];
      std::transform(self.data(), self.data() + self.size(), out,
                     [was, is](uint8_t byte) { return byte == was ? is : byte; });
    });
  }
  return MakeBytesLike(thread, args[0], size, [&](uint8_t* out) {
    const auto append = [&out](const uint8_t* bytes, int64_t length) {
      std::memcpy(out, bytes, static_cast<size_t>(length));
      out += length;
    };
    int64_t from = 0;
    for (int64_t i = 0; i < count; ++i) {
      int64_t place = from;
      if (old_part.size() > 0) {
        place +=
            FindUnits(self.data() + from, self.size() - from, old_part.data(), old_part.size());
      }
      append(self.data() + from, place - from);
      append(new_part.data(), new_part.size());
      from = place + old_part.size();
      if (old_part.size() == 0 && from < self.size()) *out++ = self.data()[from++];
    }
    append(self.data() + from, self.size() - from);
  });
}

namespace {

Result<Value> PartitionWith(Thread& thread, Args args, Finder find, bool from_right) {
  ByteSource self, separator;
  GILA_TRY_VOID(separator.Read(thread, args[1]));
  GILA_TRY_VOID(self.Read(thread, args[0]));
  if (separator.size() == 0) return thread.Raise(TypeId::kValueError, "empty separator");
  const int64_t place = find(self.data(), self.size(), separator.data(), separator.size());
  std::string_view parts[3] = {self.view(), {}, {}};
  if (place >= 0) {
    const auto at = static_cast<size_t>(place);
    parts[0] = self.view().substr(0, at);
    parts[1] = separator.view();
    parts[2] = self.view().substr(at + separator.view().size());
  } else if (from_right) {
    std::swap(parts[0], parts[2]);
  }
  Value made[3] = {};
  for (int i = 0; i < 3; ++i) {
    GILA_TRY(made[i], NewBytesLike(thread, args[0], parts[i]));
  }
  // A separator that was found is given back as it is, unless self is a bytearray.
  if (place >= 0 && IsBytes(args[0])) made[1] = args[1];
  return NewTuple(thread, made);
}

}  // namespace

Result<Value> BytesPartition(Thread& thread, Args args) {
  return PartitionWith(thread, args, FindUnits<uint8_t>, false);
}
Result<Value> BytesRPartition(Thread& thread, Args args) {
  return PartitionWith(thread, args, FindLastUnits<uint8_t>, true);
}

Result<Value> BytesRemovePrefix(Thread& thread, Args args) {
  ByteSource self, prefix;
  GILA_TRY_VOID(prefix.Read(thread, args[1]));
  GILA_TRY_VOID(self.Read(thread, args[0]));
  const bool has = TailMatches(self.view(), {0, self.size()}, prefix.view(), false);
  return NewBytesLike(thread, args[0], self.view().substr(has ? prefix.view().size() : 0));
}

Result<Value> BytesRemoveSuffix(Thread& thread, Args args) {
  ByteSource self, suffix;
  GILA_TRY_VOID(suffix.Read(thread, args[1]));
  GILA_TRY_VOID(self.Read(thread, args[0]));
  const bool has = TailMatches(self.view(), {0, self.size()}, suffix.view(), true);
  return NewBytesLike(thread, args[0],
                      self.view().substr(0, self.view().size() - (has ? suffix.view().size() : 0)));
}

}  // namespace gila
