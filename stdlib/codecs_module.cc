// codecs_module.cc: the _codecs module: encoding and decoding by name, error handlers, and decoding
// piece by piece. codecs (lib/codecs.py) makes the classes of it.
#include "runtime/call.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/text/charmap.h"
#include "runtime/text/codecs.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {
namespace {

Result<std::string> TextOr(Thread& thread, Value v, const char* fallback, const char* what) {
  if (v.IsUnbound()) return std::string(fallback);
  GILA_TRY(Str * text, ToStrArgument(thread, v, what));
  return ToUtf8(text);
}

Result<Value> Encode(Thread& thread, Args args) {
  GILA_TRY(const std::string encoding,
           TextOr(thread, args[1], "utf-8", "encode() argument 'encoding'"));
  GILA_TRY(const std::string errors,
           TextOr(thread, args[2], "strict", "encode() argument 'errors'"));
  GILA_TRY(Str * text, ToStrArgument(thread, args[0], "encode() argument 1"));
  return EncodeStr(thread, text, encoding, errors);
}

Result<Value> Decode(Thread& thread, Args args) {
  GILA_TRY(const std::string encoding,
           TextOr(thread, args[1], "utf-8", "decode() argument 'encoding'"));
  GILA_TRY(const std::string errors,
           TextOr(thread, args[2], "strict", "decode() argument 'errors'"));
  GILA_TRY(const std::string bytes, CopyBuffer(thread, args[0]));
  return DecodeBytes(thread, bytes, encoding, errors);
}

// (text, bytes taken) of a piece; without `final` an incomplete character at the end is left.
Result<Value> DecodePart(Thread& thread, Args args) {
  GILA_TRY(const std::string encoding,
           TextOr(thread, args[1], "utf-8", "decode() argument 'encoding'"));
  GILA_TRY(const std::string errors,
           TextOr(thread, args[2], "strict", "decode() argument 'errors'"));
  GILA_TRY(const bool final, args.Has(3) ? Truth(thread, args[3]) : Result<bool>(false));
  GILA_TRY(const std::string bytes, CopyBuffer(thread, args[0]));
  int64_t consumed = 0;
  GILA_TRY(Str * text,
           DecodePiece(thread, bytes, FindEncoding(encoding), errors, final, &consumed));
  const Value items[] = {text, Value::SmallInt(consumed)};
  return NewTuple(thread, items);
}

// The usual name of an encoding; LookupError for one that is not known.
Result<Value> NormalName(Thread& thread, Args args) {
  GILA_TRY(Str * given, ToStrArgument(thread, args[0], "lookup() argument"));
  const std::string name = ToUtf8(given);
  const Encoding encoding = FindEncoding(name);
  if (encoding == Encoding::kUnknown)
    return thread.RaiseFormat(TypeId::kLookupError, "unknown encoding: %s", name.c_str());
  return NewStr(thread, EncodingName(encoding));
}

// [(name, other names between bars)] of the encodings of one byte a character.
Result<Value> Charmaps(Thread& thread, Args /*args*/) {
  GILA_TRY(List * rows, NewList(thread));
  for (int i = 0; i < CharmapCount(); ++i) {
    GILA_TRY(Str * name, NewStr(thread, CharmapName(i)));
    GILA_TRY(Str * aliases, NewStr(thread, CharmapAliases(i)));
    const Value pair[] = {name, aliases};
    GILA_TRY(const Value row, NewTuple(thread, pair));
    GILA_TRY_VOID(ListAppend(thread, rows, row));
  }
  return rows;
}

Result<Value> RegisterError(Thread& thread, Args args) {
  GILA_TRY(Str * name, ToStrArgument(thread, args[0], "register_error() argument 1"));
  if (!IsCallable(args[1])) return thread.RaiseTypeError("handler must be callable");
  GILA_TRY_VOID(RegisterErrorHandler(thread, name, args[1]));
  return kNone;
}

Result<Value> LookupError(Thread& thread, Args args) {
  GILA_TRY(Str * name, ToStrArgument(thread, args[0], "lookup_error() argument"));
  GILA_TRY(const Value handler, LookupErrorHandler(thread, ToUtf8(name)));
  if (!handler.IsUnbound()) return handler;
  return thread.RaiseFormat(TypeId::kLookupError, "unknown error handler name '%s'",
                            ToUtf8(name).c_str());
}

const NativeDef kFunctions[] = {
    {"encode", Encode, "(obj, encoding='utf-8', errors='strict')", "Encode a str."},
    {"decode", Decode, "(obj, encoding='utf-8', errors='strict')", "Decode bytes."},
    {"_decode_part", DecodePart, "(obj, encoding, errors, final, /)",
     "Decode a piece: the text and how many bytes it took."},
    {"_normal_name", NormalName, "(encoding, /)", "The usual name of an encoding."},
    {"_charmaps", Charmaps, "()", "The encodings of one byte a character, with their other names."},
    {"register_error", RegisterError, "(errors, handler, /)", "Give an error handler a name."},
    {"lookup_error", LookupError, "(name, /)", "The error handler of that name."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

Status InitCodecsModule(Thread& thread, Module* module) {
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila
