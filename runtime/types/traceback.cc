// traceback.cc: traceback objects. An entry is kept as code, instruction and the values of the
// variables; the frame object is made when it is asked for (vm/frame_objects.cc).
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/types/code.h"
#include "runtime/types/exception.h"
#include "runtime/types/frame.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {
namespace {

void TraceTraceback(Object* object, Marker& marker) {
  auto* entry = static_cast<Traceback*>(object);
  marker.Visit(entry->next);
  marker.Visit(entry->code);
  marker.Visit(entry->function);
  marker.Visit(entry->frame);
  for (uint32_t i = 0; i < entry->count; ++i) marker.Visit(entry->values[i]);
}
const KindInfo kTracebackKind = {"traceback", TraceTraceback, nullptr};

Result<Value> GetFrame(Thread& thread, Value self) {
  GILA_TRY(Frame * frame, TracebackFrame(thread, self.As<Traceback>()));
  return frame;
}

Result<Value> GetNext(Thread&, Value self) {
  Traceback* next = self.As<Traceback>()->next.Load();
  return next == nullptr ? kNone : Value(next);
}

Status SetNext(Thread& thread, Value self, Value value) {
  auto* entry = self.As<Traceback>();
  if (value.IsUnbound()) return thread.RaiseTypeError("can't delete tb_next attribute");
  if (!value.IsNone() && !IsKind(value, kKindTraceback)) {
    const std::string name(TypeNameOf(value));
    return thread.RaiseTypeError("expected traceback object or None, got '%s'", name.c_str());
  }
  Traceback* next = value.IsNone() ? nullptr : value.As<Traceback>();
  for (Traceback* link = next; link != nullptr; link = link->next.Load()) {
    if (link == entry) return thread.RaiseValueError("traceback loop detected");
  }
  entry->next.Store(entry, next);
  return kOk;
}

Result<Value> GetLine(Thread&, Value self) {
  auto* entry = self.As<Traceback>();
  if (entry->line != 0) return Value::SmallInt(entry->line);
  return Value::SmallInt(LineAt(entry->code.Load(), entry->word));
}

Result<Value> GetLasti(Thread&, Value self) {
  return Value::SmallInt(self.As<Traceback>()->word * 2);
}

// traceback(tb_next, tb_frame, tb_lasti, tb_lineno)
Result<Value> TracebackNew(Thread& thread, Args args) {
  if (!args[1].IsNone() && !IsKind(args[1], kKindTraceback)) {
    const std::string name(TypeNameOf(args[1]));
    return thread.RaiseTypeError("expected traceback object or None, got '%s'", name.c_str());
  }
  if (!IsKind(args[2], kKindFrame)) {
    const std::string name(TypeNameOf(args[2]));
    return thread.RaiseTypeError("TracebackType() argument 'tb_frame' must be frame, not %s",
                                 name.c_str());
  }
  GILA_TRY(const int64_t lasti, ToInt64(thread, args[3]));
  GILA_TRY(const int64_t line, ToInt64(thread, args[4]));
  GILA_TRY(Traceback * entry, Allocate<Traceback>(thread, TypeId::kTraceback));
  entry->next.Init(args[1].IsNone() ? nullptr : args[1].As<Traceback>());
  entry->code.Init(args[2].As<Frame>()->code.Load());
  entry->function.Init(nullptr);
  entry->frame.Init(args[2]);
  entry->registers = entry->caller = nullptr;
  entry->activation = entry->count = 0;
  entry->word = static_cast<uint32_t>(lasti / 2);
  entry->line = static_cast<int32_t>(line);
  return entry;
}

Result<Value> TracebackDir(Thread& thread, Args) {
  Value names[] = {Intern(thread, "tb_frame"), Intern(thread, "tb_next"),
                   Intern(thread, "tb_lasti"), Intern(thread, "tb_lineno")};
  return NewList(thread, names);
}

const NativeDef kMethods[] = {{"__dir__", TracebackDir, "(self, /)", nullptr},
                              {nullptr, nullptr, nullptr, nullptr}};
const GetSetDef kFields[] = {{"tb_frame", GetFrame, nullptr, nullptr},
                             {"tb_next", GetNext, SetNext, nullptr},
                             {"tb_lineno", GetLine, nullptr, nullptr},
                             {"tb_lasti", GetLasti, nullptr, nullptr},
                             {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

Dict* GlobalsOf(const Traceback* entry) {
  if (const Function* function = entry->function.Load(); function != nullptr)
    return function->globals.Load();
  const Frame* frame = CastOrNull<Frame>(entry->frame.Load());
  return frame == nullptr ? nullptr : CastOrNull<Dict>(frame->globals.Load());
}

extern const TypeSpec kTracebackSpec;
const TypeSpec kTracebackSpec = {
    .doc = "Create a new traceback object.",
    .new_function = TracebackNew,
    .new_signature = "(cls, tb_next, tb_frame, tb_lasti, tb_lineno)",
    .methods = kMethods,
    .getsets = kFields,
    .native_size = sizeof(Traceback),
    .kind_info = &kTracebackKind,
};

}  // namespace gila
