// str.cc: making, comparing, cutting and joining strings: what the rest of the runtime calls. The
// methods that programs see are in str_methods.cc and its neighbours, the type itself in
// str_type.cc.
//
// The rule kept here: a string is stored in the narrowest width that holds its widest character,
// and kStrAscii says whether all of it is below 128. So equal text means equal bytes.
#include "runtime/types/str.h"

#include <algorithm>
#include <bit>

#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/text/siphash.h"
#include "runtime/text/units.h"
#include "runtime/text/utf8.h"
#include "runtime/threads/only_thread.h"
#include "runtime/type.h"
#include "runtime/types/sequence.h"

namespace gila {

Value latin1_strings[256];
Str* empty_str;

namespace {

// Sums shorter than this are copied; a longer one that is added to again moves to a shared Blob.
constexpr size_t kSharedThreshold = 256;

Str* InitInline(Str* s, int64_t length, int width_log2, bool ascii) {
  s->flags = static_cast<uint8_t>(width_log2 | (ascii ? kStrAscii : 0));
  s->length = length;
  s->data = s->inline_data;
  return s;
}

}  // namespace

Result<Str*> NewStrUninitialized(Thread& thread, int64_t length, int width_log2, bool ascii) {
  if (GILA_UNLIKELY(static_cast<uint64_t>(length) >= (heap::kMaxObject >> width_log2)))
    return thread.RaiseMemoryError();
  GILA_TRY(Str* const s, Allocate<Str>(thread, TypeId::kStr,
                                       sizeof(Str) + (static_cast<size_t>(length) << width_log2)));
  return InitInline(s, length, width_log2, ascii);
}

void ConvertUnits(uint8_t* to, int to_width_log2, const uint8_t* from, int from_width_log2,
                  int64_t count) {
  WithUnits(from, from_width_log2, [&](const auto* source) {
    WithUnits(to, to_width_log2, [&](const auto* target_units) {
      using Unit = std::remove_cv_t<std::remove_pointer_t<decltype(target_units)>>;
      auto* target = const_cast<Unit*>(target_units);
      for (int64_t i = 0; i < count; ++i) target[i] = static_cast<Unit>(source[i]);
    });
  });
}

Result<Str*> NewCharSlow(Thread& thread, uint32_t code_point) {
  const int width_log2 = WidthFor(code_point);
  GILA_TRY(Str* const s, NewStrUninitialized(thread, 1, width_log2, code_point < 128));
  StoreUnit(s->data, width_log2, 0, code_point);
  return s;
}

Result<Str*> NewStrLatin1(Thread& thread, std::string_view latin1) {
  if (latin1.size() <= 1) {
    if (latin1.empty()) return empty_str;
    return latin1_strings[static_cast<uint8_t>(latin1[0])].As<Str>();
  }
  GILA_TRY(Str* const s, NewStrUninitialized(thread, static_cast<int64_t>(latin1.size()), 0,
                                             IsAsciiText(latin1)));
  std::memcpy(s->data, latin1.data(), latin1.size());
  return s;
}

Result<Str*> NewStr(Thread& thread, std::string_view utf8) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(utf8.data());
  if (AsciiPrefix(bytes, utf8.size()) == utf8.size()) return NewStrLatin1(thread, utf8);
  const uint8_t* const end = bytes + utf8.size();
  int64_t length = 0;
  uint32_t or_mask = 0;
  int bad_length = 0;
  // Text that was cut in the middle of a character shows a replacement character there.
  const auto next = [&](const uint8_t*& p) {
    const uint32_t c = DecodeUtf8(p, end, true, &bad_length);
    if (GILA_LIKELY(c != kBadUtf8)) return c;
    p += bad_length;
    return uint32_t{0xFFFD};
  };
  for (const uint8_t* p = bytes; p < end; ++length) or_mask |= next(p);
  if (length == 1) {
    const uint8_t* p = bytes;
    Str* const s = StrFromChar(thread, next(p));
    if (s == nullptr) return kFailed;
    return s;
  }
  const int width_log2 = WidthFor(or_mask);
  GILA_TRY(Str* const s, NewStrUninitialized(thread, length, width_log2, false));
  const uint8_t* p = bytes;
  for (int64_t i = 0; i < length; ++i) StoreUnit(s->data, width_log2, i, next(p));
  return s;
}

Result<Str*> NewStrFromUnits(Thread& thread, const uint8_t* units, int width_log2, int64_t length) {
  if (length <= 0) return empty_str;
  const uint32_t or_mask = OrOfUnits(units, width_log2, length);
  const int narrow = WidthFor(or_mask);
  if (length == 1 && narrow == 0) return latin1_strings[or_mask].As<Str>();
  GILA_TRY(Str* const s, NewStrUninitialized(thread, length, narrow, or_mask < 128));
  CopyUnits(s->data, narrow, units, width_log2, length);
  return s;
}

Result<Str*> NewStrFromUcs2(Thread& thread, const uint16_t* units, int64_t length) {
  return NewStrFromUnits(thread, reinterpret_cast<const uint8_t*>(units), 1, length);
}

Result<Str*> NewStrFromUcs4(Thread& thread, const uint32_t* units, int64_t length) {
  return NewStrFromUnits(thread, reinterpret_cast<const uint8_t*>(units), 2, length);
}

Result<Str*> PlainStr(Thread& thread, Str* s) {
  if (s->IsExactly(TypeId::kStr)) return s;
  return NewStrFromUnits(thread, s->data, s->width_log2(), s->length);
}

std::string ToUtf8(const Str* s) {
  if (s->IsAscii()) return std::string(s->ascii());
  std::string out;
  out.reserve(static_cast<size_t>(s->length) * 2);
  for (int64_t i = 0; i < s->length; ++i) AppendUtf8(out, s->At(i));
  return out;
}

uint64_t HashStrSlow(const Str* s) {
  const uint64_t hash = HashBytes(s->data, s->ByteSize());
  const_cast<Str*>(s)->hash.StoreRelaxed(hash);
  return hash;
}

bool StrEquals(const Str* a, std::string_view ascii) { return a->IsAscii() && a->ascii() == ascii; }

int StrCompare(const Str* a, const Str* b) {
  const int64_t common = std::min(a->length, b->length);
  if (a->width_log2() == 0 && b->width_log2() == 0) {
    const int order = std::memcmp(a->data, b->data, static_cast<size_t>(common));
    if (order != 0) return order;
  } else {
    const int order = WithUnits(a, [&](const auto* x) {
      return WithUnits(b, [&](const auto* y) {
        for (int64_t i = 0; i < common; ++i) {
          if (x[i] != y[i]) return uint32_t{x[i]} < uint32_t{y[i]} ? -1 : 1;
        }
        return 0;
      });
    });
    if (order != 0) return order;
  }
  return a->length == b->length ? 0 : a->length < b->length ? -1 : 1;
}

namespace {

// A string that sees the first `length` units of `store`.
Result<Str*> NewSharedStr(Thread& thread, Blob* store, int64_t length, uint8_t flags) {
  GILA_TRY(Str* const s, Allocate<Str>(thread, TypeId::kStr, sizeof(Str)));
  s->flags = static_cast<uint8_t>(flags | kStrShared | kStrSum);
  s->length = length;
  s->data = store->bytes;
  s->store.Init(store);
  return s;
}

// Takes the bytes behind `used`; false when somebody else has.
bool TakeRoom(Blob* store, int64_t used, int64_t now_used) {
  if (LocksMatter()) return store->used.CompareExchange(used, now_used);
  if (store->used.LoadRelaxed() != used) return false;
  store->used.StoreRelaxed(now_used);
  return true;
}

// a + b where `a` is itself a sum and of the width of the result: appends to the Blob of `a` when
// `a` ends where the Blob is used up, else moves the text to a Blob with room for more.
Result<Str*> ConcatShared(Thread& thread, Str* a, Str* b, int width_log2, bool ascii) {
  const int64_t length = a->length + b->length;
  const auto bytes = static_cast<int64_t>(static_cast<size_t>(length) << width_log2);
  const auto old_bytes = static_cast<int64_t>(a->ByteSize());
  const auto flags = static_cast<uint8_t>(width_log2 | (ascii ? kStrAscii : 0));
  Blob* store = (a->Flags() & kStrShared) && a->IsExactly(TypeId::kStr) ? a->store.Load() : nullptr;
  // A fourth more room for long text keeps the waste small; the copying stays linear in the whole.
  const int64_t room = bytes < 65536 ? bytes / 2 : bytes / 4;
  if (store != nullptr && (bytes <= __atomic_load_n(&store->size, __ATOMIC_RELAXED) ||
                           (store->used.Load() == old_bytes && ExtendTo(store, bytes + room)))) {
    if (TakeRoom(store, old_bytes, bytes)) {
      CopyUnits(store->bytes + old_bytes, width_log2, b->data, b->width_log2(), b->length);
      return NewSharedStr(thread, store, length, flags);
    }
  }
  GILA_TRY(store, NewGrowingBlob(thread, bytes + room));
  store->used.StoreRelaxed(bytes);
  CopyUnits(store->bytes, width_log2, a->data, a->width_log2(), a->length);
  CopyUnits(store->bytes + old_bytes, width_log2, b->data, b->width_log2(), b->length);
  return NewSharedStr(thread, store, length, flags);
}

}  // namespace

Result<Str*> StrConcat(Thread& thread, Str* a, Str* b) {
  if (b->length == 0) return PlainStr(thread, a);
  if (a->length == 0) return PlainStr(thread, b);
  const int width_log2 = std::max(a->width_log2(), b->width_log2());
  const bool ascii = a->IsAscii() && b->IsAscii();
  const int64_t length = a->length + b->length;
  if ((a->Flags() & kStrSum) && a->ByteSize() >= kSharedThreshold &&
      a->width_log2() == width_log2 && static_cast<size_t>(length) < (heap::kMaxObject >> 3)) {
    return ConcatShared(thread, a, b, width_log2, ascii);
  }
  GILA_TRY(Str* const s, NewStrUninitialized(thread, length, width_log2, ascii));
  s->flags |= kStrSum;
  CopyUnits(s->data, width_log2, a->data, a->width_log2(), a->length);
  CopyUnits(s->data + (static_cast<size_t>(a->length) << width_log2), width_log2, b->data,
            b->width_log2(), b->length);
  return s;
}

Result<Str*> StrSlice(Thread& thread, Str* s, int64_t start, int64_t stop) {
  const int64_t length = stop - start;
  if (length <= 0) return empty_str;
  if (length == s->length) return PlainStr(thread, s);
  const int width_log2 = s->width_log2();
  const uint8_t* from = s->data + (static_cast<size_t>(start) << width_log2);
  if (!s->IsAscii()) return NewStrFromUnits(thread, from, width_log2, length);
  return NewAsciiStr(thread, from, length);
}

Result<Str*> StrRepeat(Thread& thread, Str* s, int64_t count) {
  if (count <= 0 || s->length == 0) return empty_str;
  if (count == 1) return PlainStr(thread, s);
  int64_t length;
  if (__builtin_mul_overflow(s->length, count, &length))
    return thread.Raise(TypeId::kOverflowError, "repeated string is too long");
  GILA_TRY(Str* const result, NewStrUninitialized(thread, length, s->width_log2(), s->IsAscii()));
  const size_t unit = s->ByteSize(), total = result->ByteSize();
  if (unit == 1) {
    std::memset(result->data, s->data[0], total);
    return result;
  }
  std::memcpy(result->data, s->data, unit);
  for (size_t done = unit; done < total;) {  // doubling
    const size_t piece = std::min(done, total - done);
    std::memcpy(result->data + done, result->data, piece);
    done += piece;
  }
  return result;
}

namespace {

// Width, length and ASCII-ness of the joined string; checks that every item is a str.
struct JoinSize {
  int64_t length = 0;
  int width_log2 = 0;
  bool ascii = true;
  bool overflow = false;

  void Add(const Str* s) {
    overflow |= __builtin_add_overflow(length, s->length, &length);
    width_log2 = std::max(width_log2, s->width_log2());
    ascii &= s->IsAscii();
  }
  bool FitsIn(const JoinSize& other) const {
    return length <= other.length && width_log2 <= other.width_log2 && (ascii || !other.ascii);
  }
};

// Items that another thread may change between the two passes over them: kNotImplemented when that
// has happened.
template <bool kMayChange, class ItemAt>
Result<Value> JoinItems(Thread& thread, Str* separator, int64_t count, ItemAt item_at) {
  if (count == 0) return Value(empty_str);
  JoinSize size;
  for (int64_t i = 0; i < count; ++i) {
    const Value item = item_at(i);
    if (!IsStr(item)) {
      if (kMayChange && item.IsUnbound()) return kNotImplemented;
      const std::string_view name = TypeNameOf(item);
      return thread.RaiseTypeError("sequence item %lld: expected str instance, %.*s found",
                                   static_cast<long long>(i), static_cast<int>(name.size()),
                                   name.data());
    }
    if (i > 0) size.Add(separator);
    size.Add(item.As<Str>());
  }
  if (count == 1) {
    const Value item = item_at(0);
    if (kMayChange && !IsStr(item)) return kNotImplemented;
    return PlainStr(thread, item.As<Str>());
  }
  if (size.overflow)
    return thread.Raise(TypeId::kOverflowError, "join() result is too long for a Python string");
  GILA_TRY(Str* const result,
           NewStrUninitialized(thread, size.length, size.width_log2, size.ascii));
  uint8_t* out = result->data;
  const int width_log2 = size.width_log2;
  const auto put = [&out, width_log2](const Str* s) {
    CopyUnits(out, width_log2, s->data, s->width_log2(), s->length);
    out += static_cast<size_t>(s->length) << width_log2;
  };
  const bool one_byte = separator->length == 1 && width_log2 == 0;
  const uint8_t mark = one_byte ? separator->data[0] : 0;
  JoinSize written;
  for (int64_t i = 0; i < count; ++i) {
    const Value item = item_at(i);
    if constexpr (kMayChange) {
      if (!IsStr(item)) return kNotImplemented;
      if (i > 0) written.Add(separator);
      written.Add(item.As<Str>());
      if (!written.FitsIn(size)) return kNotImplemented;
    }
    if (one_byte && i > 0) {
      *out++ = mark;
    } else if (i > 0 && separator->length != 0) {
      put(separator);
    }
    put(item.As<Str>());
  }
  if (kMayChange && !size.FitsIn(written)) return kNotImplemented;
  return Value(result);
}

// The items are the characters of `text`.
Result<Value> JoinCharacters(Thread& thread, Str* separator, Str* text) {
  const int64_t count = text->length;
  if (separator->length == 0 || count < 2) return PlainStr(thread, text);
  JoinSize size;
  size.Add(text);
  size.Add(separator);
  int64_t length;
  if (__builtin_mul_overflow(count - 1, separator->length, &length) ||
      __builtin_add_overflow(length, count, &length))
    return thread.Raise(TypeId::kOverflowError, "join() result is too long for a Python string");
  const int width_log2 = size.width_log2, from_log2 = text->width_log2();
  GILA_TRY(Str* const result, NewStrUninitialized(thread, length, width_log2, size.ascii));
  uint8_t* out = result->data;
  for (int64_t i = 0; i < count; ++i) {
    if (i > 0) {
      CopyUnits(out, width_log2, separator->data, separator->width_log2(), separator->length);
      out += static_cast<size_t>(separator->length) << width_log2;
    }
    CopyUnits(out, width_log2, text->data + (static_cast<size_t>(i) << from_log2), from_log2, 1);
    out += size_t{1} << width_log2;
  }
  return Value(result);
}

}  // namespace

Result<Value> StrJoin(Thread& thread, Str* separator, Value iterable) {
  Tuple* items;
  if (IsTuple(iterable)) {
    items = iterable.As<Tuple>();
  } else if (IsExactly(iterable, TypeId::kStr)) {
    return JoinCharacters(thread, separator, iterable.As<Str>());
  } else {
    if (IsExactly(iterable, TypeId::kList)) {
      // The list itself will do, unless another thread changes it between the two passes.
      List* const list = iterable.As<List>();
      const auto item_at = [list](int64_t i) { return ListAt(list, i); };
      const Result<Value> joined =
          JoinItems<kGilDisabled>(thread, separator, list->size.Load(), item_at);
      if (!kGilDisabled || joined.raw() != kNotImplemented) return joined;
    }
    const Result<Value> iterator = GetIter(thread, iterable);
    if (!iterator.ok()) {
      if (!thread.ExceptionMatches(TypeId::kTypeError)) return kFailed;
      thread.ClearException();
      return thread.RaiseTypeError("can only join an iterable");
    }
    GILA_TRY(items, ToTuple(thread, iterator.value()));
  }
  return JoinItems<false>(thread, separator, items->length,
                          [items](int64_t i) { return items->At(i); });
}

}  // namespace gila
