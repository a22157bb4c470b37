// multibyte_module.cc: the _multibyte module: the encodings of East Asia (multibyte_codecs.h) as
// objects that encode and decode, with error handlers, at once or piece by piece. What is kept
// between pieces goes in and out as arguments, so that nothing here has a state; the classes are
// made in lib/_multibytecodec.py.
#include <cstring>

#include "runtime/modules.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/text/codec_errors.h"
#include "runtime/types/exception.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "stdlib/multibyte_codecs.h"
#include "stdlib/native_support.h"

namespace gila {
namespace {

constexpr const char* kIllegal = "illegal multibyte sequence";
constexpr const char* kIncomplete = "incomplete multibyte sequence";

struct CodecObject : Object {
  const MultibyteCodec* codec;
};
constexpr KindInfo kCodecKind = {"MultibyteCodec", nullptr, nullptr};
Type* codec_type = nullptr;

const MultibyteCodec& CodecOf(Args args) { return *args[0].As<CodecObject>()->codec; }

// Error handlers that need no call.
enum class Handling : uint8_t { kStrict, kIgnore, kReplace, kCall };
Handling HandlingOf(std::string_view errors) {
  if (errors == "strict") return Handling::kStrict;
  if (errors == "ignore") return Handling::kIgnore;
  return errors == "replace" ? Handling::kReplace : Handling::kCall;
}

// Asks the handler of that name; where to go on is within 0..size.
Status Ask(Thread& thread, const std::string& errors, Value error, const char* complaint,
           bool bytes_allowed, int64_t size, Value* replacement, int64_t* place) {
  GILA_TRY_VOID(ImportModule(thread, "codecs"));  // it has the usual handlers
  GILA_TRY(const Value handler, RequireErrorHandler(thread, errors));
  HandlerAnswer answer;
  GILA_TRY_VOID(AskErrorHandler(thread, handler, error, complaint, bytes_allowed, &answer));
  *replacement = answer.replacement;
  Result<int64_t> number = ToInt64(thread, answer.place);
  if (!number.ok()) {  // no place can be that far
    if (!thread.ExceptionMatches(TypeId::kOverflowError)) return kFailed;
    thread.ClearException();
    number = -1 - size;
  }
  GILA_TRY(*place, PlaceInInput(thread, number.value(), size));
  return kOk;
}

class PieceEncoder {
 public:
  PieceEncoder(Thread& thread, const MultibyteCodec& codec, MultibyteState state)
      : state(state), thread_(thread), codec_(codec) {}

  // Appends the encoded text to `out`. Without `last` characters at the end may be left over that
  // depend on what follows; *taken says how many are done.
  Status Run(Str* text, const std::string& errors, bool last, int64_t* taken) GILA_ATTACHED {
    int64_t i = 0;
    while (i < text->length) {
      const bool has_second = i + 1 < text->length;
      const EncodeStep step = codec_.scheme->encode(codec_, state, text->At(i), has_second,
                                                    has_second ? text->At(i + 1) : 0, last, out);
      if (step == 0) break;
      if (step > 0) {
        i += step;
      } else {
        GILA_TRY_VOID(Fail(text, errors, i, i - step, &i));
      }
    }
    *taken = i;
    return kOk;
  }
  void Finish() { codec_.scheme->finish(state, out); }

  MultibyteState state;
  std::string out;

 private:
  Status Fail(Str* text, const std::string& errors, int64_t start, int64_t stop,
              int64_t* next) GILA_ATTACHED {
    const Handling handling = HandlingOf(errors);
    *next = stop;
    if (handling == Handling::kIgnore) return kOk;
    if (handling == Handling::kReplace) {
      if (codec_.scheme->encode(codec_, state, '?', false, 0, true, out) < 0) out.push_back('?');
      return kOk;
    }
    GILA_TRY(const Value error, NewUnicodeError(thread_, TypeId::kUnicodeEncodeError, codec_.name,
                                                text, start, stop, kIllegal));
    if (handling == Handling::kStrict) return thread_.RaiseObject(error);
    Value replacement;
    GILA_TRY_VOID(Ask(thread_, errors, error, "encoding error handler must return (str, int) tuple",
                      true, text->length, &replacement, next));
    if (IsBytes(replacement)) {
      out += replacement.As<Bytes>()->view();
      return kOk;
    }
    int64_t taken;
    return Run(replacement.As<Str>(), "strict", true, &taken);
  }

  Thread& thread_;
  const MultibyteCodec& codec_;
};

class PieceDecoder {
 public:
  PieceDecoder(Thread& thread, const MultibyteCodec& codec, MultibyteState state)
      : state(state), out(thread), thread_(thread), codec_(codec) {}

  // Appends the decoded bytes to `out`. Without `last` an incomplete character at the end is left
  // over; *taken says how many bytes are done.
  Status Run(const std::string& bytes, const std::string& errors, bool last,
             int64_t* taken) GILA_ATTACHED {
    const auto size = static_cast<int64_t>(bytes.size());
    int64_t i = 0;
    while (i < size) {
      const DecodeStep step =
          codec_.scheme->decode(codec_, state, reinterpret_cast<const uint8_t*>(bytes.data()) + i,
                                static_cast<size_t>(size - i));
      if (step.kind == DecodeStep::kTaken) {
        for (int k = 0; k < step.count; ++k) out.Append(step.chars[k]);
        i += step.bytes;
        continue;
      }
      const bool illegal = step.kind == DecodeStep::kIllegal;
      if (!illegal && !last) break;
      GILA_TRY_VOID(Fail(bytes, errors, i, illegal ? std::min(i + step.bytes, size) : size,
                         illegal ? kIllegal : kIncomplete, &i));
    }
    *taken = i;
    return kOk;
  }

  MultibyteState state;
  StrBuilder out;

 private:
  Status Fail(const std::string& bytes, const std::string& errors, int64_t start, int64_t stop,
              const char* reason, int64_t* next) GILA_ATTACHED {
    const Handling handling = HandlingOf(errors);
    *next = stop;
    if (handling == Handling::kReplace) out.Append(0xFFFD);
    if (handling == Handling::kIgnore || handling == Handling::kReplace) return kOk;
    if (object_.IsUnbound()) {
      GILA_TRY(object_, NewBytes(thread_, bytes));
    }
    GILA_TRY(const Value error, NewUnicodeError(thread_, TypeId::kUnicodeDecodeError, codec_.name,
                                                object_, start, stop, reason));
    if (handling == Handling::kStrict) return thread_.RaiseObject(error);
    Value replacement;
    GILA_TRY_VOID(Ask(thread_, errors, error, "decoding error handler must return (str, int) tuple",
                      false, static_cast<int64_t>(bytes.size()), &replacement, next));
    out.Append(replacement.As<Str>());
    return kOk;
  }

