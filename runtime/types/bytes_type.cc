// bytes_type.cc: the type bytes: its constructor, special methods and table; the special methods
// that bytearray shares.
#include "runtime/types/bytes_type.h"

#include <array>
#include <cstring>

#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/text/codecs.h"
#include "runtime/text/percent_format.h"
#include "runtime/text/siphash.h"
#include "runtime/text/utf8.h"
#include "runtime/type.h"
#include "runtime/types/bytes_iterators.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/int.h"
#include "runtime/types/number_methods.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

Bytes* SelfBytes(Args args) { return args[0].As<Bytes>(); }

Result<Value> NewBytesOfType(Thread& thread, Type* type, std::string_view bytes) {
  if (type == GetType(TypeId::kBytes)) return NewBytes(thread, bytes);
  GILA_TRY(Blob* const store, NewBlob(thread, static_cast<int64_t>(bytes.size())));
  std::memcpy(store->bytes, bytes.data(), bytes.size());
  GILA_TRY(Object* const object, AllocateInstance(thread, type));
  Bytes* const instance = static_cast<Bytes*>(object);
  instance->size = static_cast<int64_t>(bytes.size());
  instance->data = store->bytes;
  instance->store.Store(instance, store);
  return Value(instance);
}

Result<std::string> OptionalText(Thread& thread, Value v, const char* function, const char* name,
                                 const char* fallback) {
  if (v.IsUnbound()) return std::string(fallback);
  const std::string what = std::string(function) + "() argument '" + name + "'";
  GILA_TRY(Str* const text, ToStrArgument(thread, v, what.c_str()));
  return ToUtf8(text);
}

}  // namespace

Result<std::string> BytesFromArguments(Thread& thread, Value source, Value encoding, Value errors,
                                       const char* type) {
  if (!encoding.IsUnbound() || !errors.IsUnbound()) {
    GILA_TRY(const std::string codec, OptionalText(thread, encoding, type, "encoding", ""));
    GILA_TRY(const std::string handler, OptionalText(thread, errors, type, "errors", "strict"));
    if (source.IsUnbound() || !IsStr(source)) {
      return thread.RaiseTypeError("%s without a string argument",
                                   encoding.IsUnbound() ? "errors" : "encoding");
    }
    if (encoding.IsUnbound()) return thread.RaiseTypeError("string argument without an encoding");
    GILA_TRY(const Value encoded, EncodeStr(thread, source.As<Str>(), codec, handler));
    return std::string(encoded.As<Bytes>()->view());
  }
  if (source.IsUnbound()) return std::string();
  if (IsStr(source)) return thread.RaiseTypeError("string argument without an encoding");
  return BytesFromObject(thread, source, type);
}

constexpr auto kHexDigits = [] {
  std::array<int8_t, 256> digits;
  digits.fill(-1);
  for (int i = 0; i < 10; ++i) digits[static_cast<size_t>('0' + i)] = static_cast<int8_t>(i);
  for (int i = 0; i < 6; ++i)
    digits[static_cast<size_t>('a' + i)] = digits[static_cast<size_t>('A' + i)] =
        static_cast<int8_t>(10 + i);
  return digits;
}();

Result<std::string> BytesFromHex(Thread& thread, Value text) {
  GILA_TRY(Str* const s, ToStrArgument(thread, text, "fromhex() argument"));
  const auto digit = [](uint32_t c) { return c < 256 ? kHexDigits[c] : -1; };
  std::string out;
  out.reserve(static_cast<size_t>(s->length / 2));
  for (int64_t i = 0; i < s->length;) {
    const uint32_t c = s->At(i);
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
      ++i;
      continue;
    }
    const int high = digit(c);
    const int low = high >= 0 && i + 1 < s->length ? digit(s->At(i + 1)) : -1;
    if (low < 0) {
      return thread.RaiseValueError(
          "non-hexadecimal number found in fromhex() arg at position %lld",
          static_cast<long long>(high < 0 ? i : i + 1));
    }
    out.push_back(static_cast<char>(high << 4 | low));
    i += 2;
  }
  return out;
}

// --- shared with bytearray ---

Result<Value> BytesLen(Thread&, Args args) {
  if (IsKind(args[0], kKindByteArray)) return Value::SmallInt(args[0].As<ByteArray>()->size.Load());
  return Value::SmallInt(SelfBytes(args)->size);
}

Result<Value> BytesIter(Thread& thread, Args args) { return NewBytesIterator(thread, args[0]); }

Result<Value> BytesConcat(Thread& thread, std::string_view a, std::string_view b) {
  GILA_TRY(Bytes* const sum,
           NewBytesUninitialized(thread, static_cast<int64_t>(a.size() + b.size())));
  std::memcpy(sum->data, a.data(), a.size());
  std::memcpy(sum->data + a.size(), b.data(), b.size());
  return Value(sum);
}

Result<Value> BytesAdd(Thread& thread, Args args) {
  ByteSource self, other;
  if (!IsBytesLike(args[1])) {
    const std::string_view got = TypeNameOf(args[1]), own = TypeNameOf(args[0]);
    return thread.RaiseTypeError("can't concat %.*s to %.*s", static_cast<int>(got.size()),
                                 got.data(), static_cast<int>(own.size()), own.data());
  }
  GILA_TRY_VOID(other.Read(thread, args[1]));
  GILA_TRY_VOID(self.Read(thread, args[0]));
  if (IsKind(args[0], kKindByteArray)) {
    std::string sum(self.view());
    sum += other.view();
    return NewByteArray(thread, sum);
  }
  return BytesConcat(thread, self.view(), other.view());
}

Result<Value> BytesMul(Thread& thread, Args args) {
  GILA_TRY(const int64_t count, ToRepeatCount(thread, args[1]));
  ByteSource self;
  GILA_TRY_VOID(self.Read(thread, args[0]));
  const int64_t times = count < 0 ? 0 : count;
  int64_t size;
  if (__builtin_mul_overflow(self.size(), times, &size)) {
    if (IsKind(args[0], kKindByteArray)) return thread.RaiseMemoryError();
    return thread.Raise(TypeId::kOverflowError, "repeated bytes are too long");
  }
  if (!MemoryForBytes(size)) return thread.RaiseMemoryError();
  if (times == 1 && IsExactly(args[0], TypeId::kBytes)) return args[0];
  return MakeBytesLike(thread, args[0], size, [&](uint8_t* out) {
    if (self.size() == 1) {
      std::memset(out, self.data()[0], static_cast<size_t>(size));
      return;
    }
    for (int64_t i = 0; i < times; ++i) {
      std::memcpy(out, self.data(), self.view().size());
      out += self.size();
    }
  });
}

Result<Value> BytesFormat(Thread& thread, Value format, Value args) {
  ByteSource source;
  GILA_TRY_VOID(source.Read(thread, format));
  GILA_TRY(Str* const text, BytesModFormat(thread, source.view(), args));
  return NewBytesLike(
      thread, format,
      {reinterpret_cast<const char*>(text->data), static_cast<size_t>(text->length)});
}
Result<Value> BytesMod(Thread& thread, Args args) { return BytesFormat(thread, args[0], args[1]); }
Result<Value> BytesRMod(Thread&, Args) { return kNotImplemented; }

Result<Value> BytesGetItem(Thread& thread, Args args) {
  const bool array = IsKind(args[0], kKindByteArray);
  const Value key = args[1];
  ByteSource self;
  GILA_TRY_VOID(self.Read(thread, args[0]));
  if (IsKind(key, kKindSlice)) {
    GILA_TRY(const SliceIndices indices, ResolveSlice(thread, key.As<Slice>(), self.size()));
    if (indices.step == 1) {
      return NewBytesLike(thread, args[0],
                          self.view().substr(static_cast<size_t>(indices.start),
                                             static_cast<size_t>(indices.count)));
    }
    std::string out(static_cast<size_t>(indices.count), '\0');
    for (int64_t i = 0; i < indices.count; ++i)
      out[static_cast<size_t>(i)] =
          self.view()[static_cast<size_t>(indices.start + i * indices.step)];
    return NewBytesLike(thread, args[0], out);
  }
  if (!key.IsSmallInt() && LookupSpecial(thread, TypeOf(key), Special::kIndex).IsUnbound()) {
    const std::string_view name = TypeNameOf(key);
    return thread.RaiseTypeError("%s indices must be integers or slices, not %.*s",
                                 array ? "bytearray" : "byte", static_cast<int>(name.size()),
                                 name.data());
  }
  GILA_TRY(int64_t index, ToSubscript(thread, key));
  if (index < 0) index += self.size();
  if (index < 0 || index >= self.size()) {
    return thread.Raise(TypeId::kIndexError,
                        array ? "bytearray index out of range" : "index out of range");
  }
  return Value::SmallInt(self.data()[index]);
}

