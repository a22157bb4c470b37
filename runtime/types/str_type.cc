// str_type.cc: the type str: its constructor, special methods, iterator, and the table of methods.
#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/text/codecs.h"
#include "runtime/text/format_spec.h"
#include "runtime/text/repr.h"
#include "runtime/text/units.h"
#include "runtime/type.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/iterators.h"
#include "runtime/types/number_methods.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str_methods.h"

namespace gila {

namespace {

// The text of an optional argument such as encoding="utf-8".
Result<std::string> TextArgument(Thread& thread, Value v, const char* what, const char* fallback) {
  if (v.IsUnbound()) return std::string(fallback);
  GILA_TRY(Str* const s, ToStrArgument(thread, v, what));
  if (StrFind(s, latin1_strings[0].As<Str>(), 0, s->length) >= 0)
    return thread.Raise(TypeId::kValueError, "embedded null character");
  return ToUtf8(s);
}

Result<Str*> DecodeArgument(Thread& thread, Args args) {
  GILA_TRY(const std::string encoding,
           TextArgument(thread, args[2], "str() argument 'encoding'", "utf-8"));
  GILA_TRY(const std::string errors,
           TextArgument(thread, args[3], "str() argument 'errors'", "strict"));
  const Value object = args[1];
  if (IsBytes(object)) return DecodeBytes(thread, object.As<Bytes>()->view(), encoding, errors);
  if (IsStr(object)) return thread.RaiseTypeError("decoding str is not supported");
  if (!IsBytesLike(object)) {
    const std::string_view name = TypeNameOf(object);
    return thread.RaiseTypeError("decoding to str: need a bytes-like object, %.*s found",
                                 static_cast<int>(name.size()), name.data());
  }
  GILA_TRY(const std::string bytes, CopyBuffer(thread, object));
  return DecodeBytes(thread, bytes, encoding, errors);
}

// An instance of a subclass of str with the text of `s`.
Result<Value> NewStrOfType(Thread& thread, Type* type, Str* s) {
  if (type == GetType(TypeId::kStr)) return PlainStr(thread, s);
  GILA_TRY(Blob* const store, NewBlob(thread, static_cast<int64_t>(s->ByteSize())));
  std::memcpy(store->bytes, s->data, s->ByteSize());
  store->used.StoreRelaxed(store->size);
  GILA_TRY(Object* const object, AllocateInstance(thread, type));
  Str* const instance = static_cast<Str*>(object);
  instance->flags = static_cast<uint8_t>((s->Flags() & (kStrWidthMask | kStrAscii)) | kStrShared);
  instance->length = s->length;
  instance->data = store->bytes;
  instance->store.Store(instance, store);
  return Value(instance);
}

// str(object='', encoding='utf-8', errors='strict')
Result<Value> StrNew(Thread& thread, Args args) {
  Type* const type = args[0].As<Type>();
  if (!args.Has(1)) return NewStrOfType(thread, type, empty_str);
  const bool decode = args.Has(2) || args.Has(3);
  Result<Str*> text = decode ? DecodeArgument(thread, args) : ToStr(thread, args[1]);
  if (!text.ok()) return kFailed;
  if (type == GetType(TypeId::kStr)) return text;
  return NewStrOfType(thread, type, text.value());
}

Result<Value> StrReprMethod(Thread& thread, Args args) { return StrRepr(thread, SelfStr(args)); }
Result<Value> StrStrMethod(Thread& thread, Args args) { return PlainStr(thread, SelfStr(args)); }
Result<Value> StrHashMethod(Thread& thread, Args args) {
  return NewInt(thread, static_cast<int64_t>(HashStr(SelfStr(args))));
}
Result<Value> StrLen(Thread&, Args args) { return Value::SmallInt(SelfStr(args)->length); }

Result<Value> StrAdd(Thread& thread, Args args) {
  if (IsStr(args[1])) return StrConcat(thread, SelfStr(args), args[1].As<Str>());
  const std::string_view name = TypeNameOf(args[1]);
  return thread.RaiseTypeError("can only concatenate str (not \"%.*s\") to str",
                               static_cast<int>(name.size()), name.data());
}

Result<Value> StrMul(Thread& thread, Args args) {
  GILA_TRY(const int64_t count, ToRepeatCount(thread, args[1]));
  return StrRepeat(thread, SelfStr(args), count);
}

Result<Value> StrMod(Thread& thread, Args args) {
  return StrModFormat(thread, SelfStr(args), args[1]);
}
Result<Value> StrRMod(Thread& thread, Args args) {
  if (!IsStr(args[1])) return kNotImplemented;
  return StrModFormat(thread, args[1].As<Str>(), args[0]);
}

Result<Value> StrContains(Thread& thread, Args args) {
  if (!IsStr(args[1])) {
    const std::string_view name = TypeNameOf(args[1]);
    return thread.RaiseTypeError("'in <string>' requires string as left operand, not %.*s",
                                 static_cast<int>(name.size()), name.data());
  }
  const Str* const s = SelfStr(args);
  return Value::Bool(StrFind(s, args[1].As<Str>(), 0, s->length) >= 0);
}

Result<Value> SliceWithStep(Thread& thread, Str* s, const SliceIndices& indices) {
  const int width_log2 = s->width_log2();
  GILA_TRY(Str* const picked, NewStrUninitialized(thread, indices.count, width_log2, s->IsAscii()));
  for (int64_t i = 0; i < indices.count; ++i)
    StoreUnit(picked->data, width_log2, i, s->At(indices.start + i * indices.step));
  if (s->IsAscii() && indices.count > 1) return Value(picked);
  return NewStrFromUnits(thread, picked->data, width_log2, indices.count);
}

Result<Value> StrGetItem(Thread& thread, Args args) {
  Str* const s = SelfStr(args);
  const Value key = args[1];
  if (IsKind(key, kKindSlice)) {
    GILA_TRY(const SliceIndices indices, ResolveSlice(thread, key.As<Slice>(), s->length));
    if (indices.step == 1) return StrSlice(thread, s, indices.start, indices.start + indices.count);
    return SliceWithStep(thread, s, indices);
  }
  if (!key.IsSmallInt() && LookupSpecial(thread, TypeOf(key), Special::kIndex).IsUnbound()) {
    const std::string_view name = TypeNameOf(key);
    return thread.RaiseTypeError("string indices must be integers, not '%.*s'",
                                 static_cast<int>(name.size()), name.data());
  }
  GILA_TRY(int64_t index, ToSubscript(thread, key));
  if (index < 0) index += s->length;
  if (index < 0 || index >= s->length)
    return thread.Raise(TypeId::kIndexError, "string index out of range");
  return Result<Str*>(StrItem(thread, s, index));
}

template <CompareOp op>
Result<Value> Rich(Thread&, Args args) {
  if (!IsStr(args[1])) return kNotImplemented;
  const Str* const a = SelfStr(args);
  const Str* const b = args[1].As<Str>();
  switch (op) {
    case CompareOp::kEq:
      return Value::Bool(StrEqual(a, b));
    case CompareOp::kNe:
      return Value::Bool(!StrEqual(a, b));
    case CompareOp::kLt:
      return Value::Bool(StrCompare(a, b) < 0);
    case CompareOp::kLe:
      return Value::Bool(StrCompare(a, b) <= 0);
    case CompareOp::kGt:
      return Value::Bool(StrCompare(a, b) > 0);
    case CompareOp::kGe:
      return Value::Bool(StrCompare(a, b) >= 0);
  }
  return kNotImplemented;
}

Result<Value> StrIter(Thread& thread, Args args) {
  return NewSequenceIterator(thread, TypeId::kStrIterator, args[0]);
}

Result<Value> StrFormatSpecMethod(Thread& thread, Args args) {
  GILA_TRY(Str* const spec, ToStrArgument(thread, args[1], "__format__() argument"));
  return FormatStr(thread, SelfStr(args), spec);
}

Result<Value> StrGetNewArgs(Thread& thread, Args args) {
  GILA_TRY(Str* const text, PlainStr(thread, SelfStr(args)));
  const Value item = text;
  return NewTuple(thread, std::span<const Value>(&item, 1));
}

Result<Value> StrSizeOf(Thread& thread, Args args) {
  const Str* const s = SelfStr(args);
  int64_t size = static_cast<int64_t>(heap::CellSize(s));
  if (s->Flags() & kStrShared) size += static_cast<int64_t>(s->ByteSize());
  return NewInt(thread, size);
}

Result<Value> StrEncode(Thread& thread, Args args) {
  if (!args.Has(1) && !args.Has(2)) return EncodeStr(thread, SelfStr(args), "utf-8", "strict");
  GILA_TRY(const std::string encoding,
           TextArgument(thread, args[1], "encode() argument 'encoding'", "utf-8"));
  GILA_TRY(const std::string errors,
           TextArgument(thread, args[2], "encode() argument 'errors'", "strict"));
  return EncodeStr(thread, SelfStr(args), encoding, errors);
}

constexpr NativeDef kStrMethods[] = {
    {"__repr__", StrReprMethod, "(self, /)", "Return repr(self)."},
    {"__hash__", StrHashMethod, "(self, /)", "Return hash(self)."},
    {"__str__", StrStrMethod, "(self, /)", "Return str(self)."},
    GILA_COMPARE_METHODS,
    {"__iter__", StrIter, "(self, /)", "Implement iter(self)."},
    {"__mod__", StrMod, "(self, value, /)", "Return self%value."},
    {"__rmod__", StrRMod, "(self, value, /)", "Return value%self."},
    {"__len__", StrLen, "(self, /)", "Return len(self)."},
    {"__getitem__", StrGetItem, "(self, key, /)", "Return self[key]."},
    {"__add__", StrAdd, "(self, value, /)", "Return self+value."},
    {"__mul__", StrMul, "(self, value, /)", "Return self*value."},
    {"__rmul__", StrMul, "(self, value, /)", "Return value*self."},
    {"__contains__", StrContains, "(self, key, /)", "Return key in self."},
    {"encode", StrEncode, "(self, /, encoding='utf-8', errors='strict')",
     "The text as bytes of the encoding; `errors` names what to do with what it cannot say."},
    {"replace", StrReplace, "(self, old, new, count=-1, /)",
     "A copy with `old` replaced by `new`, everywhere or the first `count` times."},
    {"split", StrSplit, "(self, /, sep=None, maxsplit=-1)",
     "The list of the parts between separators (runs of blanks by default), split from the left."},
    {"rsplit", StrRSplit, "(self, /, sep=None, maxsplit=-1)",
     "The list of the parts between separators (runs of blanks by default), split from the right."},
    {"join", StrJoinMethod, "(self, iterable, /)",
     "The strings of the iterable with this one between them."},
    {"capitalize", StrCapitalize, "(self, /)",
     "The first character in title case, the rest lower."},
    {"casefold", StrCaseFold, "(self, /)", "A form for comparing regardless of case."},
    {"title", StrTitle, "(self, /)", "Words begin in title case, the rest is lower case."},
    {"center", StrCenter, "(self, width, fillchar=' ', /)", "Padded on both sides to the width."},
    {"count", StrCountMethod, "@parsed(self, sub, start=None, end=None, /)",
     "How many times `sub` occurs in self[start:end], without overlaps."},
    {"expandtabs", StrExpandTabs, "(self, /, tabsize=8)", "Tabs become blanks."},
    {"find", StrFindMethod, "@parsed(self, sub, start=None, end=None, /)",
     "The lowest index of `sub` in self[start:end], or -1."},
    {"partition", StrPartition, "(self, sep, /)",
     "The part before the separator, the separator, and the part after it."},
    {"index", StrIndex, "@parsed(self, sub, start=None, end=None, /)",
     "The lowest index of `sub` in self[start:end]; ValueError when it is not there."},
    {"ljust", StrLJust, "(self, width, fillchar=' ', /)", "Padded on the right to the width."},
    {"lower", StrLower, "(self, /)", "In lower case."},
    {"lstrip", StrLStrip, "(self, chars=None, /)", "Without leading blanks (or these characters)."},
    {"rfind", StrRFind, "@parsed(self, sub, start=None, end=None, /)",
     "The highest index of `sub` in self[start:end], or -1."},
    {"rindex", StrRIndex, "@parsed(self, sub, start=None, end=None, /)",
     "The highest index of `sub` in self[start:end]; ValueError when it is not there."},
    {"rjust", StrRJust, "(self, width, fillchar=' ', /)", "Padded on the left to the width."},
    {"rstrip", StrRStrip, "(self, chars=None, /)",
     "Without trailing blanks (or these characters)."},
    {"rpartition", StrRPartition, "(self, sep, /)",
     "The part before the last separator, the separator, and the part after it."},
    {"splitlines", StrSplitLines, "(self, /, keepends=False)", "The list of the lines."},
    {"strip", StrStrip, "(self, chars=None, /)",
     "Without leading and trailing blanks (or these characters)."},
    {"swapcase", StrSwapCase, "(self, /)", "Upper case becomes lower and lower upper."},
    {"translate", StrTranslate, "(self, table, /)",
     "Each character replaced by table[ord(c)]: a code point, a string, or None to delete it."},
    {"upper", StrUpper, "(self, /)", "In upper case."},
    {"startswith", StrStartsWith, "@parsed(self, prefix, start=None, end=None, /)",
     "Does self[start:end] begin with the prefix, or one of a tuple of them?"},
    {"endswith", StrEndsWith, "@parsed(self, suffix, start=None, end=None, /)",
     "Does self[start:end] end with the suffix, or one of a tuple of them?"},
    {"removeprefix", StrRemovePrefix, "(self, prefix, /)", "Without the prefix, if it has it."},
    {"removesuffix", StrRemoveSuffix, "(self, suffix, /)", "Without the suffix, if it has it."},
    {"isascii", StrIsAscii, "(self, /)", "Are all characters ASCII?"},
    {"islower", StrIsLower, "(self, /)", "Are all cased characters lower case, and some there?"},
    {"isupper", StrIsUpper, "(self, /)", "Are all cased characters upper case, and some there?"},
    {"istitle", StrIsTitle, "(self, /)", "Does each word begin in upper case and go on in lower?"},
    {"isspace", StrIsSpace, "(self, /)", "Are all characters blanks, and some there?"},
    {"isdecimal", StrIsDecimal, "(self, /)", "Are all characters decimal digits, and some there?"},
    {"isdigit", StrIsDigit, "(self, /)", "Are all characters digits, and some there?"},
    {"isnumeric", StrIsNumeric, "(self, /)", "Are all characters numeric, and some there?"},
    {"isalpha", StrIsAlpha, "(self, /)", "Are all characters letters, and some there?"},
    {"isalnum", StrIsAlnum, "(self, /)", "Are all characters letters or numeric, and some there?"},
    {"isidentifier", StrIsIdentifier, "(self, /)", "Is it a valid identifier?"},
    {"isprintable", StrIsPrintable, "(self, /)", "Would repr() escape none of it?"},
    {"zfill", StrZFill, "(self, width, /)", "Padded with zeros on the left, after a sign."},
    {"format", StrFormatMethod, "(self, *args, **kwargs)",
     "The text with its {replacement fields} filled in from the arguments."},
    {"format_map", StrFormatMap, "(self, mapping, /)",
     "The text with its {replacement fields} filled in from the mapping."},
    {"__format__", StrFormatSpecMethod, "(self, format_spec, /)", nullptr},
    {"maketrans", StrMakeTrans, "@staticmethod(x, y=None, z=None, /)",
     "A table for translate(), from a dict, or two strings of equal length and one to delete."},
    {"__sizeof__", StrSizeOf, "(self, /)", "The bytes it takes in memory."},
    {"__getnewargs__", StrGetNewArgs, "(self, /)", nullptr},
    {}};

}  // namespace

extern const KindInfo kStrKindInfo;
extern const TypeSpec kStrSpec;
const TypeSpec kStrSpec = {
    .doc = "Text: an immutable sequence of code points.",
    .new_function = StrNew,
    .new_signature = "(cls, object='', encoding='utf-8', errors='strict')",
    .methods = kStrMethods,
    .extra_flags = kMatchSelf,
    .native_size = sizeof(Str),
    .kind_info = &kStrKindInfo,
};

}  // namespace gila
