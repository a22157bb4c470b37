// pickle_save.cc: what the built-in types become in a pickle. An object that was written already is
// referred to by its number in the memo; a container is entered there before its items, so that it
// may hold itself.
#include <algorithm>
#include <bit>
#include <cstring>

#include "runtime/protocols.h"
#include "runtime/text/codecs.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/memoryview.h"
#include "stdlib/native_support.h"
#include "stdlib/pickle_internal.h"

namespace gila::pickling {

Status Saver::SaveInt(Value v) {
  int64_t i;
  const bool fits = TryInt64(v, &i);
  if (fits && i >= INT32_MIN && i <= INT32_MAX) {
    if (!binary_) {
      Put(kInt);
      Put(std::to_string(i) + "\n");
    } else if (i >= 0 && i <= 0xff) {
      PutNumber(kBinInt1, static_cast<uint64_t>(i), 1);
    } else if (i >= 0 && i <= 0xffff) {
      PutNumber(kBinInt2, static_cast<uint64_t>(i), 2);
    } else {
      PutNumber(kBinInt, static_cast<uint64_t>(i), 4);
    }
    return kOk;
  }
  if (protocol_ < 2) {
    GILA_TRY(const std::string text, IntToString(thread_, v));
    Put(kLong);
    Put(text + "L\n");
    return kOk;
  }
  // Two's complement, little endian, as short as it can be with its sign.
  const MpzView view(v);
  const size_t bits = mpz_sizeinbase(view.z, 2);
  size_t size = bits / 8 + 1;
  std::string bytes(size + 8, '\0');
  if (mpz_sgn(view.z) >= 0) {
    mpz_export(bytes.data(), nullptr, -1, 1, 0, 0, view.z);
    bytes.resize(size);
  } else {
    ScopedMpz complement;
    mpz_set_ui(complement.z, 1);
    mpz_mul_2exp(complement.z, complement.z, 8 * size);
    mpz_add(complement.z, complement.z, view.z);
    mpz_export(bytes.data(), nullptr, -1, 1, 0, 0, complement.z);
    bytes.resize(size);
    if (size > 1 && static_cast<uint8_t>(bytes[size - 1]) == 0xff && (bytes[size - 2] & 0x80) != 0)
      bytes.resize(--size);
  }
  if (size > INT32_MAX) return thread_.Raise(TypeId::kOverflowError, "int too large to pickle");
  PutNumber(size < 256 ? kLong1 : kLong4, size, size < 256 ? 1 : 4);
  Put(bytes);
  return kOk;
}

Status Saver::SaveFloat(double d) {
  if (!binary_) {
    Put(kFloat);
    Put(FloatRepr(d) + "\n");
    return kOk;
  }
  const uint64_t bits = __builtin_bswap64(std::bit_cast<uint64_t>(d));
  PutNumber(kBinFloat, bits, 8);
  return kOk;
}

namespace {
void AppendHex(std::string* out, uint32_t c, int digits) {
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
    *out += "0123456789abcdef"[c >> shift & 15];
}

// raw-unicode-escape, in which a line cannot end nor an escape be made by the text itself.
std::string RawEscape(const Str* s) {
  std::string out;
  for (int64_t i = 0; i < s->length; ++i) {
    const uint32_t c = s->At(i);
    if (c >= 0x10000) {
      out += "\\U";
      AppendHex(&out, c, 8);
    } else if (c >= 256 || c == '\\' || c == 0 || c == '\n' || c == '\r' || c == 0x1a) {
      out += "\\u";
      AppendHex(&out, c, 4);
    } else {
      out += static_cast<char>(c);
    }
  }
  return out;
}

size_t SizeHeader(char* out, uint8_t opcode, uint64_t size, int bytes) {
  out[0] = static_cast<char>(opcode);
  for (int i = 0; i < bytes; ++i) out[1 + i] = static_cast<char>(size >> (8 * i));
  return static_cast<size_t>(bytes) + 1;
}
}  // namespace

Status Saver::SaveStr(Str* s) {
  if (!binary_) {
    Put(kUnicode);
    Put(RawEscape(s) + "\n");
    return Memoize(s);
  }
  std::string copy;
  if (!s->IsAscii()) copy = ToUtf8(s);
  const std::string_view text = s->IsAscii() ? s->ascii() : std::string_view(copy);
  char header[9];
  size_t length;
  if (text.size() <= 0xff && protocol_ >= 4) {
    length = SizeHeader(header, kShortBinUnicode, text.size(), 1);
  } else if (text.size() <= 0xffffffff) {
    length = SizeHeader(header, kBinUnicode, text.size(), 4);
  } else if (protocol_ >= 4) {
    length = SizeHeader(header, kBinUnicode8, text.size(), 8);
  } else {
    return thread_.Raise(TypeId::kOverflowError, "cannot serialize a string larger than 4GiB");
  }
  GILA_TRY_VOID(PutLarge(std::string_view(header, length), text));
  return Memoize(s);
}

Status Saver::SaveCall(Value v, Value callable, std::initializer_list<Value> args) {
  GILA_TRY(Tuple* const arguments,
           NewTuple(thread_, std::span<const Value>(args.begin(), args.size())));
  GILA_TRY(Tuple* const reduction, NewPair(thread_, callable, arguments));
  return SaveReduction(reduction, v);
}

Status Saver::SaveBytes(Value v) {
  const std::string_view bytes = v.As<gila::Bytes>()->view();
  if (protocol_ < 3) {
    // Python 2 had no bytes: what makes them there and here.
    if (bytes.empty()) return SaveCall(v, GetType(TypeId::kBytes), {});
    GILA_TRY(const Value encode, ModuleAttribute(thread_, "_codecs", "encode"));
    GILA_TRY(Str* const text, NewStrLatin1(thread_, bytes));
    return SaveCall(v, encode, {text, Intern(thread_, "latin1")});
  }
  char header[9];
  size_t length;
  if (bytes.size() <= 0xff) {
    length = SizeHeader(header, kShortBinBytes, bytes.size(), 1);
  } else if (bytes.size() <= 0xffffffff) {
    length = SizeHeader(header, kBinBytes, bytes.size(), 4);
  } else if (protocol_ >= 4) {
    length = SizeHeader(header, kBinBytes8, bytes.size(), 8);
  } else {
    return thread_.Raise(
        TypeId::kOverflowError,
        "serializing a bytes object larger than 4 GiB requires pickle protocol 4 or higher");
  }
  GILA_TRY_VOID(PutLarge(std::string_view(header, length), bytes));
  return Memoize(v);
}

Status Saver::SaveByteArray(Value v) {
  GILA_TRY(const std::string bytes, CopyBuffer(thread_, v));
  if (protocol_ < 5) {
    if (bytes.empty()) return SaveCall(v, GetType(TypeId::kByteArray), {});
    GILA_TRY(const Value copy, NewBytes(thread_, bytes));
    return SaveCall(v, GetType(TypeId::kByteArray), {copy});
  }
  char header[9];
  const size_t length = SizeHeader(header, kByteArray8, bytes.size(), 8);
  GILA_TRY_VOID(PutLarge(std::string_view(header, length), bytes));
  return Memoize(v);
}

Status Saver::SaveBuffer(Value v) {
  if (protocol_ < 5)
    return RaiseOfType(thread_, pickling_error, "PickleBuffer can only pickled with protocol >= 5");
  GILA_TRY(const Value view, ViewOf(thread_, v));
  BufferInfo info;
  if (!MemoryViewBuffer(view.As<MemoryView>(), &info))
    return RaiseOfType(thread_, pickling_error,
                       "PickleBuffer can not be pickled when pointing to a non-contiguous buffer");
  bool inside = true;
  if (!buffer_callback.IsNone()) {
    GILA_TRY(const Value answer, Call(thread_, buffer_callback, {v}));
    GILA_TRY(inside, Truth(thread_, answer));
  }
  if (!inside) {
    Put(kNextBuffer);
    if (info.read_only) Put(kReadOnlyBuffer);
    return kOk;
  }
  const std::string_view bytes(reinterpret_cast<const char*>(info.data),
                               static_cast<size_t>(info.size));
  if (info.read_only) {
    GILA_TRY(const Value copy, NewBytes(thread_, bytes));
    return SaveBytes(copy);
  }
  GILA_TRY(const Value copy, NewByteArray(thread_, bytes));
  return SaveByteArray(copy);
}

// --- containers ---

Status Saver::SaveTuple(Tuple* tuple) {
  const int64_t length = tuple->length;
  uint32_t index;
  if (length == 0) {
    if (binary_) {
      Put(kEmptyTuple);
    } else {
      Put(std::string_view("(t", 2));
    }
    return kOk;
  }
  // A tuple that holds itself, through others, is in the memo once its items are written: they are
  // dropped then.
  const bool small = length <= 3 && protocol_ >= 2;
  if (!small) Put(kMark);
  for (int64_t i = 0; i < length; ++i) GILA_TRY_VOID(Save(tuple->At(i)));
  if (InMemo(tuple, &index)) {
    if (!small && binary_) {
      Put(kPopMark);
    } else {
      for (int64_t i = 0; i < length + (small ? 0 : 1); ++i) Put(kPop);
    }
    return GetMemo(index);
  }
  Put(small ? static_cast<uint8_t>(kTuple1 + length - 1) : static_cast<uint8_t>(kTuple));
  return Memoize(tuple);
}

Status Saver::SaveList(List* list) {
  if (binary_) {
    Put(kEmptyList);
  } else {
    Put(std::string_view("(l", 2));
  }
  GILA_TRY_VOID(Memoize(list));
  int64_t size = list->size.Load();
  if (size == 0) return kOk;
  if (!binary_ || size == 1) {
    for (int64_t i = 0; i < list->size.Load(); ++i) {
      const Value item = ListAt(list, i);
      if (item.IsUnbound()) break;
      GILA_TRY_VOID(Save(item));
      Put(kAppend);
    }
    return kOk;
  }
  for (int64_t done = 0; done < list->size.Load();) {
    Put(kMark);
    for (int64_t in_batch = 0; in_batch < kBatch; ++in_batch, ++done) {
      const Value item = ListAt(list, done);
      if (item.IsUnbound()) break;
      GILA_TRY_VOID(Save(item));
    }
    Put(kAppends);
  }
  return kOk;
}

Status Saver::SaveDict(Dict* dict) {
  if (binary_) {
    Put(kEmptyDict);
  } else {
    Put(std::string_view("(d", 2));
  }
  GILA_TRY_VOID(Memoize(dict));
  const int64_t size = dict->size.Load();
  int64_t position = 0, in_batch = 0;
  Value key, value;
  while (DictNext(dict, &position, &key, &value)) {
    if (binary_ && size != 1 && in_batch == 0) Put(kMark);
    GILA_TRY_VOID(Save(key));
    GILA_TRY_VOID(Save(value));
    if (dict->size.Load() != size)
      return thread_.Raise(TypeId::kRuntimeError, "dictionary changed size during iteration");
    if (!binary_ || size == 1) {
      Put(kSetItem);
    } else if (++in_batch == kBatch) {
      Put(kSetItems);
      in_batch = 0;
    }
  }
  if (in_batch != 0) Put(kSetItems);
  return kOk;
}

Status Saver::SaveSet(Value v, bool frozen) {
  auto* const set = v.As<Set>();
  if (protocol_ < 4) {
    GILA_TRY(List* const items, ToList(thread_, v));
    return SaveCall(v, GetType(frozen ? TypeId::kFrozenSet : TypeId::kSet), {items});
  }
  const int64_t size = set->size.Load();
  int64_t position = 0, in_batch = 0;
  Value key;
  uint32_t index;
  if (frozen) {
    Put(kMark);
    while (SetNext(set, &position, &key)) GILA_TRY_VOID(Save(key));
    if (InMemo(v, &index)) {
      Put(kPopMark);
      return GetMemo(index);
    }
    Put(kFrozenSet);
    return Memoize(v);
  }
  Put(kEmptySet);
  GILA_TRY_VOID(Memoize(v));
  while (SetNext(set, &position, &key)) {
    if (in_batch == 0) Put(kMark);
    GILA_TRY_VOID(Save(key));
    if (set->size.Load() != size)
      return thread_.Raise(TypeId::kRuntimeError, "set changed size during iteration");
    if (++in_batch == kBatch) {
      Put(kAddItems);
      in_batch = 0;
    }
  }
  if (in_batch != 0) Put(kAddItems);
  return kOk;
}

// Items of any iterator, for subclasses and the like. The last of them alone needs no mark.
Status Saver::BatchList(Value iterator) {
  GILA_TRY(Value item, Next(thread_, iterator));
  while (!item.IsUnbound()) {
    GILA_TRY(Value following, binary_ ? Next(thread_, iterator) : Result<Value>(kUnbound));
    if (following.IsUnbound()) {
      GILA_TRY_VOID(Save(item));
      Put(kAppend);
      if (binary_) return kOk;
      GILA_TRY(item, Next(thread_, iterator));
      continue;
    }
    Put(kMark);
    GILA_TRY_VOID(Save(item));
    int64_t count = 1;
    for (item = following; !item.IsUnbound(); ++count) {
      GILA_TRY_VOID(Save(item));
      if (count + 1 == kBatch) {
        ++count;
        break;
      }
      GILA_TRY(item, Next(thread_, iterator));
    }
    Put(kAppends);
    if (item.IsUnbound()) return kOk;
    GILA_TRY(item, Next(thread_, iterator));
  }
  return kOk;
}

Status Saver::BatchDict(Value iterator) {
  const auto save_pair = [this](Value pair) -> Status {
    if (!IsTuple(pair) || pair.As<Tuple>()->length != 2)
      return thread_.RaiseTypeError("dict items iterator must return 2-tuples");
    GILA_TRY_VOID(Save(pair.As<Tuple>()->At(0)));
    return Save(pair.As<Tuple>()->At(1));
  };
  GILA_TRY(Value item, Next(thread_, iterator));
  while (!item.IsUnbound()) {
    GILA_TRY(Value following, binary_ ? Next(thread_, iterator) : Result<Value>(kUnbound));
    if (following.IsUnbound()) {
      GILA_TRY_VOID(save_pair(item));
      Put(kSetItem);
      if (binary_) return kOk;
      GILA_TRY(item, Next(thread_, iterator));
      continue;
    }
    Put(kMark);
    GILA_TRY_VOID(save_pair(item));
    int64_t count = 1;
    for (item = following; !item.IsUnbound(); ++count) {
      GILA_TRY_VOID(save_pair(item));
      if (count + 1 == kBatch) {
        ++count;
        break;
      }
      GILA_TRY(item, Next(thread_, iterator));
    }
    Put(kSetItems);
    if (item.IsUnbound()) return kOk;
    GILA_TRY(item, Next(thread_, iterator));
  }
  return kOk;
}

// --- any object ---

// None, bools, ints and floats: no memo, no recursion.
Status Saver::SavePlain(Value v, bool* done) {
  *done = true;
  if (v.IsSmallInt()) return SaveInt(v);
  if (v.IsNone()) {
    Put(kOpNone);
    return kOk;
  }
  if (v.IsBool()) {
    if (protocol_ >= 2) {
      Put(v.IsTrue() ? kNewTrue : kNewFalse);
    } else {
      Put(v.IsTrue() ? std::string_view("I01\n") : std::string_view("I00\n"));
    }
    return kOk;
  }
  if (IsExactFloat(v)) return SaveFloat(FloatValue(v));
  if (IsExactInt(v)) return SaveInt(v);
  *done = false;
  return kOk;
}

Status Saver::SaveContainer(Value v, bool* done) {
  *done = true;
  const Object* const object = v.AsObject();
  if (object->IsExactly(TypeId::kDict)) return SaveDict(v.As<Dict>());
  if (object->IsExactly(TypeId::kSet)) return SaveSet(v, false);
  if (object->IsExactly(TypeId::kFrozenSet)) return SaveSet(v, true);
  if (object->IsExactly(TypeId::kList)) return SaveList(v.As<List>());
  if (object->IsExactly(TypeId::kTuple)) return SaveTuple(v.As<Tuple>());
  if (object->IsExactly(TypeId::kByteArray)) return SaveByteArray(v);
  if (object->kind == pickle_buffer_kind) return SaveBuffer(v);
  *done = false;
  return kOk;
}

Status Saver::Save(Value v) {
  if (!persistent_id_.IsUnbound()) {
    GILA_TRY(const bool done, SavePersistent(v));
    if (done) return kOk;
  }
  bool done;
  GILA_TRY_VOID(SavePlain(v, &done));
  if (done) return Boundary();
  uint32_t index;
  if (InMemo(v, &index)) return GetMemo(index);
  if (IsExactly(v, TypeId::kStr)) {
    GILA_TRY_VOID(SaveStr(v.As<Str>()));
    return Boundary();
  }
  if (IsExactly(v, TypeId::kBytes)) {
    GILA_TRY_VOID(SaveBytes(v));
    return Boundary();
  }
  RecursionScope scope(thread_, " while pickling an object");
  GILA_TRY_VOID(scope.status());
  GILA_TRY_VOID(thread_.CheckBreaker());
  if (fast_) {
    // Without a memo a cycle would go on for ever.
    constexpr size_t kDeep = 50;
    if (open_.size() > kDeep && std::find(open_.begin(), open_.end(), v.word()) != open_.end())
      return thread_.RaiseValueError(
          "fast mode: can't pickle cyclic objects including object type %s at %p",
          std::string(TypeNameOf(v)).c_str(), static_cast<void*>(v.AsObject()));
    open_.push_back(v.word());
  }
  if (v.IsPointer()) {
    GILA_TRY_VOID(SaveContainer(v, &done));
  }
  if (!done) GILA_TRY_VOID(SaveByReduction(v));
  if (fast_) open_.pop_back();
  return Boundary();
}

Result<bool> Saver::SavePersistent(Value v) {
  GILA_TRY(const Value id, Call(thread_, persistent_id_, {v}));
  if (id.IsNone()) return false;
  if (binary_) {
    // The id itself is written plainly, its parts are asked about again.
    const Value hook = persistent_id_;
    persistent_id_ = kUnbound;
    const Status saved = Save(id);
    persistent_id_ = hook;
    GILA_TRY_VOID(saved);
    Put(kBinPersId);
    GILA_TRY_VOID(Boundary());
    return true;
  }
  GILA_TRY(Str* const text, ToStr(thread_, id));
  if (!text->IsAscii())
    return RaiseOfType(thread_, pickling_error,
                       "persistent IDs in protocol 0 must be ASCII strings");
  Put(kPersId);
  Put(std::string(text->ascii()) + "\n");
  return true;
}

}  // namespace gila::pickling