Result<Value> BytesDecode(Thread& thread, Args args) {
  if (!args.Has(1) && !args.Has(2)) {
    ByteSource self;
    GILA_TRY_VOID(self.Read(thread, args[0]));
    return DecodeBytes(thread, self.view(), "utf-8", "strict");
  }
  if (!args.Has(2) && IsExactly(args[1], TypeId::kStr) && args[1].As<Str>()->IsAscii()) {
    ByteSource self;
    GILA_TRY_VOID(self.Read(thread, args[0]));
    return DecodeBytes(thread, self.view(), args[1].As<Str>()->ascii(), "strict");
  }
  GILA_TRY(const std::string encoding,
           OptionalText(thread, args[1], "decode", "encoding", "utf-8"));
  GILA_TRY(const std::string errors, OptionalText(thread, args[2], "decode", "errors", "strict"));
  ByteSource self;
  GILA_TRY_VOID(self.Read(thread, args[0]));
  return DecodeBytes(thread, self.view(), encoding, errors);
}

namespace {

// The separator of hex(): one ASCII character, as str or bytes.
Result<char> HexSeparator(Thread& thread, Value v) {
  GILA_TRY(const int64_t length, Length(thread, v));
  if (length != 1) return thread.Raise(TypeId::kValueError, "sep must be length 1.");
  if (!IsStr(v) && !IsBytes(v)) return thread.RaiseTypeError("sep must be str or bytes.");
  const uint32_t c = IsStr(v) ? v.As<Str>()->At(0) : v.As<Bytes>()->data[0];
  if (c >= 128) return thread.Raise(TypeId::kValueError, "sep must be ASCII.");
  return static_cast<char>(c);
}

}  // namespace

Result<Value> HexOfBytes(Thread& thread, std::string_view bytes, Value separator, Value group) {
  if (separator.IsUnbound() && !bytes.empty()) {
    GILA_TRY(Str* const text,
             NewStrUninitialized(thread, static_cast<int64_t>(bytes.size() * 2), 0, true));
    WriteHex(bytes, text->data);
    return text;
  }
  int64_t per_separator = 0;
  char mark = 0;
  if (!group.IsUnbound()) {
    GILA_TRY(per_separator, ToInt64(thread, group));
  }
  if (separator.IsUnbound()) {
    per_separator = 0;
  } else {
    GILA_TRY(mark, HexSeparator(thread, separator));
    if (group.IsUnbound()) per_separator = 1;
  }
  const bool from_right = per_separator > 0;
  const auto every = static_cast<uint64_t>(from_right ? per_separator : -per_separator);
  std::string out;
  out.reserve(bytes.size() * 2 + (every == 0 ? 0 : bytes.size() / every));
  for (size_t i = 0; i < bytes.size(); ++i) {
    const uint64_t before = from_right ? bytes.size() - i : i;
    if (i > 0 && every > 0 && before % every == 0) out.push_back(mark);
    uint8_t digits[2];
    WriteHex(bytes.substr(i, 1), digits);
    out.append(reinterpret_cast<const char*>(digits), 2);
  }
  return NewStr(thread, out);
}

Result<Value> BytesHex(Thread& thread, Args args) {
  ByteSource self;
  GILA_TRY_VOID(self.Read(thread, args[0]));
  return HexOfBytes(thread, self.view(), args[1], args[2]);
}

// --- bytes alone ---

