// json_encode.cc: writing JSON: the whole text of a value in one builder.
#include <charconv>
#include <cmath>
#include <vector>

#include "runtime/protocols.h"
#include "runtime/types/container_support.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/sequence.h"
#include "stdlib/json_internal.h"

namespace gila {
namespace {

constexpr char kHex[] = "0123456789abcdef";

// Characters that stand for themselves in a JSON string of ASCII.
struct PlainTable {
  bool plain[256] = {};
  constexpr PlainTable() {
    for (int c = 0x20; c < 0x7f; ++c) plain[c] = c != '"' && c != '\\';
  }
};
constexpr PlainTable kPlainTable;

void AppendUnitEscape(StrBuilder& out, uint32_t unit) {
  const char escape[] = {
      '\\',           'u', kHex[unit >> 12 & 15], kHex[unit >> 8 & 15], kHex[unit >> 4 & 15],
      kHex[unit & 15]};
  out.AppendAscii(std::string_view(escape, sizeof(escape)));
}

void AppendEscaped(StrBuilder& out, uint32_t c) {
  switch (c) {
    case '"':
      return out.AppendAscii("\\\"");
    case '\\':
      return out.AppendAscii("\\\\");
    case '\b':
      return out.AppendAscii("\\b");
    case '\f':
      return out.AppendAscii("\\f");
    case '\n':
      return out.AppendAscii("\\n");
    case '\r':
      return out.AppendAscii("\\r");
    case '\t':
      return out.AppendAscii("\\t");
    default:
      break;
  }
  if (c < 0x10000) return AppendUnitEscape(out, c);
  c -= 0x10000;
  AppendUnitEscape(out, 0xd800 | (c >> 10));
  AppendUnitEscape(out, 0xdc00 | (c & 0x3ff));
}

bool IsPlain(uint32_t c, bool ensure_ascii) {
  if (c < 0x7f) return kPlainTable.plain[c];
  return !ensure_ascii;
}

void AppendQuoted(StrBuilder& out, const Str* s, bool ensure_ascii) {
  out.Append('"');
  int64_t done = 0;
  if (s->width() == 1) {
    const uint8_t* const text = s->data1();
    for (int64_t i = 0; i < s->length; ++i) {
      if (GILA_LIKELY(IsPlain(text[i], ensure_ascii))) continue;
      out.Append(s, done, i);
      AppendEscaped(out, text[i]);
      done = i + 1;
    }
  } else {
    for (int64_t i = 0; i < s->length; ++i) {
      if (IsPlain(s->At(i), ensure_ascii)) continue;
      out.Append(s, done, i);
      AppendEscaped(out, s->At(i));
      done = i + 1;
    }
  }
  out.Append(s, done, s->length);
  out.Append('"');
}

class Encoder {
 public:
  explicit Encoder(Thread& thread) : thread_(thread), out_(thread) {}

  Value make_default = kUnbound;
  const Str* indent = nullptr;  // null: all in one line
  const Str* key_separator = nullptr;
  const Str* item_separator = nullptr;
  bool ensure_ascii = true, check_circular = true, sort_keys = false, skip_keys = false,
       allow_nan = true;
  int64_t level = 0;

  Result<Value> Encode(Value v) {
    GILA_TRY_VOID(Write(v));
    return out_.Finish();
  }

 private:
  Status Write(Value v) {
    if (v.IsSmallInt()) {
      WriteSmallInt(v.AsSmallInt());
      return kOk;
    }
    if (IsStr(v)) {
      AppendQuoted(out_, v.As<Str>(), ensure_ascii);
      return kOk;
    }
    if (v.IsNone()) {
      out_.AppendAscii("null");
      return kOk;
    }
    if (v.IsBool()) {
      out_.AppendAscii(v.IsTrue() ? "true" : "false");
      return kOk;
    }
    if (IsInt(v)) return WriteBigInt(v);
    if (IsFloat(v)) return WriteFloat(v);
    const RecursionScope scope(thread_, " while encoding a JSON object");
    GILA_TRY_VOID(scope.status());
    if (IsList(v) || IsTuple(v)) return WriteSequence(v);
    if (IsDict(v)) return WriteMapping(v);
    GILA_TRY_VOID(Enter(v));
    GILA_TRY(const Value made, Call(thread_, make_default, {v}));
    GILA_TRY_VOID(Write(made));
    Leave();
    return kOk;
  }

  void WriteSmallInt(int64_t i) {
    char buffer[24];
    const auto end = std::to_chars(buffer, buffer + sizeof(buffer), i);
    out_.AppendAscii(std::string_view(buffer, static_cast<size_t>(end.ptr - buffer)));
  }
  Status WriteBigInt(Value v) {
    GILA_TRY(const std::string digits, IntToString(thread_, v));
    out_.AppendAscii(digits);
    return kOk;
  }
  Result<std::string> FloatText(double d) {
    if (std::isfinite(d)) return FloatRepr(d);
    if (!allow_nan) {
      const std::string shown = indent != nullptr ? ": " + FloatRepr(d) : "";
      return thread_.RaiseValueError("Out of range float values are not JSON compliant%s",
                                     shown.c_str());
    }
    return std::string(std::isnan(d) ? "NaN" : d > 0 ? "Infinity" : "-Infinity");
  }
  Status WriteFloat(Value v) {
    GILA_TRY(const std::string text, FloatText(FloatValue(v)));
    out_.AppendAscii(text);
    return kOk;
  }

  // --- what contains others ---

  Status Enter(Value v) {
    if (!check_circular) return kOk;
    for (const Value open : open_) {
      if (open == v) return thread_.RaiseValueError("Circular reference detected");
    }
    open_.push_back(v);
    return kOk;
  }
  void Leave() {
    if (check_circular) open_.pop_back();
  }

  void NewLine() {
    out_.Append('\n');
    for (int64_t i = 0; i < level; ++i) out_.Append(indent);
  }
  void BeginItems() {
    ++level;
    if (indent != nullptr) NewLine();
  }
  void BetweenItems() {
    out_.Append(item_separator);
    if (indent != nullptr) NewLine();
  }
  void EndItems() {
    --level;
    if (indent != nullptr) NewLine();
  }

  Status WriteSequence(Value v) {
    Value items = v;
    if (!IsExactly(v, TypeId::kList) && !IsExactly(v, TypeId::kTuple)) {
      GILA_TRY(items, ToList(thread_, v));  // a class of the program: through its __iter__
    }
    const auto at = [items](int64_t i) {
      if (IsList(items)) return ListAt(items.As<List>(), i);
      return i < items.As<Tuple>()->length ? items.As<Tuple>()->At(i) : kUnbound;
    };
    if (at(0).IsUnbound()) {
      out_.AppendAscii("[]");
      return kOk;
    }
    GILA_TRY_VOID(Enter(v));
    out_.Append('[');
    BeginItems();
    for (int64_t i = 0;; ++i) {
      const Value item = at(i);
      if (item.IsUnbound()) break;
      if (i > 0) BetweenItems();
      GILA_TRY_VOID(Write(item));
    }
    EndItems();
    out_.Append(']');
    Leave();
    return kOk;
  }

  // Calls `body(key, value)` for every pair, sorted when that is asked for.
  template <class Body>
  Status ForEachPair(Value v, Body body) {
    if (IsExactly(v, TypeId::kDict) && !sort_keys) {
      int64_t position = 0;
      Value key, value;
      while (DictNext(v.As<Dict>(), &position, &key, &value)) GILA_TRY_VOID(body(key, value));
      return kOk;
    }
    GILA_TRY(const Value items, CallMethod(thread_, v, Intern(thread_, "items")));
    GILA_TRY(List* const pairs, ToList(thread_, items));
    if (sort_keys) GILA_TRY_VOID(ListSort(thread_, pairs, kNone, false));
    for (int64_t i = 0;; ++i) {
      const Value pair = ListAt(pairs, i);
      if (pair.IsUnbound()) return kOk;
      if (!IsTuple(pair) || pair.As<Tuple>()->length != 2)
        return thread_.RaiseValueError("items must return 2-tuples");
      GILA_TRY_VOID(body(pair.As<Tuple>()->At(0), pair.As<Tuple>()->At(1)));
    }
  }

  Status WriteMapping(Value v) {
    if (v.As<Dict>()->size.Load() == 0) {
      out_.AppendAscii("{}");
      return kOk;
    }
    GILA_TRY_VOID(Enter(v));
    out_.Append('{');
    ++level;
    bool first = true;
    GILA_TRY_VOID(ForEachPair(v, [&](Value key, Value value) -> Status {
      if (!IsStr(key)) {
        const bool can_be_key = IsInt(key) || IsFloat(key) || key.IsNone() || key.IsBool();
        if (!can_be_key && skip_keys) return kOk;
        if (!can_be_key) {
          return thread_.RaiseTypeError("keys must be str, int, float, bool or None, not %s",
                                        TypeNameText(key).c_str());
        }
      }
      if (!first)
        BetweenItems();
      else if (indent != nullptr)
        NewLine();
      first = false;
      GILA_TRY_VOID(WriteKey(key));
      out_.Append(key_separator);
      return Write(value);
    }));
    --level;
    if (indent != nullptr) NewLine();
    out_.Append('}');
    Leave();
    return kOk;
  }

  Status WriteKey(Value key) {
    if (IsStr(key)) return Write(key);
    out_.Append('"');
    GILA_TRY_VOID(Write(key));
    out_.Append('"');
    return kOk;
  }

  Thread& thread_;
  StrBuilder out_;
  // What is being written, outermost first; the frames of Write keep it alive.
  std::vector<Value> open_;
};

// encode(obj, default, ensure_ascii, check_circular, indent, key_separator, item_separator,
// sort_keys, skipkeys, allow_nan)
Result<Value> Encode(Thread& thread, Args args) {
  Encoder encoder(thread);
  encoder.make_default = args[1];
  GILA_TRY(encoder.ensure_ascii, Truth(thread, args[2]));
  GILA_TRY(encoder.check_circular, Truth(thread, args[3]));
  if (!args[4].IsNone()) {
    GILA_TRY(encoder.indent, ToStrArgument(thread, args[4], "encode() argument 'indent'"));
  }
  GILA_TRY(encoder.key_separator,
           ToStrArgument(thread, args[5], "encode() argument 'key_separator'"));
  GILA_TRY(encoder.item_separator,
           ToStrArgument(thread, args[6], "encode() argument 'item_separator'"));
  GILA_TRY(encoder.sort_keys, Truth(thread, args[7]));
  GILA_TRY(encoder.skip_keys, Truth(thread, args[8]));
  GILA_TRY(encoder.allow_nan, Truth(thread, args[9]));
  return encoder.Encode(args[0]);
}

Result<Value> EncodeString(Thread& thread, Value v, bool ensure_ascii) {
  if (!IsStr(v)) {
    return thread.RaiseTypeError("first argument must be a string, not %s",
                                 TypeNameText(v).c_str());
  }
  StrBuilder out(thread);
  AppendQuoted(out, v.As<Str>(), ensure_ascii);
  return out.Finish();
}
Result<Value> EncodeAscii(Thread& thread, Args args) { return EncodeString(thread, args[0], true); }
Result<Value> EncodeAny(Thread& thread, Args args) { return EncodeString(thread, args[0], false); }

constexpr NativeDef kFunctions[] = {
    {"encode", Encode,
     "(obj, default, ensure_ascii, check_circular, indent, key_separator, item_separator, "
     "sort_keys, skipkeys, allow_nan, /)",
     "The JSON text of a value."},
    {"encode_basestring_ascii", EncodeAscii, "(string, /)",
     "The JSON form of a string, all ASCII."},
    {"encode_basestring", EncodeAny, "(string, /)", "The JSON form of a string."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

Status AddJsonEncoder(Thread& thread, Module* module) {
  return AddFunctions(thread, module, kFunctions);
}

Status InitJsonModule(Thread& thread, Module* module) {
  GILA_TRY_VOID(AddJsonScanner(thread, module));
  return AddJsonEncoder(thread, module);
}

}  // namespace gila
