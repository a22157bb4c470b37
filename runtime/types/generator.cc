// generator.cc: the methods and attributes of generators and coroutines. How they run is in
// vm/generators.cc.
#include "runtime/types/generator.h"

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "runtime/call.h"
#include "runtime/protocols.h"
#include "runtime/types/code.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/frame.h"
#include "runtime/types/generator_internal.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {
namespace {

Generator* Self(Value self) { return self.As<Generator>(); }
GeneratorState StateOf(const Generator* generator) {
  return static_cast<GeneratorState>(generator->state.Load());
}

void TraceSavedRegisters(Object* object, Marker& marker) {
  const auto* saved = static_cast<ValueArray*>(object);
  for (int64_t i = 0; i < saved->length; ++i) {
    const Value v = saved->items[i].Load();
    if (v.IsPointer()) marker.Mark(heap::FindObject(v.word()));
  }
}
const uint8_t saved_registers_kind =
    RegisterKind({"saved registers", TraceSavedRegisters, nullptr});

void TraceGenerator(Object* object, Marker& marker) {
  const Generator* generator = static_cast<Generator*>(object);
  marker.Visit(generator->function);
  marker.Visit(generator->code);
  marker.Visit(generator->registers);
  for (const Slot* slot : {&generator->handled, &generator->frame, &generator->name,
                           &generator->qualname, &generator->origin_or_hooks})
    marker.Visit(*slot);
}

bool IsExceptionClass(Value v) {
  return IsKind(v, kKindType) && IsSubtype(v.As<Type>(), GetType(TypeId::kBaseException));
}

Result<Value> GeneratorNext(Thread& thread, Args args) {
  Value result;
  const SendResult outcome = GeneratorSend(thread, Self(args[0]), kNone, &result);
  return FinishSend(thread, outcome, result);
}
Result<Value> GeneratorSendMethod(Thread& thread, Args args) {
  Value result;
  const SendResult outcome = GeneratorSend(thread, Self(args[0]), args[1], &result);
  return FinishSend(thread, outcome, result);
}
Result<Value> GeneratorThrowMethod(Thread& thread, Args args) {
  GILA_TRY(const Value exception, ThrownException(thread, args[1], args[2], args[3]));
  Value result;
  const SendResult outcome = GeneratorThrow(thread, Self(args[0]), exception, &result);
  return FinishSend(thread, outcome, result);
}
Result<Value> GeneratorCloseMethod(Thread& thread, Args args) {
  GILA_TRY_VOID(GeneratorClose(thread, Self(args[0])));
  return kNone;
}

// A suspended generator's frame shows its variables as they are.
Result<Value> SuspendedFrame(Thread& thread, Generator* generator) {
  if (const Value known = generator->frame.Load(); !known.IsUnbound()) return known;
  GILA_TRY(Frame * frame,
           NewFrame(thread, generator->code.Load(), Value(generator->function->globals.Load()),
                    generator->resume_word.Load()));
  frame->builtins.Store(frame, Value(generator->function->builtins.Load()));
  frame->values.Store(frame, Value(generator));
  generator->frame.Store(generator, Value(frame));
  return Value(frame);
}

Status SetText(Thread& thread, Value self, Value value, Slot Generator::* slot, const char* what) {
  if (!IsStr(value)) return thread.RaiseTypeError("%s must be set to a string object", what);
  (Self(self)->*slot).Store(self.AsObject(), value);
  return kOk;
}

}  // namespace

extern const KindInfo kGeneratorKind;
const KindInfo kGeneratorKind = {"generator", TraceGenerator, nullptr};

Result<ValueArray*> NewSavedRegisters(Thread& thread, int64_t count) {
  GILA_TRY(ValueArray* const saved, NewValueArray(thread, count));
  saved->kind = saved_registers_kind;
  return saved;
}

Failed RaiseStopIteration(Thread& thread, Value value) {
  if (!value.IsNone()) return thread.RaiseWith(TypeId::kStopIteration, value);
  const Result<Value> made = NewException(thread, TypeId::kStopIteration, {});
  if (!made.ok()) return kFailed;
  return thread.RaiseObject(made.value());
}

