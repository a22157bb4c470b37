// exception_fields.cc: the fields that only some exception classes have (StopIteration.value,
// OSError.errno, ...): where they come from, the attributes that show them, and the classes' own
// __str__. The places in Exception::extra are listed in exception.h.
#include <cstddef>
#include <cstdio>

#include "runtime/protocols.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception_internal.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {
namespace {

enum OsField { kErrno, kStrerror, kFilename, kFilename2, kCharactersWritten };
enum ImportField { kImportMessage, kImportName, kImportPath };
enum NameField { kMissingName, kMissingObject };
enum SyntaxField {
  kSyntaxMessage,
  kSyntaxFile,
  kSyntaxLine,
  kSyntaxOffset,
  kSyntaxText,
  kSyntaxEndLine,
  kSyntaxEndOffset
};
enum UnicodeField { kEncoding, kUnicodeObject, kStart, kEnd, kReason };

bool Is(const Exception* e, TypeId id) { return IsSubtype(TypeOf(Value(e)), GetType(id)); }

template <int kIndex>
Result<Value> GetField(Thread&, Value self) {
  return self.As<Exception>()->extra[kIndex].Load();
}
template <int kIndex>
Status SetField(Thread&, Value self, Value value) {
  self.As<Exception>()->extra[kIndex].Store(self.AsObject(), value.IsUnbound() ? kNone : value);
  return kOk;
}

// SyntaxError.print_file_and_line: nothing reads it, so it has no field of its own.
constexpr const char* kPrintFile = "print_file_and_line";
Result<Value> GetPrintFile(Thread& thread, Value self) {
  GILA_TRY(Dict* const attributes, MaterializeDict(thread, self.AsObject()));
  const Value set = DictGetInterned(attributes, Intern(thread, kPrintFile));
  return set.IsUnbound() ? kNone : set;
}
Status SetPrintFile(Thread& thread, Value self, Value value) {
  GILA_TRY(Dict* const attributes, MaterializeDict(thread, self.AsObject()));
  return DictSet(thread, attributes, Intern(thread, kPrintFile), value.IsUnbound() ? kNone : value);
}

// --- filling ---

Status FillOsError(Thread&, Exception* e, std::span<const Value> args) {
  if (args.size() < 2 || args.size() > 5) return kOk;
  e->extra[kErrno].Store(e, args[0]);
  e->extra[kStrerror].Store(e, args[1]);
  if (args.size() >= 3 && !args[2].IsNone()) {
    if (Is(e, TypeId::kBlockingIOError) && IsInt(args[2])) {
      e->extra[kCharactersWritten].Store(e, args[2]);
    } else {
      e->extra[kFilename].Store(e, args[2]);
    }
  }
  if (args.size() == 5) e->extra[kFilename2].Store(e, args[4]);
  return kOk;
}

// The keyword arguments in `names` go to consecutive fields from `first` on; others are an error.
Status FillKeywords(Thread& thread, Exception* e, Value keywords,
                    std::initializer_list<const char*> names, int first, const char* function) {
  if (keywords.IsUnbound()) return kOk;
  int64_t position = 0;
  Value key, value;
  while (DictNext(keywords.As<Dict>(), &position, &key, &value)) {
    int field = first;
    bool known = false;
    for (const char* name : names) {
      if (StrEquals(key.As<Str>(), name)) {
        e->extra[field].Store(e, value);
        known = true;
      }
      ++field;
    }
    if (!known) {
      const std::string name = ToUtf8(key);
      return thread.RaiseTypeError("'%s' is an invalid keyword argument for %s()", name.c_str(),
                                   function);
    }
  }
  return kOk;
}

Status FillSyntaxError(Thread& thread, Exception* e, std::span<const Value> args) {
  if (!args.empty()) e->extra[kSyntaxMessage].Store(e, args[0]);
  if (args.size() != 2) return kOk;
  GILA_TRY(Tuple * info, ToTuple(thread, args[1]));
  if (info->length != 4 && info->length != 6) {
    if (info->length < 4) {
      static const char* const kNames[] = {"filename", "lineno", "offset", "text"};
      return thread.RaiseTypeError("function missing required argument '%s' (pos %d)",
                                   kNames[info->length], static_cast<int>(info->length) + 1);
    }
    return thread.RaiseTypeError("end_offset must be provided when end_lineno is provided");
  }
  for (int64_t i = 0; i < info->length; ++i) e->extra[kSyntaxFile + i].Store(e, info->At(i));
  return kOk;
}

Status FillUnicodeError(Thread& thread, Exception* e, std::span<const Value> args) {
  const bool decode = Is(e, TypeId::kUnicodeDecodeError),
             translate = Is(e, TypeId::kUnicodeTranslateError);
  if (!decode && !translate && !Is(e, TypeId::kUnicodeEncodeError)) return kOk;
  const size_t wanted = translate ? 4 : 5;
  if (args.size() != wanted) {
    return thread.RaiseTypeError("function takes exactly %zu arguments (%zu given)", wanted,
                                 args.size());
  }
  const int first = translate ? kUnicodeObject : kEncoding;
  for (size_t i = 0; i < wanted; ++i) e->extra[first + static_cast<int>(i)].Store(e, args[i]);
  if (!translate && !IsStr(args[0])) {
    const std::string name(TypeNameOf(args[0]));
    return thread.RaiseTypeError("argument 1 must be str, not %s", name.c_str());
  }
  const Value object = e->extra[kUnicodeObject].Load();
  if (decode) {
    if (!IsBytesLike(object)) {
      const std::string name(TypeNameOf(object));
      return thread.RaiseTypeError("a bytes-like object is required, not '%s'", name.c_str());
    }
    if (!IsBytes(object)) {
      GILA_TRY(const std::string copy, CopyBuffer(thread, object));
      GILA_TRY(const Value bytes, NewBytes(thread, copy));
      e->extra[kUnicodeObject].Store(e, bytes);
    }
  } else if (!IsStr(object)) {
    const std::string name(TypeNameOf(object));
    return thread.RaiseTypeError("argument %d must be str, not %s", translate ? 1 : 2,
                                 name.c_str());
  }
  for (int i : {kStart, kEnd}) {
    GILA_TRY([[maybe_unused]] const int64_t number, ToInt64(thread, e->extra[i].Load()));
  }
  if (!IsStr(e->extra[kReason].Load())) {
    const std::string name(TypeNameOf(e->extra[kReason].Load()));
    return thread.RaiseTypeError("argument %d must be str, not %s", translate ? 4 : 5,
                                 name.c_str());
  }
  return kOk;
}

}  // namespace