namespace {

// bytes(source=b'', encoding, errors)
Result<Value> BytesNew(Thread& thread, Args args) {
  Type* const type = args[0].As<Type>();
  const Value source = args[1];
  const bool plain = args.Has(1) && !args.Has(2) && !args.Has(3);
  if (plain && type == GetType(TypeId::kBytes) && IsExactly(source, TypeId::kBytes)) return source;
  if (plain && type == GetType(TypeId::kBytes) && IsExactly(source, TypeId::kByteArray)) {
    ByteSource bytes;
    GILA_TRY_VOID(bytes.Read(thread, source));
    return NewBytes(thread, bytes.view());
  }
  if (plain && !IsExactly(source, TypeId::kStr)) {
    GILA_TRY(const Value bytes, CallSpecial(thread, source, Special::kBytes));
    if (!bytes.IsUnbound()) {
      if (!IsBytes(bytes)) {
        const std::string_view name = TypeNameOf(bytes);
        return thread.RaiseTypeError("__bytes__ returned non-bytes (type %.*s)",
                                     static_cast<int>(name.size()), name.data());
      }
      if (type == GetType(TypeId::kBytes)) return bytes;
      return NewBytesOfType(thread, type, bytes.As<Bytes>()->view());
    }
  }
  GILA_TRY(const std::string made, BytesFromArguments(thread, source, args[2], args[3], "bytes"));
  return NewBytesOfType(thread, type, made);
}

Result<Value> BytesReprMethod(Thread& thread, Args args) {
  return NewStr(thread, BytesRepr(SelfBytes(args)->view()));
}

Result<Value> BytesHash(Thread& thread, Args args) {
  Bytes* const bytes = SelfBytes(args);
  uint64_t hash = bytes->hash.LoadRelaxed();
  if (hash == 0) {
    hash = HashBytes(bytes->data, static_cast<size_t>(bytes->size));
    bytes->hash.StoreRelaxed(hash);
  }
  return NewInt(thread, static_cast<int64_t>(hash));
}

template <CompareOp op>
Result<Value> Rich(Thread&, Args args) {
  if (!IsBytes(args[1])) return kNotImplemented;
  return Value::Bool(CompareByteOrder(op, SelfBytes(args)->view(), args[1].As<Bytes>()->view()));
}

Result<Value> BytesPlain(Thread& thread, Args args) {
  if (IsExactly(args[0], TypeId::kBytes)) return args[0];
  return NewBytes(thread, SelfBytes(args)->view());
}

Result<Value> BytesFromHexMethod(Thread& thread, Args args) {
  GILA_TRY(const std::string bytes, BytesFromHex(thread, args[1]));
  GILA_TRY(const Value plain, NewBytes(thread, bytes));
  if (args[0] == Value(GetType(TypeId::kBytes))) return plain;
  return Call(thread, args[0], {plain});
}

Result<Value> BytesGetNewArgs(Thread& thread, Args args) {
  GILA_TRY(const Value plain, BytesPlain(thread, args));
  return NewTuple(thread, std::span<const Value>(&plain, 1));
}

Result<Value> BytesSizeOf(Thread& thread, Args args) {
  return NewInt(thread, static_cast<int64_t>(heap::CellSize(SelfBytes(args))));
}

constexpr NativeDef kBytesMethods[] = {
    {"__repr__", BytesReprMethod, "(self, /)", "Return repr(self)."},
    {"__str__", BytesReprMethod, "(self, /)", "Return str(self)."},
    {"__hash__", BytesHash, "(self, /)", "Return hash(self)."},
    GILA_COMPARE_METHODS,
    GILA_SHARED_BYTES_ROWS,
    {"__bytes__", BytesPlain, "(self, /)", "The same bytes as an exact bytes object."},
    {"fromhex", BytesFromHexMethod, "@classmethod(cls, string, /)",
     "The bytes that hex digits spell; blanks between them do not matter."},
    {"__getnewargs__", BytesGetNewArgs, "(self, /)", nullptr},
    {"__sizeof__", BytesSizeOf, "(self, /)", "The bytes it takes in memory."},
    {}};

}  // namespace

extern const KindInfo kBytesKindInfo;
extern const TypeSpec kBytesSpec;
const TypeSpec kBytesSpec = {
    .doc =
        "bytes(source=b'', encoding='utf-8', errors='strict')\n\nAn immutable sequence of bytes.",
    .new_function = BytesNew,
    .new_signature = "(cls, source=b'', encoding='utf-8', errors='strict')",
    .methods = kBytesMethods,
    .extra_flags = kMatchSelf,
    .native_size = sizeof(Bytes),
    .kind_info = &kBytesKindInfo,
};

}  // namespace gila