Result<Value> FinishSend(Thread& thread, SendResult outcome, Value result) {
  switch (outcome) {
    case SendResult::kYielded:
      return result;
    case SendResult::kReturned:
      return RaiseStopIteration(thread, result);
    case SendResult::kFailed:
      break;
  }
  return kFailed;
}

namespace {

// An exception of the class; when it cannot be made, the one that says why: that is thrown then.
Value MadeException(Thread& thread, Value type, Value value) {
  const Result<Value> made = value.IsUnbound() || value.IsNone() ? Call(thread, type, {})
                             : IsTuple(value) ? CallWith(thread, type, value, kUnbound)
                                              : Call(thread, type, {value});
  if (made.ok() && IsException(made.value())) return made.value();
  if (made.ok()) {
    const std::string got(TypeNameOf(made.value()));
    const Result<Str*> wanted = Repr(thread, type);
    if (wanted.ok())
      thread.RaiseTypeError("calling %s should have returned an instance of BaseException, not %s",
                            ToUtf8(wanted.value()).c_str(), got.c_str());
  }
  return thread.TakeException();
}

}  // namespace

Result<Value> ThrownException(Thread& thread, Value type, Value value, Value traceback) {
  if (traceback.IsNone()) traceback = kUnbound;
  if (!traceback.IsUnbound() && !IsKind(traceback, kKindTraceback))
    return thread.RaiseTypeError("throw() third argument must be a traceback object");
  const bool no_value = value.IsUnbound() || value.IsNone();
  Value exception = type;
  if (IsExceptionClass(type)) {
    exception = !no_value && IsSubtype(TypeOf(value), type.As<Type>())
                    ? value
                    : MadeException(thread, type, value);
  } else if (!IsException(type)) {
    const std::string got(TypeNameOf(type));
    return thread.RaiseTypeError(
        "exceptions must be classes or instances deriving from BaseException, not %s", got.c_str());
  } else if (!no_value) {
    return thread.RaiseTypeError("instance exception may not have a separate value");
  }
  if (!traceback.IsUnbound()) {
    auto* const error = exception.As<Exception>();
    error->traceback.Store(error, traceback);
  }
  return exception;
}

Result<Value> ReturnSelf(Thread&, Args args) { return args[0]; }

Result<Value> GeneratorRepr(Thread& thread, Args args) {
  const Generator* generator = Self(args[0]);
  char address[32];
  snprintf(address, sizeof(address), "%p", static_cast<const void*>(generator));
  return NewStr(thread, "<" + std::string(TypeNameOf(args[0])) + " object " +
                            ToUtf8(generator->qualname.Load()) + " at " + address + ">");
}

void (*warn_unawaited_coroutine)(Thread& thread, Value coroutine) = nullptr;

// Nobody refers to it any more: what it has open is closed; a coroutine that never ran says so.
Result<Value> GeneratorDel(Thread& thread, Args args) {
  Generator* generator = Self(args[0]);
  if (StateOf(generator) == GeneratorState::kFinished) return kNone;
  if (generator->kind == kKindAsyncGenerator) {
    const Value hook = generator->origin_or_hooks.Load();
    if (!hook.IsUnbound() && !hook.IsNone() && generator->closed.Load() == 0)
      return Call(thread, hook, {args[0]});
  }
  if (generator->kind == kKindCoroutine && StateOf(generator) == GeneratorState::kCreated) {
    if (warn_unawaited_coroutine != nullptr) warn_unawaited_coroutine(thread, args[0]);
  }
  GILA_TRY_VOID(GeneratorClose(thread, generator));
  return kNone;
}