  Thread& thread_;
  const MultibyteCodec& codec_;
  Value object_ = kUnbound;  // the bytes as an object, once there was an error
};

// --- what Gila code calls ---

Result<std::string> ErrorsArgument(Thread& thread, Value v, const char* what) {
  if (v.IsUnbound() || v.IsNone()) return std::string("strict");
  GILA_TRY(Str* const text, ToStrArgument(thread, v, what));
  return ToUtf8(text);
}

MultibyteState StartState(const MultibyteCodec& codec, bool reads) {
  MultibyteState state;
  codec.scheme->start(state, reads);
  return state;
}

Result<Value> StateObject(Thread& thread, const MultibyteState& state) {
  return NewBytes(thread, {reinterpret_cast<const char*>(state.bytes), sizeof(state.bytes)});
}

Result<MultibyteState> StateArgument(Thread& thread, Value v) {
  GILA_TRY(const std::string bytes, CopyBuffer(thread, v));
  MultibyteState state;
  if (bytes.size() != sizeof(state.bytes)) return thread.RaiseValueError("a state has 8 bytes");
  memcpy(state.bytes, bytes.data(), sizeof(state.bytes));
  return state;
}

Result<Value> Encode(Thread& thread, Args args) {
  GILA_TRY(const std::string errors, ErrorsArgument(thread, args[2], "encode() argument 'errors'"));
  Value input = args[1];
  if (!IsStr(input)) {
    GILA_TRY(input, ToStr(thread, input));
  }
  PieceEncoder encoder(thread, CodecOf(args), StartState(CodecOf(args), false));
  int64_t taken;
  GILA_TRY_VOID(encoder.Run(input.As<Str>(), errors, true, &taken));
  encoder.Finish();
  GILA_TRY(const Value bytes, NewBytes(thread, encoder.out));
  const Value pair[] = {bytes, Value::SmallInt(input.As<Str>()->length)};
  return NewTuple(thread, pair);
}

Result<Value> Decode(Thread& thread, Args args) {
  GILA_TRY(const std::string errors, ErrorsArgument(thread, args[2], "decode() argument 'errors'"));
  GILA_TRY(const std::string bytes, CopyBuffer(thread, args[1]));
  PieceDecoder decoder(thread, CodecOf(args), StartState(CodecOf(args), true));
  int64_t taken;
  GILA_TRY_VOID(decoder.Run(bytes, errors, true, &taken));
  GILA_TRY(Str* const text, decoder.out.Finish());
  const Value pair[] = {text, Value::SmallInt(static_cast<int64_t>(bytes.size()))};
  return NewTuple(thread, pair);
}

// (self, text, errors, state, last, finish) -> (bytes, characters taken, state)
Result<Value> EncodePart(Thread& thread, Args args) {
  GILA_TRY(Str* const text, ToStrArgument(thread, args[1], "argument 1"));
  GILA_TRY(const std::string errors, ErrorsArgument(thread, args[2], "errors"));
  GILA_TRY(const MultibyteState state, StateArgument(thread, args[3]));
  GILA_TRY(const bool last, Truth(thread, args[4]));
  PieceEncoder encoder(thread, CodecOf(args), state);
  int64_t taken;
  GILA_TRY_VOID(encoder.Run(text, errors, last, &taken));
  if (last) encoder.Finish();
  GILA_TRY(const Value bytes, NewBytes(thread, encoder.out));
  GILA_TRY(const Value after, StateObject(thread, encoder.state));
  const Value items[] = {bytes, Value::SmallInt(taken), after};
  return NewTuple(thread, items);
}

// (self, bytes, errors, state, last) -> (text, bytes taken, state)
Result<Value> DecodePart(Thread& thread, Args args) {
  GILA_TRY(const std::string bytes, CopyBuffer(thread, args[1]));
  GILA_TRY(const std::string errors, ErrorsArgument(thread, args[2], "errors"));
  GILA_TRY(const MultibyteState state, StateArgument(thread, args[3]));
  GILA_TRY(const bool last, Truth(thread, args[4]));
  PieceDecoder decoder(thread, CodecOf(args), state);
  int64_t taken;
  GILA_TRY_VOID(decoder.Run(bytes, errors, last, &taken));
  GILA_TRY(Str* const text, decoder.out.Finish());
  GILA_TRY(const Value after, StateObject(thread, decoder.state));
  const Value items[] = {text, Value::SmallInt(taken), after};
  return NewTuple(thread, items);
}

Result<Value> Start(Thread& thread, Args args) {
  GILA_TRY(const bool reads, Truth(thread, args[1]));
  return StateObject(thread, StartState(CodecOf(args), reads));
}

Result<Value> GetName(Thread& thread, Value self) {
  return NewStr(thread, self.As<CodecObject>()->codec->name);
}

// The codec of that name; LookupError when there is none, or the C library lacks its tables.
Result<Value> GetCodec(Thread& thread, Args args) {
  if (!IsStr(args[0])) return thread.RaiseTypeError("encoding name must be a string.");
  const std::string name = ToUtf8(args[0]);
  const MultibyteCodec* const codec = FindMultibyteCodec(name);
  if (codec == nullptr || !LoadTables(*codec))
    return thread.Raise(TypeId::kLookupError, "no such codec is supported.");
  GILA_TRY(Object* const object, AllocateInstance(thread, codec_type));
  static_cast<CodecObject*>(object)->codec = codec;
  return object;
}

constexpr NativeDef kCodecMethods[] = {
    {"encode", Encode, "(self, input, errors=None)", "The bytes of a text, and its length."},
    {"decode", Decode, "(self, input, errors=None)", "The text of bytes, and their number."},
    {"_encode_part", EncodePart, "(self, text, errors, state, last, /)",
     "Encodes a piece: bytes, the characters taken, the state after it."},
    {"_decode_part", DecodePart, "(self, data, errors, state, last, /)",
     "Decodes a piece: text, the bytes taken, the state after it."},
    {"_start", Start, "(self, reads, /)", "The state at the beginning."},
    {nullptr, nullptr, nullptr, nullptr}};
constexpr GetSetDef kCodecFields[] = {{"_name", GetName, ReadonlyMember, "Its name."},
                                      {nullptr, nullptr, nullptr, nullptr}};
constexpr TypeSpec kCodecSpec = {.doc = "An encoding with several bytes a character.",
                                 .methods = kCodecMethods,
                                 .getsets = kCodecFields,
                                 .native_size = sizeof(CodecObject),
                                 .kind_info = &kCodecKind};

constexpr NativeDef kFunctions[] = {{"getcodec", GetCodec, "(name, /)", "The codec of that name."},
                                    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

Status InitMultibyteModule(Thread& thread, Module* module) {
  GILA_TRY(codec_type, AddType(thread, module, kCodecSpec, "_multibytecodec.MultibyteCodec",
                               RegisterKind(kCodecKind), sizeof(CodecObject), kPlain));
  heap::AddRoot(reinterpret_cast<Object**>(&codec_type));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila
