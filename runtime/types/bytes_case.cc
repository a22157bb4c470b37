// bytes_case.cc: case and classes of ASCII bytes, padding and translation, for bytes and bytearray.
#include <array>
#include <cstring>

#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/bytes_type.h"

namespace gila {

namespace {

bool IsLower(uint8_t c) { return c >= 'a' && c <= 'z'; }
bool IsUpper(uint8_t c) { return c >= 'A' && c <= 'Z'; }
bool IsAlpha(uint8_t c) { return IsLower(c) || IsUpper(c); }
bool IsDigit(uint8_t c) { return c >= '0' && c <= '9'; }
bool IsSpace(uint8_t c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
uint8_t Lower(uint8_t c) { return static_cast<uint8_t>(c | (IsUpper(c) ? 0x20 : 0)); }
uint8_t Upper(uint8_t c) { return static_cast<uint8_t>(c & (IsLower(c) ? 0xDF : 0xFF)); }

template <class Map>
Result<Value> MapBytes(Thread& thread, Args args, Map map) {
  ByteSource self;
  GILA_TRY_VOID(self.Read(thread, args[0]));
  return MakeBytesLike(thread, args[0], self.size(), [&](uint8_t* out) {
    const uint8_t* const from = self.data();
    const int64_t size = self.size();
    for (int64_t i = 0; i < size; ++i) out[i] = map(from[i]);
  });
}

template <class Test>
Result<Value> AllAre(Thread& thread, Args args, Test test) {
  ByteSource self;
  GILA_TRY_VOID(self.Read(thread, args[0]));
  for (const char c : self.view()) {
    if (!test(static_cast<uint8_t>(c))) return kFalse;
  }
  return Value::Bool(self.size() > 0);
}

template <class Wanted, class Unwanted>
Result<Value> SomeAndNone(Thread& thread, Args args, Wanted wanted, Unwanted unwanted) {
  ByteSource self;
  GILA_TRY_VOID(self.Read(thread, args[0]));
  bool found = false;
  for (const char c : self.view()) {
    if (unwanted(static_cast<uint8_t>(c))) return kFalse;
    found |= wanted(static_cast<uint8_t>(c));
  }
  return Value::Bool(found);
}

}  // namespace

Result<Value> BytesLower(Thread& thread, Args args) {
  return MapBytes(thread, args, [](uint8_t c) { return Lower(c); });
}
Result<Value> BytesUpper(Thread& thread, Args args) {
  return MapBytes(thread, args, [](uint8_t c) { return Upper(c); });
}
Result<Value> BytesSwapCase(Thread& thread, Args args) {
  return MapBytes(thread, args, [](uint8_t c) -> uint8_t { return IsAlpha(c) ? c ^ 0x20 : c; });
}
Result<Value> BytesTitle(Thread& thread, Args args) {
  bool in_word = false;
  return MapBytes(thread, args, [&in_word](uint8_t c) {
    const uint8_t mapped = in_word ? Lower(c) : Upper(c);
    in_word = IsAlpha(c);
    return mapped;
  });
}
Result<Value> BytesCapitalize(Thread& thread, Args args) {
  bool first = true;
  return MapBytes(thread, args, [&first](uint8_t c) {
    const uint8_t mapped = first ? Upper(c) : Lower(c);
    first = false;
    return mapped;
  });
}

Result<Value> BytesIsAlnum(Thread& thread, Args args) {
  return AllAre(thread, args, [](uint8_t c) { return IsAlpha(c) || IsDigit(c); });
}
Result<Value> BytesIsAlpha(Thread& thread, Args args) { return AllAre(thread, args, IsAlpha); }
Result<Value> BytesIsDigit(Thread& thread, Args args) { return AllAre(thread, args, IsDigit); }
Result<Value> BytesIsSpace(Thread& thread, Args args) { return AllAre(thread, args, IsSpace); }
Result<Value> BytesIsLower(Thread& thread, Args args) {
  return SomeAndNone(thread, args, IsLower, IsUpper);
}
Result<Value> BytesIsUpper(Thread& thread, Args args) {
  return SomeAndNone(thread, args, IsUpper, IsLower);
}
Result<Value> BytesIsAscii(Thread& thread, Args args) {
  ByteSource self;
  GILA_TRY_VOID(self.Read(thread, args[0]));
  for (const char c : self.view()) {
    if (static_cast<uint8_t>(c) >= 128) return kFalse;
  }
  return kTrue;
}
Result<Value> BytesIsTitle(Thread& thread, Args args) {
  ByteSource self;
  GILA_TRY_VOID(self.Read(thread, args[0]));
  bool found = false, in_word = false;
  for (const char signed_c : self.view()) {
    const auto c = static_cast<uint8_t>(signed_c);
    if (in_word ? IsUpper(c) : IsLower(c)) return kFalse;
    in_word = IsAlpha(c);
    found |= in_word;
  }
  return Value::Bool(found);
}

namespace {

Result<Value> Pad(Thread& thread, Args args, std::string_view bytes, int64_t left, int64_t right,
                  char fill) {
  if (!MemoryForBytes(left + right)) return thread.RaiseMemoryError();
  const auto size = static_cast<int64_t>(bytes.size());
  return MakeBytesLike(thread, args[0], left + size + right, [&](uint8_t* out) {
    std::memset(out, fill, static_cast<size_t>(left));
    std::memcpy(out + left, bytes.data(), bytes.size());
    std::memset(out + left + size, fill, static_cast<size_t>(right));
  });
}

// (width, fillchar=b' ')
Status ReadPadding(Thread& thread, Args args, const char* name, int64_t size, int64_t* missing,
                   char* fill) {
  GILA_TRY(const int64_t width, ToInt64(thread, args[1]));
  *fill = ' ';
  if (args.Has(2)) {
    ByteSource source;
    const bool right_kind = IsBytes(args[2]) || IsKind(args[2], kKindByteArray);
    if (right_kind) GILA_TRY_VOID(source.Read(thread, args[2]));
    if (!right_kind || source.size() != 1) {
      const std::string_view got = TypeNameOf(args[2]);
      return thread.RaiseTypeError("%s() argument 2 must be a byte string of length 1, not %.*s",
                                   name, static_cast<int>(got.size()), got.data());
    }
    *fill = source.view()[0];
  }
  *missing = width > size ? width - size : 0;
  return kOk;
}

enum class Side { kLeft, kRight, kBoth };

Result<Value> Justify(Thread& thread, Args args, const char* name, Side side) {
  ByteSource self;
  GILA_TRY_VOID(self.Read(thread, args[0]));
  int64_t missing;
  char fill;
  GILA_TRY_VOID(ReadPadding(thread, args, name, self.size(), &missing, &fill));
  int64_t left = side == Side::kLeft ? missing : 0;
  // An odd place goes to the left when the width is odd.
  if (side == Side::kBoth) left = missing / 2 + (missing & (missing + self.size()) & 1);
  return Pad(thread, args, self.view(), left, missing - left, fill);
}

}  // namespace

Result<Value> BytesCenter(Thread& thread, Args args) {
  return Justify(thread, args, "center", Side::kBoth);
}
Result<Value> BytesLJust(Thread& thread, Args args) {
  return Justify(thread, args, "ljust", Side::kRight);
}
Result<Value> BytesRJust(Thread& thread, Args args) {
  return Justify(thread, args, "rjust", Side::kLeft);
}

Result<Value> BytesZFill(Thread& thread, Args args) {
  GILA_TRY(const int64_t width, ToInt64(thread, args[1]));
  ByteSource self;
  GILA_TRY_VOID(self.Read(thread, args[0]));
  const std::string_view bytes = self.view();
  const int64_t missing = std::max<int64_t>(width - self.size(), 0);
  if (!MemoryForBytes(missing)) return thread.RaiseMemoryError();
  const bool sign = !bytes.empty() && (bytes[0] == '+' || bytes[0] == '-');
  return MakeBytesLike(thread, args[0], self.size() + missing, [&](uint8_t* out) {
    if (sign) *out++ = static_cast<uint8_t>(bytes[0]);
    std::memset(out, '0', static_cast<size_t>(missing));
    std::memcpy(out + missing, bytes.data() + sign, bytes.size() - sign);
  });
}

namespace {

// Calls put(byte, times) for the pieces of the text in which tabs are blanks. False when the whole
// is longer than any text can be.
template <typename Put>
bool ForEachExpanded(std::string_view bytes, int64_t tab_size, Put put) {
  int64_t column = 0, total = 0;
  for (const char c : bytes) {
    int64_t times = 1;
    if (c == '\t') times = tab_size > 0 ? tab_size - column % tab_size : 0;
    if (__builtin_add_overflow(total, times, &total)) return false;
    put(c == '\t' ? ' ' : c, times);
    column = c == '\n' || c == '\r' ? 0 : column + times;
  }
  return true;
}

}  // namespace

Result<Value> BytesExpandTabs(Thread& thread, Args args) {
  int64_t tab_size = 8;
  if (args.Has(1)) {
    GILA_TRY(tab_size, ToInt64(thread, args[1]));
    if (tab_size > INT32_MAX || tab_size < INT32_MIN)
      return thread.Raise(TypeId::kOverflowError, "Python int too large to convert to C int");
  }
  ByteSource self;
  GILA_TRY_VOID(self.Read(thread, args[0]));
  int64_t size = 0;
  if (!ForEachExpanded(self.view(), tab_size, [&](char, int64_t times) { size += times; }))
    return thread.Raise(TypeId::kOverflowError, "result too long");
  if (!MemoryForBytes(size)) return thread.RaiseMemoryError();
  return MakeBytesLike(thread, args[0], size, [&](uint8_t* out) {
    ForEachExpanded(self.view(), tab_size, [&](char c, int64_t times) {
      std::memset(out, c, static_cast<size_t>(times));
      out += times;
    });
  });
}

Result<Value> BytesTranslate(Thread& thread, Args args) {
  ByteSource self, table, deleted;
  const bool mapped = !args[1].IsNone();
  if (mapped) {
    GILA_TRY_VOID(table.Read(thread, args[1]));
    if (table.size() != 256) {
      return thread.Raise(TypeId::kValueError, "translation table must be 256 characters long");
    }
  }
  if (args.Has(2)) GILA_TRY_VOID(deleted.Read(thread, args[2]));
  GILA_TRY_VOID(self.Read(thread, args[0]));
  std::array<bool, 256> drop{};
  for (const char c : deleted.view()) drop[static_cast<uint8_t>(c)] = true;
  std::string out;
  out.reserve(self.view().size());
  for (const char signed_c : self.view()) {
    const auto c = static_cast<uint8_t>(signed_c);
    if (!drop[c]) out.push_back(mapped ? table.view()[c] : signed_c);
  }
  return NewBytesLike(thread, args[0], out);
}

Result<Value> BytesMakeTrans(Thread& thread, Args args) {
  ByteSource from, to;
  GILA_TRY_VOID(from.Read(thread, args[0]));
  GILA_TRY_VOID(to.Read(thread, args[1]));
  if (from.size() != to.size()) {
    return thread.Raise(TypeId::kValueError, "maketrans arguments must have same length");
  }
  std::string table(256, '\0');
  for (size_t i = 0; i < 256; ++i) table[i] = static_cast<char>(i);
  for (size_t i = 0; i < from.view().size(); ++i) table[from.data()[i]] = to.view()[i];
  return NewBytes(thread, table);
}

}  // namespace gila
