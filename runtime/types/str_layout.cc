// str_layout.cc: padding, tabs and translation tables.
#include <array>
#include <cstring>

#include "runtime/protocols.h"
#include "runtime/text/units.h"
#include "runtime/type.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str_methods.h"

namespace gila {

namespace {

Result<Value> Pad(Thread& thread, const Str* s, int64_t left, int64_t right, uint32_t fill) {
  if (left > INT64_MAX - s->length || right > INT64_MAX - s->length - left)
    return thread.Raise(TypeId::kOverflowError, "padded string is too long");
  const int width_log2 = std::max(s->width_log2(), WidthFor(fill));
  GILA_TRY(Str* const result, NewStrUninitialized(thread, s->length + left + right, width_log2,
                                                  s->IsAscii() && fill < 128));
  const auto fill_units = [&](int64_t from, int64_t count) {
    if (width_log2 == 0) {
      std::memset(result->data + from, static_cast<int>(fill), static_cast<size_t>(count));
      return;
    }
    for (int64_t i = 0; i < count; ++i) StoreUnit(result->data, width_log2, from + i, fill);
  };
  fill_units(0, left);
  CopyUnits(result->data + (static_cast<size_t>(left) << width_log2), width_log2, s->data,
            s->width_log2(), s->length);
  fill_units(left + s->length, right);
  return Value(result);
}

// (width, fillchar=' '): the number of characters missing, and what to fill with.
Status ReadPadding(Thread& thread, Args args, int64_t* missing, uint32_t* fill) {
  GILA_TRY(const int64_t width, ToInt64(thread, args[1]));
  *fill = ' ';
  if (args.Has(2)) {
    if (!IsStr(args[2])) {
      const std::string_view name = TypeNameOf(args[2]);
      return thread.RaiseTypeError("The fill character must be a unicode character, not %.*s",
                                   static_cast<int>(name.size()), name.data());
    }
    if (args[2].As<Str>()->length != 1) {
      return thread.Raise(TypeId::kTypeError,
                          "The fill character must be exactly one character long");
    }
    *fill = args[2].As<Str>()->At(0);
  }
  *missing = width > SelfStr(args)->length ? width - SelfStr(args)->length : 0;
  return kOk;
}

}  // namespace

Result<Value> StrCenter(Thread& thread, Args args) {
  int64_t missing;
  uint32_t fill;
  GILA_TRY_VOID(ReadPadding(thread, args, &missing, &fill));
  Str* const s = SelfStr(args);
  if (missing == 0) return PlainStr(thread, s);
  // An odd place goes to the left when the width is odd.
  const int64_t width = s->length + missing;
  const int64_t left = missing / 2 + (missing & width & 1);
  return Pad(thread, s, left, missing - left, fill);
}

Result<Value> StrLJust(Thread& thread, Args args) {
  int64_t missing;
  uint32_t fill;
  GILA_TRY_VOID(ReadPadding(thread, args, &missing, &fill));
  if (missing == 0) return PlainStr(thread, SelfStr(args));
  return Pad(thread, SelfStr(args), 0, missing, fill);
}

Result<Value> StrRJust(Thread& thread, Args args) {
  int64_t missing;
  uint32_t fill;
  GILA_TRY_VOID(ReadPadding(thread, args, &missing, &fill));
  if (missing == 0) return PlainStr(thread, SelfStr(args));
  return Pad(thread, SelfStr(args), missing, 0, fill);
}

Result<Value> StrZFill(Thread& thread, Args args) {
  Str* const s = SelfStr(args);
  GILA_TRY(const int64_t width, ToInt64(thread, args[1]));
  if (width <= s->length) return PlainStr(thread, s);
  const int64_t missing = width - s->length;
  GILA_TRY(const Value padded, Pad(thread, s, missing, 0, '0'));
  Str* const result = padded.As<Str>();
  if (s->length > 0 && (s->At(0) == '+' || s->At(0) == '-')) {  // the sign comes first
    StoreUnit(result->data, result->width_log2(), missing, '0');
    StoreUnit(result->data, result->width_log2(), 0, s->At(0));
  }
  return padded;
}

Result<Value> StrExpandTabs(Thread& thread, Args args) {
  Str* const s = SelfStr(args);
  int64_t tab_size = 8;
  if (args.Has(1)) {
    GILA_TRY(tab_size, ToInt64(thread, args[1]));
    if (tab_size > INT32_MAX || tab_size < INT32_MIN) {
      return thread.Raise(TypeId::kOverflowError, "Python int too large to convert to C int");
    }
  }
  StrBuilder out(thread);
  int64_t column = 0;
  for (int64_t i = 0; i < s->length; ++i) {
    const uint32_t c = s->At(i);
    if (c == '\t') {
      if (tab_size > 0) {
        const int64_t blanks = tab_size - column % tab_size;
        out.AppendRepeated(' ', blanks);
        column += blanks;
      }
      continue;
    }
    out.Append(c);
    column = c == '\n' || c == '\r' ? 0 : column + 1;
  }
  return out.Finish();
}

namespace {

// What table[c] says: unbound when the table has no such entry.
Result<Value> LookUpMapping(Thread& thread, Value table, uint32_t c) {
  if (IsExactly(table, TypeId::kDict)) return DictGet(thread, table.As<Dict>(), Value::SmallInt(c));
  const Result<Value> item = GetItem(thread, table, Value::SmallInt(c));
  if (item.ok()) return item;
  if (!thread.ExceptionMatches(TypeId::kLookupError)) return kFailed;
  thread.ClearException();
  return kUnbound;
}

Status AppendMapped(Thread& thread, StrBuilder& out, Value mapped, uint32_t c) {
  if (mapped.IsUnbound()) {
    out.Append(c);
  } else if (IsStr(mapped)) {
    out.Append(mapped.As<Str>());
  } else if (IsInt(mapped)) {
    int64_t code_point;
    if (!TryInt64(mapped, &code_point) || code_point < 0 || code_point > 0x10FFFF) {
      return thread.Raise(TypeId::kValueError, "character mapping must be in range(0x110000)");
    }
    out.Append(static_cast<uint32_t>(code_point));
  } else if (!mapped.IsNone()) {
    return thread.Raise(TypeId::kTypeError, "character mapping must return integer, None or str");
  }
  return kOk;
}

}  // namespace

namespace {

// An ASCII string and a dict that maps its characters to ASCII characters or to nothing: every
// character is looked up once and then known as a code. Unbound when the dict says something else.
Result<Value> TranslateAscii(Thread& thread, Str* s, Value table) {
  constexpr uint8_t kUnknown = 0xFF, kDeleted = 0xFE;
  uint8_t codes[128];
  std::memset(codes, kUnknown, sizeof codes);
  GILA_TRY(Str* const result, NewStrUninitialized(thread, s->length, 0, true));
  int64_t length = 0;
  for (int64_t i = 0; i < s->length; ++i) {
    const uint8_t c = s->data[i];
    if (codes[c] == kUnknown) {
      GILA_TRY(const Value mapped, LookUpMapping(thread, table, c));
      const Str* const text = IsStr(mapped) ? mapped.As<Str>() : nullptr;
      if (mapped.IsUnbound()) {
        codes[c] = c;
      } else if (mapped.IsNone()) {
        codes[c] = kDeleted;
      } else if (mapped.IsSmallInt() && mapped.AsSmallInt() >= 0 && mapped.AsSmallInt() < 128) {
        codes[c] = static_cast<uint8_t>(mapped.AsSmallInt());
      } else if (text != nullptr && text->length == 1 && text->IsAscii()) {
        codes[c] = text->data[0];
      } else {
        return kUnbound;
      }
    }
    if (codes[c] != kDeleted) result->data[length++] = codes[c];
  }
  if (length == s->length) return result;
  return NewStr(thread, {reinterpret_cast<const char*>(result->data), static_cast<size_t>(length)});
}

}  // namespace

Result<Value> StrTranslate(Thread& thread, Args args) {
  Str* const s = SelfStr(args);
  const Value table = args[1];
  if (s->IsAscii() && s->length > 0 && IsExactly(table, TypeId::kDict)) {
    GILA_TRY(const Value quick, TranslateAscii(thread, s, table));
    if (!quick.IsUnbound()) return quick;
  }
  StrBuilder out(thread);
  // ASCII characters that a dict maps are looked up once. Pinning the answers in a tuple keeps them
  // alive.
  const bool remember = IsExactly(table, TypeId::kDict) && s->length > 16;
  GILA_TRY(Tuple* const remembered, NewTuple(thread, remember ? 128 : 0));
  std::array<bool, 128> known{};
  for (int64_t i = 0; i < s->length; ++i) {
    const uint32_t c = s->At(i);
    Value mapped;
    if (remember && c < 128 && known[c]) {
      mapped = remembered->At(c);
    } else {
      GILA_TRY(mapped, LookUpMapping(thread, table, c));
      if (remember && c < 128) {
        remembered->items[c].Store(remembered, mapped);
        known[c] = true;
      }
    }
    GILA_TRY_VOID(AppendMapped(thread, out, mapped, c));
  }
  return out.Finish();
}

namespace {

Result<Value> TableFromDict(Thread& thread, Value mapping) {
  if (!IsDict(mapping)) {
    return thread.Raise(TypeId::kTypeError,
                        "if you give only one argument to maketrans it must be a dict");
  }
  GILA_TRY(Dict* const table, NewDict(thread));
  int64_t position = 0;
  Value key, value;
  while (DictNext(mapping.As<Dict>(), &position, &key, &value)) {
    if (IsStr(key)) {
      if (key.As<Str>()->length != 1) {
        return thread.Raise(TypeId::kValueError,
                            "string keys in translate table must be of length 1");
      }
      key = Value::SmallInt(key.As<Str>()->At(0));
    } else if (!IsInt(key)) {
      return thread.Raise(TypeId::kTypeError,
                          "keys in translate table must be strings or integers");
    }
    GILA_TRY_VOID(DictSet(thread, table, key, value));
  }
  return Value(table);
}

}  // namespace

Result<Value> StrMakeTrans(Thread& thread, Args args) {
  if (!args.Has(1)) return TableFromDict(thread, args[0]);
  GILA_TRY(Str* const to, ToStrArgument(thread, args[1], "maketrans() argument 2"));
  Str* deleted = empty_str;
  if (args.Has(2)) {
    GILA_TRY(deleted, ToStrArgument(thread, args[2], "maketrans() argument 3"));
  }
  if (!IsStr(args[0])) {
    return thread.Raise(TypeId::kTypeError,
                        "first maketrans argument must be a string if there is a second argument");
  }
  Str* const from = args[0].As<Str>();
  if (from->length != to->length) {
    return thread.Raise(TypeId::kValueError,
                        "the first two maketrans arguments must have equal length");
  }
  GILA_TRY(Dict* const table, NewDict(thread));
  for (int64_t i = 0; i < from->length; ++i) {
    GILA_TRY_VOID(DictSet(thread, table, Value::SmallInt(from->At(i)), Value::SmallInt(to->At(i))));
  }
  for (int64_t i = 0; i < deleted->length; ++i)
    GILA_TRY_VOID(DictSet(thread, table, Value::SmallInt(deleted->At(i)), kNone));
  return Value(table);
}

}  // namespace gila