bool TakesKeywords(const Type* type) {
  return IsSubtype(type, GetType(TypeId::kImportError)) ||
         IsSubtype(type, GetType(TypeId::kNameError)) ||
         IsSubtype(type, GetType(TypeId::kAttributeError));
}

// The file names of an OSError are no part of its args, the name and path of an ImportError
// neither: copies are made with them all the same.
Result<Value> ArgumentsForCopy(Thread& thread, Exception* e) {
  const Value args = e->args.Load();
  const Value name = e->extra[kFilename].Load(), second = e->extra[kFilename2].Load();
  if (!Is(e, TypeId::kOSError) || !IsTuple(args) || args.As<Tuple>()->length != 2 || name.IsNone())
    return args;
  const Value all[] = {args.As<Tuple>()->At(0), args.As<Tuple>()->At(1), name, kNone, second};
  return NewTuple(thread, std::span<const Value>(all, second.IsNone() ? 3 : 5));
}

Result<Value> StateForCopy(Thread& thread, Exception* e, Value attributes) {
  const Value name = e->extra[kImportName].Load(), path = e->extra[kImportPath].Load();
  if (!Is(e, TypeId::kImportError) || (name.IsNone() && path.IsNone())) return attributes;
  GILA_TRY(Dict* const state,
           IsDict(attributes) ? DictCopy(thread, attributes.As<Dict>()) : NewDict(thread));
  if (!name.IsNone()) GILA_TRY_VOID(DictSet(thread, state, Intern(thread, "name"), name));
  if (!path.IsNone()) GILA_TRY_VOID(DictSet(thread, state, Intern(thread, "path"), path));
  return state;
}

bool KeepsOwnArguments(const Exception* e) {
  return Is(e, TypeId::kOSError) && !e->extra[kFilename].Load().IsNone();
}

TypeId FieldsClass(const Type* type) {
  static constexpr TypeId kWithFields[] = {
      TypeId::kStopIteration, TypeId::kSystemExit,     TypeId::kOSError,     TypeId::kImportError,
      TypeId::kNameError,     TypeId::kAttributeError, TypeId::kSyntaxError, TypeId::kUnicodeError};
  const Tuple* mro = type->mro.Load();
  for (int64_t i = 0; i < mro->length; ++i) {
    const Type* base = mro->At(i).As<Type>();
    if (base->Has(kHeapType)) continue;
    for (const TypeId id : kWithFields) {
      if (base == GetType(id)) return id;
    }
    // Exception is beyond all of these but SystemExit, which is no Exception.
    if (base == GetType(TypeId::kException)) break;
  }
  return TypeId::kBaseException;
}

