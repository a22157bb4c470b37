// async_generator.cc: async generators, and the awaitables that step them: __anext__(), asend(),
// athrow(), aclose().
//
// An async generator runs like any generator, with one difference in what comes out: an item for
// its consumer is wrapped (AsyncGenWrap), anything else is what an `await` inside hands to the
// event loop. A step drives the generator until an item comes, and returns it as the result of the
// await.
#include <string>

#include "runtime/call.h"
#include "runtime/protocols.h"
#include "runtime/types/exception.h"
#include "runtime/types/generator.h"
#include "runtime/types/generator_internal.h"
#include "runtime/types/generic_alias.h"

namespace gila {
namespace {

enum class StepState : uint8_t { kInitial, kIterating, kClosed };
enum class StepKind : uint8_t { kSend, kThrow, kClose };

// Types async_generator_asend and async_generator_athrow.
struct AsyncStepObject : Object {
  PointerSlot<Generator> generator;
  Slot argument;  // what is sent, or the exception that is thrown
  StepKind step;
  Atomic<uint8_t> state;
};

void TraceStep(Object* object, Marker& marker) {
  const auto* step = static_cast<AsyncStepObject*>(object);
  marker.Visit(step->generator);
  marker.Visit(step->argument);
}
void TraceWrapped(Object* object, Marker& marker) {
  marker.Visit(static_cast<AsyncGenWrapped*>(object)->value);
}
constexpr KindInfo kStepKind = {"async_generator_asend", TraceStep, nullptr};
constexpr KindInfo kWrappedKind = {"async_generator_wrapped_value", TraceWrapped, nullptr};

AsyncStepObject* Self(Value v) { return static_cast<AsyncStepObject*>(v.AsObject()); }
StepState StateOf(const AsyncStepObject* step) {
  return static_cast<StepState>(step->state.Load());
}
void SetState(AsyncStepObject* step, StepState state) {
  step->state.Store(static_cast<uint8_t>(state));
}
bool IsFinished(const Generator* generator) {
  return generator->state.Load() == static_cast<uint8_t>(GeneratorState::kFinished);
}

// One that was asked for its first step tells the event loop's hook.
Status CallHooks(Thread& thread, Generator* generator) {
  if (generator->hooks_done.Exchange(1) != 0) return kOk;
  generator->origin_or_hooks.Store(generator, thread.async_gen_hooks[1]);
  const Value first = thread.async_gen_hooks[0];
  if (first.IsUnbound() || first.IsNone()) return kOk;
  GILA_TRY_VOID(Call(thread, first, {Value(generator)}));
  return kOk;
}

Result<Value> NewStep(Thread& thread, Generator* generator, StepKind kind, Value argument) {
  GILA_TRY_VOID(CallHooks(thread, generator));
  const bool is_send = kind == StepKind::kSend;
  Object* object = heap::Allocate(
      thread, sizeof(AsyncStepObject), is_send ? kKindAsyncGenSend : kKindAsyncGenThrow,
      ShapeIdOf(is_send ? TypeId::kAsyncGenSend : TypeId::kAsyncGenThrow));
  if (object == nullptr) return kFailed;
  auto* step = static_cast<AsyncStepObject*>(object);
  step->generator.Init(generator);
  step->argument.Init(argument);
  step->step = kind;
  return Value(object);
}

// An exception that ends the generator for its consumer.
bool EndsIteration(Thread& thread) {
  return thread.ExceptionMatches(TypeId::kStopAsyncIteration) ||
         thread.ExceptionMatches(TypeId::kGeneratorExit);
}

// Sorts out what one run of the generator gave: an item (kReturned), something for the event loop
// (kYielded), or an end.
SendResult Unwrap(Thread& thread, Generator* generator, SendResult outcome, Value* result) {
  if (outcome == SendResult::kYielded) {
    const AsyncGenWrapped* wrapped = CastOrNull<AsyncGenWrapped>(*result);
    if (wrapped == nullptr) return SendResult::kYielded;
    generator->async_running.Store(0);
    *result = wrapped->value.Load();
    return SendResult::kReturned;
  }
  if (outcome == SendResult::kReturned) {
    const Result<Value> stop = NewException(thread, TypeId::kStopAsyncIteration, {});
    if (stop.ok()) thread.RaiseObject(stop.value());
  }
  if (EndsIteration(thread)) generator->closed.Store(1);
  generator->async_running.Store(0);
  return SendResult::kFailed;
}

// aclose(): an item is an error, an end is the result None.
SendResult UnwrapClose(Thread& thread, AsyncStepObject* step, SendResult outcome, Value* result) {
  Generator* generator = step->generator.Load();
  if (outcome == SendResult::kYielded) {
    if (!IsKind(*result, kKindAsyncGenWrapped)) return SendResult::kYielded;
    generator->async_running.Store(0);
    SetState(step, StepState::kClosed);
    thread.Raise(TypeId::kRuntimeError, "async generator ignored GeneratorExit");
    return SendResult::kFailed;
  }
  generator->async_running.Store(0);
  SetState(step, StepState::kClosed);
  if (outcome == SendResult::kFailed) {
    if (!EndsIteration(thread)) return SendResult::kFailed;
    thread.ClearException();
  }
  *result = kNone;
  return SendResult::kReturned;
}

SendResult Settle(Thread& thread, AsyncStepObject* step, SendResult outcome, Value* result) {
  if (step->step == StepKind::kClose) return UnwrapClose(thread, step, outcome, result);
  const SendResult settled = Unwrap(thread, step->generator.Load(), outcome, result);
  if (settled != SendResult::kYielded) SetState(step, StepState::kClosed);
  return settled;
}

const char* NameOfStep(const AsyncStepObject* step) {
  return step->step == StepKind::kSend    ? "anext"
         : step->step == StepKind::kClose ? "aclose"
                                          : "athrow";
}

SendResult FailReused(Thread& thread, const AsyncStepObject* step) {
  thread.RaiseFormat(TypeId::kRuntimeError, "cannot reuse already awaited %s",
                     step->step == StepKind::kSend ? "__anext__()/asend()" : "aclose()/athrow()");
  return SendResult::kFailed;
}

// The first step: claims the generator. False with the exception raised.
bool Begin(Thread& thread, AsyncStepObject* step) {
  Generator* generator = step->generator.Load();
  uint8_t idle = 0;
  if (!generator->async_running.CompareExchange(idle, 1)) {
    SetState(step, StepState::kClosed);
    thread.RaiseFormat(TypeId::kRuntimeError, "%s(): asynchronous generator is already running",
                       NameOfStep(step));
    return false;
  }
  SetState(step, StepState::kIterating);
  return true;
}

SendResult FirstThrow(Thread& thread, AsyncStepObject* step, Value value, Value* result) {
  Generator* generator = step->generator.Load();
  if (generator->async_running.Load() == 0 && generator->closed.Load() != 0) {
    SetState(step, StepState::kClosed);
    const Result<Value> stop = NewException(thread, TypeId::kStopAsyncIteration, {});
    if (stop.ok()) thread.RaiseObject(stop.value());
    return SendResult::kFailed;
  }
  if (!value.IsNone()) {
    thread.Raise(TypeId::kRuntimeError, "can't send non-None value to a just-started coroutine");
    return SendResult::kFailed;
  }
  if (!Begin(thread, step)) return SendResult::kFailed;
  Result<Value> exception = step->argument.Load();
  if (step->step == StepKind::kClose) {
    generator->closed.Store(1);
    exception = NewException(thread, TypeId::kGeneratorExit, {});
    if (!exception.ok()) return SendResult::kFailed;
  }
  const SendResult outcome = GeneratorThrow(thread, generator, exception.value(), result);
  return Settle(thread, step, outcome, result);
}

// The iterator protocol of a step.
Result<Value> StepNext(Thread& thread, Args args) {
  Value result;
  const SendResult outcome = AsyncStep(thread, args[0], kNone, &result);
  return FinishSend(thread, outcome, result);
}
Result<Value> StepSend(Thread& thread, Args args) {
  Value result;
  const SendResult outcome = AsyncStep(thread, args[0], args[1], &result);
  return FinishSend(thread, outcome, result);
}
Result<Value> StepThrow(Thread& thread, Args args) {
  AsyncStepObject* step = Self(args[0]);
  GILA_TRY(const Value exception, ThrownException(thread, args[1], args[2], args[3]));
  Value result;
  if (StateOf(step) == StepState::kClosed)
    return FinishSend(thread, FailReused(thread, step), result);
  SendResult outcome = GeneratorThrow(thread, step->generator.Load(), exception, &result);
  outcome = Settle(thread, step, outcome, &result);
  return FinishSend(thread, outcome, result);
}
Result<Value> StepClose(Thread&, Args args) {
  SetState(Self(args[0]), StepState::kClosed);
  return kNone;
}

Generator* GeneratorArgument(Args args) { return args[0].As<Generator>(); }
Result<Value> AsyncNext(Thread& thread, Args args) {
  return NewStep(thread, GeneratorArgument(args), StepKind::kSend, kNone);
}
Result<Value> AsyncSend(Thread& thread, Args args) {
  return NewStep(thread, GeneratorArgument(args), StepKind::kSend, args[1]);
}
Result<Value> AsyncThrow(Thread& thread, Args args) {
  GILA_TRY(const Value exception, ThrownException(thread, args[1], args[2], args[3]));
  return NewStep(thread, GeneratorArgument(args), StepKind::kThrow, exception);
}
Result<Value> AsyncClose(Thread& thread, Args args) {
  return NewStep(thread, GeneratorArgument(args), StepKind::kClose, kNone);
}
Result<Value> GetAsyncRunning(Thread&, Value self) {
  return Value::Bool(self.As<Generator>()->async_running.Load() != 0);
}

constexpr const char* kThrowSignature = "(self, typ, val=None, tb=None, /)";

constexpr NativeDef kAsyncGeneratorMethods[] = {
    {"__class_getitem__", ClassGetItem, "@classmethod(cls, item, /)", "See PEP 585"},
    {"__aiter__", ReturnSelf, "(self, /)", nullptr},
    {"__anext__", AsyncNext, "(self, /)", nullptr},
    {"__del__", GeneratorDel, "(self, /)", nullptr},
    {"__repr__", GeneratorRepr, "(self, /)", nullptr},
    {"asend", AsyncSend, "(self, value, /)", nullptr},
    {"athrow", AsyncThrow, kThrowSignature, nullptr},
    {"aclose", AsyncClose, "(self, /)", nullptr},
    {}};
constexpr GetSetDef kAsyncGeneratorGetSets[] = {
    {"ag_frame", GetGeneratorFrame, nullptr, nullptr},
    {"ag_running", GetAsyncRunning, nullptr, nullptr},
    {"ag_code", GetGeneratorCode, nullptr, nullptr},
    {"ag_await", GetGeneratorDelegate, nullptr, nullptr},
    {"__name__", GetGeneratorName, SetGeneratorName, nullptr},
    {"__qualname__", GetGeneratorQualname, SetGeneratorQualname, nullptr},
    {}};
constexpr NativeDef kStepMethods[] = {{"__await__", ReturnSelf, "(self, /)", nullptr},
                                      {"__iter__", ReturnSelf, "(self, /)", nullptr},
                                      {"__next__", StepNext, "(self, /)", nullptr},
                                      {"send", StepSend, "(self, arg, /)", nullptr},
                                      {"throw", StepThrow, kThrowSignature, nullptr},
                                      {"close", StepClose, "(self, /)", nullptr},
                                      {}};

}  // namespace

SendResult AsyncStep(Thread& thread, Value awaitable, Value value, Value* result) {
  AsyncStepObject* step = Self(awaitable);
  Generator* generator = step->generator.Load();
  if (StateOf(step) == StepState::kClosed) return FailReused(thread, step);
  if (step->step != StepKind::kSend && IsFinished(generator)) {
    SetState(step, StepState::kClosed);
    *result = kNone;
    return SendResult::kReturned;
  }
  if (StateOf(step) == StepState::kInitial) {
    if (step->step != StepKind::kSend) return FirstThrow(thread, step, value, result);
    if (!Begin(thread, step)) return SendResult::kFailed;
    if (value.IsNone()) value = step->argument.Load();
  }
  const SendResult outcome = GeneratorSend(thread, generator, value, result);
  return Settle(thread, step, outcome, result);
}

extern const TypeSpec kAsyncGeneratorSpec, kAsyncGenSendSpec, kAsyncGenThrowSpec,
    kAsyncGenWrappedSpec;
const TypeSpec kAsyncGeneratorSpec = {.methods = kAsyncGeneratorMethods,
                                      .getsets = kAsyncGeneratorGetSets,
                                      .native_size = sizeof(Generator),
                                      .kind_info = &kGeneratorKind};
const TypeSpec kAsyncGenSendSpec = {
    .methods = kStepMethods, .native_size = sizeof(AsyncStepObject), .kind_info = &kStepKind};
const TypeSpec kAsyncGenThrowSpec = {
    .methods = kStepMethods, .native_size = sizeof(AsyncStepObject), .kind_info = &kStepKind};
const TypeSpec kAsyncGenWrappedSpec = {.native_size = sizeof(AsyncGenWrapped),
                                       .kind_info = &kWrappedKind};

}  // namespace gila