Result<Value> GetGeneratorFrame(Thread& thread, Value self) {
  Generator* const generator = Self(self);
  switch (StateOf(generator)) {
    case GeneratorState::kCreated:
    case GeneratorState::kSuspended:
      return SuspendedFrame(thread, generator);
    case GeneratorState::kRunning: {
      if (const Value known = generator->frame.Load(); !known.IsUnbound()) return known;
      for (int depth = 0;; ++depth) {
        Frame* frame = CurrentFrame(thread, depth);
        if (frame == nullptr) return kNone;
        if (frame->code.Load() == generator->code.Load()) return Value(frame);
      }
    }
    case GeneratorState::kFinished:
      break;
  }
  return kNone;
}
Result<Value> GetGeneratorRunning(Thread&, Value self) {
  return Value::Bool(StateOf(Self(self)) == GeneratorState::kRunning);
}
Result<Value> GetGeneratorSuspended(Thread&, Value self) {
  return Value::Bool(StateOf(Self(self)) == GeneratorState::kSuspended);
}
Result<Value> GetGeneratorCode(Thread&, Value self) { return Value(Self(self)->code.Load()); }
Result<Value> GetGeneratorDelegate(Thread&, Value self) {
  const Value delegate = GeneratorDelegate(Self(self));
  return delegate.IsUnbound() ? kNone : delegate;
}
Result<Value> GetGeneratorName(Thread&, Value self) { return Self(self)->name.Load(); }
Status SetGeneratorName(Thread& thread, Value self, Value value) {
  return SetText(thread, self, value, &Generator::name, "__name__");
}
Result<Value> GetGeneratorQualname(Thread&, Value self) { return Self(self)->qualname.Load(); }
Status SetGeneratorQualname(Thread& thread, Value self, Value value) {
  return SetText(thread, self, value, &Generator::qualname, "__qualname__");
}

namespace {

// --- coroutines ---

// What `await coroutine` from outside the interpreter drives: __await__ gives one.
struct CoroutineWrapper : Object {
  static constexpr Kind kKind = kKindCoroutineWrapper;
  PointerSlot<Generator> coroutine;
};
void TraceWrapper(Object* object, Marker& marker) {
  marker.Visit(static_cast<CoroutineWrapper*>(object)->coroutine);
}
constexpr KindInfo kWrapperKind = {"coroutine_wrapper", TraceWrapper, nullptr};

Result<Value> CoroutineAwait(Thread& thread, Args args) {
  GILA_TRY(CoroutineWrapper * wrapper,
           Allocate<CoroutineWrapper>(thread, TypeId::kCoroutineWrapper));
  wrapper->coroutine.Init(Self(args[0]));
  return Value(wrapper);
}
Generator* Wrapped(Args args) { return args[0].As<CoroutineWrapper>()->coroutine.Load(); }
Result<Value> WrapperNext(Thread& thread, Args args) {
  Value result;
  const SendResult outcome = GeneratorSend(thread, Wrapped(args), kNone, &result);
  return FinishSend(thread, outcome, result);
}
Result<Value> WrapperSend(Thread& thread, Args args) {
  Value result;
  const SendResult outcome = GeneratorSend(thread, Wrapped(args), args[1], &result);
  return FinishSend(thread, outcome, result);
}
Result<Value> WrapperThrow(Thread& thread, Args args) {
  GILA_TRY(const Value exception, ThrownException(thread, args[1], args[2], args[3]));
  Value result;
  const SendResult outcome = GeneratorThrow(thread, Wrapped(args), exception, &result);
  return FinishSend(thread, outcome, result);
}
Result<Value> WrapperClose(Thread& thread, Args args) {
  GILA_TRY_VOID(GeneratorClose(thread, Wrapped(args)));
  return kNone;
}
Result<Value> GetOrigin(Thread&, Value self) {
  const Value origin = Self(self)->origin_or_hooks.Load();
  return origin.IsUnbound() ? kNone : origin;
}

constexpr const char* kThrowSignature = "(self, typ, val=None, tb=None, /)";

constexpr NativeDef kGeneratorMethods[] = {
    {"__iter__", ReturnSelf, "(self, /)", nullptr},
    {"__next__", GeneratorNext, "(self, /)", nullptr},
    {"__del__", GeneratorDel, "(self, /)", nullptr},
    {"__repr__", GeneratorRepr, "(self, /)", nullptr},
    {"send", GeneratorSendMethod, "(self, arg, /)", nullptr},
    {"throw", GeneratorThrowMethod, kThrowSignature, nullptr},
    {"close", GeneratorCloseMethod, "(self, /)", nullptr},
    {}};
constexpr GetSetDef kGeneratorGetSets[] = {
    {"gi_frame", GetGeneratorFrame, nullptr, nullptr},
    {"gi_running", GetGeneratorRunning, nullptr, nullptr},
    {"gi_suspended", GetGeneratorSuspended, nullptr, nullptr},
    {"gi_code", GetGeneratorCode, nullptr, nullptr},
    {"gi_yieldfrom", GetGeneratorDelegate, nullptr, nullptr},
    {"__name__", GetGeneratorName, SetGeneratorName, nullptr},
    {"__qualname__", GetGeneratorQualname, SetGeneratorQualname, nullptr},
    {}};

constexpr NativeDef kCoroutineMethods[] = {
    {"__await__", CoroutineAwait, "(self, /)", nullptr},
    {"__del__", GeneratorDel, "(self, /)", nullptr},
    {"__repr__", GeneratorRepr, "(self, /)", nullptr},
    {"send", GeneratorSendMethod, "(self, arg, /)",
     "send(arg) -> send 'arg' into coroutine: what it yields next, or StopIteration."},
    {"throw", GeneratorThrowMethod, kThrowSignature,
     "throw(exception) -> raise it in coroutine: what it yields next, or StopIteration."},
    {"close", GeneratorCloseMethod, "(self, /)",
     "close() -> raise GeneratorExit inside coroutine."},
    {}};
constexpr GetSetDef kCoroutineGetSets[] = {
    {"cr_frame", GetGeneratorFrame, nullptr, nullptr},
    {"cr_running", GetGeneratorRunning, nullptr, nullptr},
    {"cr_suspended", GetGeneratorSuspended, nullptr, nullptr},
    {"cr_code", GetGeneratorCode, nullptr, nullptr},
    {"cr_await", GetGeneratorDelegate, nullptr, nullptr},
    {"cr_origin", GetOrigin, nullptr, nullptr},
    {"__name__", GetGeneratorName, SetGeneratorName, nullptr},
    {"__qualname__", GetGeneratorQualname, SetGeneratorQualname, nullptr},
    {}};

constexpr NativeDef kWrapperMethods[] = {{"__iter__", ReturnSelf, "(self, /)", nullptr},
                                         {"__next__", WrapperNext, "(self, /)", nullptr},
                                         {"send", WrapperSend, "(self, arg, /)", nullptr},
                                         {"throw", WrapperThrow, kThrowSignature, nullptr},
                                         {"close", WrapperClose, "(self, /)", nullptr},
                                         {}};

}  // namespace

constinit thread_local int64_t coroutine_origin_depth = 0;

Status RecordCoroutineOrigin(Thread& thread, Generator* coroutine) {
  struct Places {
    size_t most;
    std::vector<std::pair<Code*, uint32_t>> found;
  } places{static_cast<size_t>(coroutine_origin_depth), {}};
  VisitFrames(
      thread,
      [](void* context, Code* code, Dict*, uint32_t word, const Value*) {
        auto* const into = static_cast<Places*>(context);
        if (into->found.size() < into->most) into->found.emplace_back(code, word);
      },
      &places);
  GILA_TRY(Tuple* const origin, NewTuple(thread, static_cast<int64_t>(places.found.size())));
  for (size_t i = 0; i < places.found.size(); ++i) origin->items[i].Store(origin, kNone);
  for (size_t i = 0; i < places.found.size(); ++i) {
    const auto [code, word] = places.found[i];
    GILA_TRY(Tuple* const place,
             NewTuple(thread, {{code->filename.Load(), Value::SmallInt(LineAt(code, word)),
                                code->name.Load()}}));
    origin->items[i].Store(origin, place);
  }
  coroutine->origin_or_hooks.Store(coroutine, origin);
  return kOk;
}

extern const TypeSpec kGeneratorSpec, kCoroutineSpec, kCoroutineWrapperSpec;
const TypeSpec kGeneratorSpec = {.methods = kGeneratorMethods,
                                 .getsets = kGeneratorGetSets,
                                 .native_size = sizeof(Generator),
                                 .kind_info = &kGeneratorKind};
const TypeSpec kCoroutineSpec = {.methods = kCoroutineMethods,
                                 .getsets = kCoroutineGetSets,
                                 .native_size = sizeof(Generator),
                                 .kind_info = &kGeneratorKind};
const TypeSpec kCoroutineWrapperSpec = {.methods = kWrapperMethods,
                                        .native_size = sizeof(CoroutineWrapper),
                                        .kind_info = &kWrapperKind};

}  // namespace gila