Status FillExceptionFields(Thread& thread, Exception* e, TypeId fields, std::span<const Value> args,
                           Value keywords) {
  if (fields == TypeId::kBaseException) return kOk;
  const auto is = [&](TypeId id) { return fields == id; };
  if (is(TypeId::kStopIteration)) {
    if (!args.empty()) e->extra[0].Store(e, args[0]);
  } else if (is(TypeId::kSystemExit)) {
    if (args.size() == 1) e->extra[0].Store(e, args[0]);
    if (args.size() > 1) e->extra[0].Store(e, e->args.Load());
  } else if (is(TypeId::kOSError)) {
    GILA_TRY_VOID(FillOsError(thread, e, args));
    // str() and pickling know the file name from its field: args keeps errno and text.
    if (args.size() >= 3 && !e->extra[kFilename].Load().IsNone()) {
      GILA_TRY(Tuple * shorter, NewTuple(thread, args.first(2)));
      e->args.Store(e, shorter);
    }
  } else if (is(TypeId::kImportError)) {
    for (const int field : {kImportMessage, kImportName, kImportPath})
      e->extra[field].Store(e, kNone);
    if (args.size() == 1) e->extra[kImportMessage].Store(e, args[0]);
    return FillKeywords(thread, e, keywords, {"name", "path"}, kImportName, "ImportError");
  } else if (is(TypeId::kNameError)) {
    return FillKeywords(thread, e, keywords, {"name"}, kMissingName, "NameError");
  } else if (is(TypeId::kAttributeError)) {
    return FillKeywords(thread, e, keywords, {"name", "obj"}, kMissingName, "AttributeError");
  } else if (is(TypeId::kSyntaxError)) {
    return FillSyntaxError(thread, e, args);
  } else if (is(TypeId::kUnicodeError)) {
    return FillUnicodeError(thread, e, args);
  }
  return kOk;
}

namespace {

// --- __str__ of the classes that have their own ---

Result<Value> KeyErrorStr(Thread& thread, Args args) {
  Tuple* tuple = args[0].As<Exception>()->args.Load().As<Tuple>();
  if (tuple->length == 1) return Repr(thread, tuple->At(0));
  if (tuple->length == 0) return NameOf(Name::kEmpty);
  return ToStr(thread, tuple);
}

Result<Value> DefaultStr(Thread& thread, Exception* e) {
  Tuple* tuple = e->args.Load().As<Tuple>();
  if (tuple->length == 0) return NameOf(Name::kEmpty);
  if (tuple->length == 1) return ToStr(thread, tuple->At(0));
  return ToStr(thread, tuple);
}

Result<Value> OsErrorStr(Thread& thread, Args args) {
  Exception* e = args[0].As<Exception>();
  const Value number = e->extra[kErrno].Load(), text = e->extra[kStrerror].Load();
  if (number.IsNone() && text.IsNone()) return DefaultStr(thread, e);
  StrBuilder out(thread);
  out.AppendAscii("[Errno ");
  GILA_TRY(Str * number_text, ToStr(thread, number));
  out.Append(number_text);
  out.AppendAscii("] ");
  GILA_TRY(Str * message, ToStr(thread, text));
  out.Append(message);
  for (int field : {kFilename, kFilename2}) {
    const Value name = e->extra[field].Load();
    if (name.IsNone()) continue;
    out.AppendAscii(field == kFilename ? ": " : " -> ");
    GILA_TRY(Str * shown, Repr(thread, name));
    out.Append(shown);
  }
  return out.Finish();
}

Result<Value> ImportErrorStr(Thread& thread, Args args) {
  Exception* e = args[0].As<Exception>();
  const Value message = e->extra[kImportMessage].Load();
  if (IsExactly(message, TypeId::kStr)) return message;
  return DefaultStr(thread, e);
}

Result<Value> SyntaxErrorStr(Thread& thread, Args args) {
  Exception* e = args[0].As<Exception>();
  const Value file = e->extra[kSyntaxFile].Load(), line = e->extra[kSyntaxLine].Load();
  GILA_TRY(Str * message, ToStr(thread, e->extra[kSyntaxMessage].Load()));
  const bool has_file = IsStr(file), has_line = IsInt(line);
  if (!has_file && !has_line) return message;
  StrBuilder out(thread);
  out.Append(message);
  out.AppendAscii(" (");
  if (has_file) {
    const std::string path = ToUtf8(file);
    out.AppendUtf8(std::string_view(path).substr(path.rfind('/') + 1));
    if (has_line) out.AppendAscii(", ");
  }
  if (has_line) {
    GILA_TRY(Str * number, ToStr(thread, line));
    out.AppendAscii("line ");
    out.Append(number);
  }
  out.AppendAscii(")");
  return out.Finish();
}

// "character '\xe9'" or "byte 0xff": one unit of the text or bytes that could not be converted.
std::string ShowUnit(const Exception* e, int64_t at) {
  const Value object = e->extra[kUnicodeObject].Load();
  char text[32];
  if (IsBytes(object)) {
    const std::string_view bytes = object.As<Bytes>()->view();
    snprintf(text, sizeof(text), "byte 0x%02x",
             static_cast<unsigned char>(bytes[static_cast<size_t>(at)]));
    return text;
  }
  const uint32_t c = object.As<Str>()->At(at);
  snprintf(text, sizeof(text),
           c < 256       ? "character '\\x%02x'"
           : c < 0x10000 ? "character '\\u%04x'"
                         : "character '\\U%08x'",
           c);
  return text;
}

Result<Value> UnicodeErrorStr(Thread& thread, Args args) {
  Exception* e = args[0].As<Exception>();
  const Value object = e->extra[kUnicodeObject].Load();
  if (object.IsNone()) return NameOf(Name::kEmpty);
  const bool decode = Is(e, TypeId::kUnicodeDecodeError),
             translate = Is(e, TypeId::kUnicodeTranslateError);
  GILA_TRY(const int64_t start, ToInt64(thread, e->extra[kStart].Load()));
  GILA_TRY(const int64_t end, ToInt64(thread, e->extra[kEnd].Load()));
  GILA_TRY(Str * reason, ToStr(thread, e->extra[kReason].Load()));
  const int64_t length = decode ? object.As<Bytes>()->size : object.As<Str>()->length;
  std::string text;
  if (!translate) {
    GILA_TRY(Str * encoding, ToStr(thread, e->extra[kEncoding].Load()));
    text += "'" + ToUtf8(encoding) + "' codec ";
  }
  text += translate ? "can't translate " : decode ? "can't decode " : "can't encode ";
  if (start < length && end == start + 1) {
    text += ShowUnit(e, start) + " in position " + std::to_string(start);
  } else {
    text += decode ? "bytes" : "characters";
    text += " in position " + std::to_string(start) + "-" + std::to_string(end - 1);
  }
  text += ": " + ToUtf8(reason);
  return NewStr(thread, text);
}

// OSError(errno, ...) is an instance of the subclass for that errno.
Result<Value> OsErrorNew(Thread& thread, Args args) {
  Type* type = args[0].As<Type>();
  const std::span<const Value> given = args.rest();
  int64_t number;
  if (type == GetType(TypeId::kOSError) && given.size() >= 2 && given.size() <= 5 &&
      IsInt(given[0]) && TryInt64(given[0], &number)) {
    type = GetType(OsErrorTypeFor(static_cast<int>(number)));
  }
  if (args.Has(1) && args[1].As<Dict>()->size.Load() != 0 && !type->Has(kHeapType)) {
    const std::string name(TypeName(type));
    return thread.RaiseTypeError("%s() takes no keyword arguments", name.c_str());
  }
  // A class with an __init__ of its own and no __new__ decides what __init__ here gets to see.
  Type* base = GetType(TypeId::kOSError);
  if (LookupSpecial(thread, type, Special::kInit) != LookupSpecial(thread, base, Special::kInit) &&
      LookupSpecial(thread, type, Special::kNew) == LookupSpecial(thread, base, Special::kNew)) {
    return NewExceptionInstance(thread, type, {});
  }
  GILA_TRY(Exception * e, NewExceptionInstance(thread, type, given));
  GILA_TRY_VOID(FillExceptionFields(thread, e, FieldsClass(type), given, kUnbound));
  return e;
}

#define FIELD(name, index) {name, GetField<index>, SetField<index>, nullptr}
#define END {nullptr, nullptr, nullptr, nullptr}
const GetSetDef kStopIterationFields[] = {FIELD("value", 0), END};
const GetSetDef kSystemExitFields[] = {FIELD("code", 0), END};
const GetSetDef kOsErrorFields[] = {FIELD("errno", kErrno),
                                    FIELD("strerror", kStrerror),
                                    FIELD("filename", kFilename),
                                    FIELD("filename2", kFilename2),
                                    FIELD("characters_written", kCharactersWritten),
                                    END};
const GetSetDef kImportErrorFields[] = {FIELD("msg", kImportMessage), FIELD("name", kImportName),
                                        FIELD("path", kImportPath), END};
const GetSetDef kNameErrorFields[] = {FIELD("name", kMissingName), END};
const GetSetDef kAttributeErrorFields[] = {FIELD("name", kMissingName),
                                           FIELD("obj", kMissingObject), END};
const GetSetDef kSyntaxErrorFields[] = {FIELD("msg", kSyntaxMessage),
                                        FIELD("filename", kSyntaxFile),
                                        FIELD("lineno", kSyntaxLine),
                                        FIELD("offset", kSyntaxOffset),
                                        FIELD("text", kSyntaxText),
                                        FIELD("end_lineno", kSyntaxEndLine),
                                        FIELD("end_offset", kSyntaxEndOffset),
                                        {kPrintFile, GetPrintFile, SetPrintFile, nullptr},
                                        END};
const GetSetDef kUnicodeErrorFields[] = {
    FIELD("encoding", kEncoding), FIELD("object", kUnicodeObject), FIELD("start", kStart),
    FIELD("end", kEnd),           FIELD("reason", kReason),        END};
const NativeDef kKeyErrorMethods[] = {{"__str__", KeyErrorStr, "(self, /)", "Return str(self)."},
                                      END};
const NativeDef kOsErrorMethods[] = {{"__str__", OsErrorStr, "(self, /)", "Return str(self)."},
                                     END};
const NativeDef kImportErrorMethods[] = {
    {"__str__", ImportErrorStr, "(self, /)", "Return str(self)."}, END};
const NativeDef kSyntaxErrorMethods[] = {
    {"__str__", SyntaxErrorStr, "(self, /)", "Return str(self)."}, END};
const NativeDef kUnicodeErrorMethods[] = {
    {"__str__", UnicodeErrorStr, "(self, /)", "Return str(self)."}, END};
#undef FIELD
#undef END

}  // namespace

#define GILA_EXCEPTION_SPEC(id, text, method_table, field_table) \
  extern const TypeSpec k##id##Spec;                             \
  const TypeSpec k##id##Spec = {                                 \
      .doc = text,                                               \
      .methods = method_table,                                   \
      .getsets = field_table,                                    \
      .native_size = offsetof(Exception, attributes),            \
      .kind_info = &kExceptionKindInfo,                          \
  }
GILA_EXCEPTION_SPEC(StopIteration, "Signal the end from iterator.__next__().", nullptr,
                    kStopIterationFields);
GILA_EXCEPTION_SPEC(SystemExit, "Request to exit from the interpreter.", nullptr,
                    kSystemExitFields);
GILA_EXCEPTION_SPEC(ImportError, "Import can't find module, or can't find name in module.",
                    kImportErrorMethods, kImportErrorFields);
GILA_EXCEPTION_SPEC(NameError, "Name not found globally.", nullptr, kNameErrorFields);
GILA_EXCEPTION_SPEC(AttributeError, "Attribute not found.", nullptr, kAttributeErrorFields);
GILA_EXCEPTION_SPEC(SyntaxError, "Invalid syntax.", kSyntaxErrorMethods, kSyntaxErrorFields);
GILA_EXCEPTION_SPEC(KeyError, "Mapping key not found.", kKeyErrorMethods, nullptr);
GILA_EXCEPTION_SPEC(UnicodeEncodeError, "Unicode encoding error.", kUnicodeErrorMethods,
                    kUnicodeErrorFields);
GILA_EXCEPTION_SPEC(UnicodeDecodeError, "Unicode decoding error.", kUnicodeErrorMethods,
                    kUnicodeErrorFields);
GILA_EXCEPTION_SPEC(UnicodeTranslateError, "Unicode translation error.", kUnicodeErrorMethods,
                    kUnicodeErrorFields);

extern const TypeSpec kOSErrorSpec;
const TypeSpec kOSErrorSpec = {
    .doc = "Base class for I/O related errors.",
    .new_function = OsErrorNew,
    .new_signature = "(cls, *args, **kwargs)",
    .methods = kOsErrorMethods,
    .getsets = kOsErrorFields,
    .native_size = offsetof(Exception, attributes),
    .kind_info = &kExceptionKindInfo,
};

}  // namespace gila
