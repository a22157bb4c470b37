// frame.cc: the attributes of frame objects.
#include "runtime/types/frame.h"

#include "runtime/native.h"
#include "runtime/types/code.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/generator.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace gila {
namespace {

void TraceFrame(Object* object, Marker& marker) {
  const Frame* frame = static_cast<Frame*>(object);
  marker.Visit(frame->code);
  marker.Visit(frame->globals);
  marker.Visit(frame->builtins);
  marker.Visit(frame->locals);
  marker.Visit(frame->values);
  marker.Visit(frame->trace);
  marker.Visit(frame->back);
  marker.Visit(frame->next);
}
constexpr KindInfo kFrameKind = {"frame", TraceFrame, nullptr};

bool IsAnyGenerator(Value v) {
  return IsKind(v, kKindGenerator) || IsKind(v, kKindCoroutine) || IsKind(v, kKindAsyncGenerator);
}

Frame* Self(Value self) { return self.As<Frame>(); }

Result<Value> GetBack(Thread& thread, Value self) { return FrameBack(thread, Self(self)); }
Result<Value> GetCode(Thread&, Value self) { return Value(Self(self)->code.Load()); }
Result<Value> GetGlobals(Thread&, Value self) { return Self(self)->globals.Load(); }
Result<Value> GetBuiltins(Thread&, Value self) {
  const Value builtins = Self(self)->builtins.Load();
  return builtins.IsUnbound() ? kNone : builtins;
}
Result<Value> GetLocals(Thread& thread, Value self) { return FrameLocals(thread, Self(self)); }
Result<Value> GetLine(Thread& thread, Value self) {
  // A generator that has not begun stands at its definition.
  if (const Value owner = Self(self)->values.Load();
      IsAnyGenerator(owner) &&
      owner.As<Generator>()->state.Load() == static_cast<uint8_t>(GeneratorState::kCreated))
    return Value::SmallInt(Self(self)->code->data->first_line);
  return Value::SmallInt(LineAt(Self(self)->code.Load(), FrameWord(thread, Self(self))));
}
Status SetLine(Thread& thread, Value self, Value value) {
  return SetFrameLine(thread, Self(self), value);
}
Result<Value> GetLastInstruction(Thread& thread, Value self) {
  return Value::SmallInt(int64_t{FrameWord(thread, Self(self))} * 2);
}
Result<Value> GetTrace(Thread&, Value self) {
  const Value trace = Self(self)->trace.Load();
  return trace.IsUnbound() ? kNone : trace;
}
Status SetFlag(Thread& thread, Atomic<uint8_t>& flag, Value value) {
  if (value != kTrue && value != kFalse)
    return thread.RaiseTypeError("attribute value type must be bool");
  flag.Store(value == kTrue ? 1 : 0);
  return kOk;
}
Status SetTrace(Thread& thread, Value self, Value value) {
  // Deleted, it is None. A frame that runs is told about the next line, not the rest of this one.
  Self(self)->trace.Store(self.AsObject(), value.IsUnbound() ? kNone : value);
  Self(self)->last_word.Store(static_cast<int32_t>(FrameWord(thread, Self(self))));
  return kOk;
}
Result<Value> GetTraceLines(Thread&, Value self) {
  return Value::Bool(Self(self)->trace_lines.Load() != 0);
}
Status SetTraceLines(Thread& thread, Value self, Value value) {
  return SetFlag(thread, Self(self)->trace_lines, value);
}
Result<Value> GetTraceOpcodes(Thread&, Value self) {
  return Value::Bool(Self(self)->trace_opcodes.Load() != 0);
}
Status SetTraceOpcodes(Thread& thread, Value self, Value value) {
  return SetFlag(thread, Self(self)->trace_opcodes, value);
}

Result<Value> FrameClear(Thread& thread, Args args) {
  Frame* frame = args[0].As<Frame>();
  if (frame->registers.Load() != nullptr)
    return thread.RaiseFormat(TypeId::kRuntimeError, "cannot clear an executing frame");
  // Of a suspended one it is the generator that ends.
  if (const Value owner = frame->values.Load(); IsKind(owner, kKindGenerator) ||
                                                IsKind(owner, kKindCoroutine) ||
                                                IsKind(owner, kKindAsyncGenerator))
    GILA_TRY_VOID(GeneratorClose(thread, owner.As<Generator>()));
  if (Traceback* source = CastOrNull<Traceback>(frame->values.Load()); source != nullptr) {
    for (uint32_t i = 0; i < source->count; ++i) source->values[i].Store(source, kUnbound);
  }
  frame->locals.Store(frame, kUnbound);
  return kNone;
}
Result<Value> FrameRepr(Thread& thread, Args args) {
  Frame* frame = args[0].As<Frame>();
  const Code* code = frame->code.Load();
  char text[64];
  snprintf(text, sizeof(text), "<frame at %p, file '", static_cast<void*>(frame));
  return NewStr(thread, text + ToUtf8(code->filename.Load()) + "', line " +
                            std::to_string(LineAt(code, FrameWord(thread, frame))) + ", code " +
                            ToUtf8(code->name.Load()) + ">");
}

constexpr NativeDef kFrameMethods[] = {
    {"clear", FrameClear, "(self, /)", nullptr}, {"__repr__", FrameRepr, "(self, /)", nullptr}, {}};
constexpr GetSetDef kFrameGetSets[] = {
    {"f_back", GetBack, nullptr, nullptr},
    {"f_code", GetCode, nullptr, nullptr},
    {"f_globals", GetGlobals, nullptr, nullptr},
    {"f_builtins", GetBuiltins, nullptr, nullptr},
    {"f_locals", GetLocals, nullptr, nullptr},
    {"f_lineno", GetLine, SetLine, nullptr},
    {"f_lasti", GetLastInstruction, nullptr, nullptr},
    {"f_trace", GetTrace, SetTrace, nullptr},
    {"f_trace_lines", GetTraceLines, SetTraceLines, nullptr},
    {"f_trace_opcodes", GetTraceOpcodes, SetTraceOpcodes, nullptr},
    {}};

}  // namespace

Result<Frame*> NewFrame(Thread& thread, Code* code, Value globals, uint32_t word) {
  GILA_TRY(Frame * frame, Allocate<Frame>(thread, TypeId::kFrame));
  frame->code.Init(code);
  frame->globals.Init(globals);
  frame->builtins.Init(kUnbound);
  frame->locals.Init(kUnbound);
  frame->values.Init(kUnbound);
  frame->trace.Init(kUnbound);
  frame->word.Store(word);
  frame->last_word.Store(static_cast<int32_t>(word));
  frame->trace_lines.Store(1);
  return frame;
}

extern const TypeSpec kFrameSpec;
const TypeSpec kFrameSpec = {.methods = kFrameMethods,
                             .getsets = kFrameGetSets,
                             .native_size = sizeof(Frame),
                             .kind_info = &kFrameKind};

}  // namespace gila
