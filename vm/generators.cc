// generators.cc: how a generator's frame comes and goes.
//
// A suspended generator keeps its registers in a ValueArray. To resume it they are copied above the
// running frame, and it is a frame like any other, whose link says who waits: a ForNext or Send of
// Gila code, or native code. A Yield copies them back. kRunning is claimed by one compare-and-swap,
// so two threads never run one generator.
//
// sys.exc_info: while it runs, Generator::handled keeps what its caller was handling; while it is
// suspended, what it was handling itself. Generator::handling tells whether it is handling
// anything, for that may be the very exception that its caller handles.
#include "vm/generators.h"

#include <string>
#include <vector>

#include "bytecode/code_data.h"
#include "runtime/native_stack.h"
#include "runtime/protocols.h"
#include "runtime/threads/only_thread.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/generator_internal.h"
#include "runtime/types/sequence.h"
#include "vm/calls.h"
#include "vm/opcode_tables.h"
#include "vm/slow.h"
#include "vm/tracing.h"

namespace gila::vm {
namespace {

const char* KindName(uint8_t kind) {
  return kind == kKindCoroutine        ? "coroutine"
         : kind == kKindAsyncGenerator ? "async generator"
                                       : "generator";
}

void SwapHandledIn(Thread& thread, Generator* generator) {
  const Value own = generator->handled.Load();
  generator->handled.Store(generator, thread.handled);
  if (!own.IsUnbound()) thread.handled = own;
}
void SwapHandledOut(Thread& thread, Generator* generator) {
  const Value caller = generator->handled.Load();
  generator->handled.Store(generator, generator->handling.Load() != 0 ? thread.handled : kUnbound);
  thread.handled = caller;
}

// How many registers are alive at a Yield.
int64_t LiveAt(const ValueArray* saved, Instruction yield) {
  const int64_t live = yield.c() >> 1;
  return live != 0 ? live : saved->length;
}

void CopyIn(const ValueArray* saved, Value* registers, int64_t count) {
  for (int64_t i = 0; i < count; ++i) registers[i] = saved->items[i].Load();
}
void CopyOut(ValueArray* saved, const Value* registers, int64_t count) {
  if ((saved->gc.LoadRelaxed() & kGcOld) != 0) {
    for (int64_t i = 0; i < count; ++i) saved->items[i].Store(saved, registers[i]);
  } else {
    for (int64_t i = 0; i < count; ++i) saved->items[i].Init(registers[i]);
  }
}

// From suspended or created to running; false when another resumption came first.
bool Claim(Generator* generator, uint8_t now) {
  constexpr auto kNowRunning = static_cast<uint8_t>(GeneratorState::kRunning);
  if (LocksMatter()) return generator->state.CompareExchange(now, kNowRunning);
  generator->state.Store(kNowRunning);
  return true;
}

// What CopyIn needs: all parameters and locals at the beginning, later what the Yield says.
int64_t LiveIn(const Generator* generator, const ValueArray* saved, GeneratorState state) {
  if (state == GeneratorState::kCreated) return generator->code->local_count;
  return LiveAt(saved,
                Instruction(LoadWord(generator->code->words + generator->resume_word.Load())));
}

// Marks the generator running and puts its frame at the top of the stack. Null when that fails; see
// ResumeGenerator. One that would be too deep is finished by that.
Value* PushGenerator(Thread& thread, Generator* generator, const uint64_t* return_pc, Value* caller,
                     uint64_t flags, GeneratorState* state) {
  const uint8_t now = generator->state.Load();
  *state = static_cast<GeneratorState>(now);
  if (*state == GeneratorState::kFinished) return nullptr;
  Code* code = generator->code.Load();
  Value* registers = thread.stack_top + kFrameHeader + 1;
  if (*state == GeneratorState::kRunning || !Claim(generator, now)) {
    thread.RaiseValueError("%s already executing", KindName(generator->kind));
    *state = GeneratorState::kRunning;
    return nullptr;
  }
  if (GILA_UNLIKELY(registers + code->register_count >= thread.stack_limit ||
                    thread.depth >= thread.depth_limit)) {
    SwapHandledIn(thread, generator);
    FinishGenerator(thread, generator);
    thread.RaiseRecursionError("");
    *state = GeneratorState::kRunning;
    return nullptr;
  }
  const ValueArray* saved = generator->registers.Load();
  CopyIn(saved, registers, LiveIn(generator, saved, *state));
  registers[kFrameOwner] = Value(generator);
  registers[kFrameCallable] = Value(generator->function.Load());
  LinkFrame(registers, flags | kFrameGenerator, return_pc, caller, code);
  if (const Value frame = generator->frame.Load(); GILA_UNLIKELY(!frame.IsUnbound()))
    WatchAgain(thread, registers, frame.As<Frame>());
  SwapHandledIn(thread, generator);
  ++thread.depth;
  return registers;
}

}  // namespace

namespace {

// A new object for generator code, without registers.
Result<Generator*> AllocateGenerator(Thread& thread, Function* function, Code* code) {
  const TypeId type = (code->code_flags & kCodeCoroutine) != 0        ? TypeId::kCoroutine
                      : (code->code_flags & kCodeAsyncGenerator) != 0 ? TypeId::kAsyncGenerator
                                                                      : TypeId::kGenerator;
  const uint8_t kind = type == TypeId::kCoroutine        ? kKindCoroutine
                       : type == TypeId::kAsyncGenerator ? kKindAsyncGenerator
                                                         : kKindGenerator;
  auto* generator =
      static_cast<Generator*>(heap::Allocate(thread, sizeof(Generator), kind, ShapeIdOf(type)));
  if (generator == nullptr) return kFailed;
  generator->function.Init(function);
  generator->code.Init(code);
  generator->registers.Init(nullptr);
  generator->handled.Init(kUnbound);
  generator->handling.Store(0);
  generator->frame.Init(kUnbound);
  generator->name.Init(function->name.Load());
  generator->qualname.Init(function->qualname.Load());
  generator->origin_or_hooks.Init(kUnbound);
  return generator;
}

// Must it be closed when nobody wants it any more? It has a try, or must have been awaited.
bool NeedsClosing(const Generator* generator) {
  return generator->kind != kKindGenerator || !generator->code->data->exceptions.empty();
}

// An object with `saved` for the registers of its frame.
Result<Generator*> NewGenerator(Thread& thread, Function* function, Code* code, ValueArray* saved) {
  GILA_TRY(Generator* const generator, AllocateGenerator(thread, function, code));
  generator->registers.Init(saved);
  if (NeedsClosing(generator)) heap::RegisterFinalizer(thread, generator);
  return generator;
}

// The frame of a call that was awaited at once suspends for the first time: makes its coroutine,
// running, and the frame one that a Send has resumed.
Status MakeCoroutineOf(Thread& thread, Value* registers) {
  Code* const code = CodeOf(registers);
  GILA_TRY(ValueArray* const saved, NewSavedRegisters(thread, code->register_count));
  GILA_TRY(Generator* const generator, NewGenerator(thread, FunctionOf(registers), code, saved));
  const uint64_t link = LinkOf(registers);
  if (GILA_UNLIKELY(coroutine_origin_depth != 0)) {
    const uint64_t* const pc = thread.pc;
    Publish(thread, LinkPc(link) - kCallToSendAgain, CallerOf(registers), thread.stack_top);
    const Status recorded = RecordCoroutineOrigin(thread, generator);
    Publish(thread, pc, registers, thread.stack_top);
    if (!recorded.ok()) return kFailed;
  }
  const bool handling = (link & kFrameHandling) != 0;
  generator->handled.Store(generator, handling ? registers[kFrameOwner] : thread.handled);
  generator->handling.Store(handling ? 1 : 0);
  generator->state.Store(static_cast<uint8_t>(GeneratorState::kRunning));
  const uint64_t* const send = LinkPc(link) - WordsOf(kOpYield) - WordsOf(kOpSend);
  registers[kFrameOwner] = Value(generator);
  registers[kFrameLink] = Value(reinterpret_cast<uint64_t>(send) | kFrameGenerator |
                                (link & kFrameFlagMask & ~uint64_t{kFrameHandling}));
  return kOk;
}

}  // namespace

Result<Value> MakeGenerator(Thread& thread, Function* function, Code* code, const Value* args) {
  GILA_TRY(ValueArray* const saved, NewSavedRegisters(thread, code->register_count));
  for (int i = 0; i < code->parameter_count; ++i) saved->items[i].Init(args[i]);
  for (int i = code->parameter_count; i < code->local_count; ++i) saved->items[i].Init(kUnbound);
  GILA_TRY(Generator* const generator, NewGenerator(thread, function, code, saved));
  if (GILA_UNLIKELY(coroutine_origin_depth != 0) && generator->kind == kKindCoroutine)
    GILA_TRY_VOID(RecordCoroutineOrigin(thread, generator));
  return Value(generator);
}

const uint64_t* AwaitOfCall(const uint64_t* pc) {
  const Instruction call(LoadWord(pc));
  const uint64_t* const await = pc + kCallWords;
  const Instruction awaitable(LoadWord(await));
  if (BaseOpcode(awaitable.opcode()) != Opcode::kGetAwaitable || awaitable.b() != call.c() ||
      call.c() + 1 != call.a())
    return nullptr;
  const uint64_t* const again = pc + kCallToSendAgain;
  return BaseOpcode(Instruction(LoadWord(again)).opcode()) == Opcode::kSendAgain ? again : nullptr;
}

// The recursion limit and the end of the stack are told by the Send of a coroutine, as always.
const uint64_t* AwaitedAtOnce(const CallSite& site, const Code* code, const Value* callee) {
  const Thread& thread = site.thread;
  if (site.flags != 0 || (code->code_flags & kCodeCoroutine) == 0 || HasEvents(site.thread) ||
      thread.depth >= thread.depth_limit || callee + code->register_count >= thread.stack_limit)
    return nullptr;
  return AwaitOfCall(site.pc);
}

bool EnterOutermostHandler(Thread& thread, Value* registers) {
  const uint64_t link = LinkOf(registers);
  if ((link & kFrameGenerator) != 0) {
    Generator* const generator = GeneratorOf(registers);
    if (generator->handling.Load() != 0) return false;
    generator->handling.Store(1);
    return true;
  }
  if (!IsAwaitedFrame(registers) || (link & kFrameHandling) != 0) return false;
  registers[kFrameLink] = Value(link | kFrameHandling);
  registers[kFrameOwner] = thread.handled;
  return true;
}

Value LeaveOutermostHandler(Value* registers) {
  const uint64_t link = LinkOf(registers);
  if ((link & kFrameGenerator) != 0) {
    Generator* const generator = GeneratorOf(registers);
    generator->handling.Store(0);
    return generator->handled.Load();
  }
  registers[kFrameLink] = Value(link & ~uint64_t{kFrameHandling});
  return registers[kFrameOwner];
}

Step ResumeGenerator(Thread& thread, Generator* generator, Value sent, const uint64_t* return_pc,
                     Value* caller, uint64_t flags, bool* finished) {
  *finished = false;
  if (GILA_UNLIKELY(!sent.IsNone() &&
                    generator->state.Load() == static_cast<uint8_t>(GeneratorState::kCreated))) {
    thread.RaiseTypeError("can't send non-None value to a just-started %s",
                          KindName(generator->kind));
    return {nullptr, nullptr};
  }
  GeneratorState state;
  Value* registers = PushGenerator(thread, generator, return_pc, caller, flags, &state);
  if (registers == nullptr) {
    *finished = state == GeneratorState::kFinished;
    return {nullptr, nullptr};
  }
  const Code* code = CodeOf(registers);
  if (state == GeneratorState::kCreated) return {code->words, registers};
  const uint64_t* at = code->words + generator->resume_word.Load();
  registers[Instruction(LoadWord(at)).a()] = sent;
  return {at + 1, registers};
}

void FinishGenerator(Thread& thread, Generator* generator) {
  SwapHandledOut(thread, generator);
  generator->handled.Store(generator, kUnbound);
  generator->frame.Store(generator, kUnbound);
  generator->registers.Store(generator, nullptr);
  generator->state.Store(static_cast<uint8_t>(GeneratorState::kFinished));
  if ((generator->gc.LoadRelaxed() & kGcFinalizer) != 0)
    generator->gc.FetchAnd(static_cast<uint8_t>(~kGcFinalizer));
}

void ConvertStopIteration(Thread& thread, uint8_t kind) {
  const bool is_async = kind == kKindAsyncGenerator;
  const char* what = thread.ExceptionMatches(TypeId::kStopIteration) ? "StopIteration"
                     : is_async && thread.ExceptionMatches(TypeId::kStopAsyncIteration)
                         ? "StopAsyncIteration"
                         : nullptr;
  if (what == nullptr) return;
  const Value cause = thread.TakeException();
  thread.RaiseFormat(TypeId::kRuntimeError, "%s raised %s", KindName(kind), what);
  if (!IsException(thread.exception)) return;
  Exception* error = thread.exception.As<Exception>();
  error->cause.Store(error, cause);
  error->context.Store(error, cause);
  error->suppress_context.Store(1);
}

namespace {

// The Yield of a frame that was awaited at once.
GILA_NOINLINE Step FirstYield(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  return MakeCoroutineOf(thread, registers).ok() ? YieldSlow(thread, pc, registers) : slow.Fail();
}

}  // namespace

Step YieldSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const uint64_t link = LinkOf(registers);
  if (GILA_UNLIKELY((link & kFrameGenerator) == 0)) return FirstYield(thread, pc, registers);
  const Instruction in(LoadWord(pc));
  const Value value = registers[in.b()];
  Generator* generator = GeneratorOf(registers);
  Value* caller = CallerOf(registers);
  if ((link & kFrameObserved) != 0) SuspendFrame(thread, pc, registers, generator);
  const Code* code = generator->code.Load();
  // A temporary is not read again: what is handed out is not kept alive.
  if (in.b() >= code->local_count) registers[in.b()] = kNone;
  ValueArray* saved = generator->registers.Load();
  CopyOut(saved, registers, LiveAt(saved, in));
  generator->resume_word.Store(WordIndex(code, pc));
  SwapHandledOut(thread, generator);
  --thread.depth;
  thread.generator_returned = false;
  generator->state.Store(static_cast<uint8_t>(GeneratorState::kSuspended));
  if ((link & kFrameEntry) != 0) return Step::Leave(value);
  const uint64_t* waiting = LinkPc(link);
  const Instruction waiter(LoadWord(waiting));
  if (BaseOpcode(waiter.opcode()) == Opcode::kForNext) {
    caller[waiter.b()] = value;
    return {waiting + waiter.jump_c(), caller};
  }
  // A Send. Its iterator is news to it when the frame was awaited at once, and may lie where the
  // registers of that frame have been.
  caller[waiter.b()] = Value(generator);
  caller[waiter.a()] = value;
  return {waiting + WordsOf(waiter.opcode()), caller};
}

Step GeneratorReturned(Thread& thread, const uint64_t* pc, Value* registers, Value value) {
  const Instruction in(LoadWord(pc));
  const bool is_loop = BaseOpcode(in.opcode()) == Opcode::kForNext;
  const bool is_coroutine = !is_loop && IsKind(registers[in.b()], kKindCoroutine);
  if (HasEvents(thread) && (!value.IsNone() || is_coroutine) &&
      !TraceStopIteration(thread, pc, registers, value).ok())
    return Unwind(thread, pc, registers);
  if (is_loop) return {pc + WordsOf(in.opcode()), registers};
  registers[in.a()] = value;
  return {pc + in.jump_c(), registers};
}

namespace {

Failed RaiseReused(Thread& thread) {
  return thread.RaiseFormat(TypeId::kRuntimeError, "cannot reuse already awaited coroutine");
}

SendResult ResultOf(Thread& thread, Value left, Value* result) {
  if (left.IsError()) return SendResult::kFailed;
  *result = left;
  return thread.generator_returned ? SendResult::kReturned : SendResult::kYielded;
}

// Raises the waiting exception inside the generator.
SendResult ThrowIntoFrame(Thread& thread, Generator* generator, Value* result) {
  NativeEntry entry(thread);
  const Value exception = thread.TakeException();
  GeneratorState state;
  Value* registers =
      PushGenerator(thread, generator, thread.pc, thread.registers, kFrameEntry, &state);
  if (registers == nullptr) {
    if (state == GeneratorState::kFinished) thread.exception = exception;
    return SendResult::kFailed;
  }
  // What the generator itself is handling is the context; what its caller handles is not.
  if (generator->handling.Load() != 0)
    thread.RaiseObject(exception);
  else
    thread.exception = exception;
  const uint64_t* at = CodeOf(registers)->words +
                       (state == GeneratorState::kCreated ? 0 : generator->resume_word.Load());
  return ResultOf(thread, Interpret(thread, Unwind(thread, at, registers)), result);
}

// Closes what a generator delegates to: its close(), when it has one.
Status CloseDelegate(Thread& thread, Value delegate) {
  if (IsKind(delegate, kKindGenerator) || IsKind(delegate, kKindCoroutine))
    return GeneratorClose(thread, delegate.As<Generator>());
  GILA_TRY(const Value close, GetAttrOrUnbound(thread, delegate, NameOf(Name::kClose)));
  if (close.IsUnbound()) return kOk;
  GILA_TRY_VOID(Call(thread, close, {}));
  return kOk;
}

// While a generator talks to its delegate it counts as running.
class RunningScope {
 public:
  explicit RunningScope(Generator* generator) : generator_(generator) {
    uint8_t expected = static_cast<uint8_t>(GeneratorState::kSuspended);
    claimed_ =
        generator_->state.CompareExchange(expected, static_cast<uint8_t>(GeneratorState::kRunning));
  }
  ~RunningScope() {
    if (claimed_) generator_->state.Store(static_cast<uint8_t>(GeneratorState::kSuspended));
  }
  RunningScope(const RunningScope&) = delete;
  bool claimed() const { return claimed_; }

 private:
  Generator* const generator_;
  bool claimed_;
};

// delegate.throw(exception). kReturned: the delegate is exhausted, *result its value.
SendResult ThrowIntoDelegate(Thread& thread, Value delegate, Value exception, Value* result,
                             bool* has_throw) {
  *has_throw = true;
  if (IsKind(delegate, kKindGenerator) || IsKind(delegate, kKindCoroutine))
    return GeneratorThrow(thread, delegate.As<Generator>(), exception, result);
  const Result<Value> method = GetAttrOrUnbound(thread, delegate, NameOf(Name::kThrow));
  if (!method.ok()) return SendResult::kFailed;
  if (method.value().IsUnbound()) {
    *has_throw = false;
    return SendResult::kFailed;
  }
  const Result<Value> yielded = Call(thread, method.value(), {exception});
  if (yielded.ok()) {
    *result = yielded.value();
    return SendResult::kYielded;
  }
  return TakeStopIterationValue(thread, result) ? SendResult::kReturned : SendResult::kFailed;
}

// The delegate has returned `value` in the middle of a throw: goes on after the `yield from`.
SendResult GoOnAfterDelegate(Thread& thread, Generator* generator, Value value, Value* result) {
  NativeEntry entry(thread);
  GeneratorState state;
  Value* registers =
      PushGenerator(thread, generator, thread.pc, thread.registers, kFrameEntry, &state);
  if (registers == nullptr) return SendResult::kFailed;
  const uint64_t* send = CodeOf(registers)->words + generator->resume_word.Load() - 1;
  return ResultOf(thread, Interpret(thread, GeneratorReturned(thread, send, registers, value)),
                  result);
}

}  // namespace
}  // namespace gila::vm

namespace gila {

using vm::NativeEntry;

bool TakeStopIterationValue(Thread& thread, Value* value) {
  if (!thread.ExceptionMatches(TypeId::kStopIteration)) return false;
  *value = thread.TakeException().As<Exception>()->extra[0].Load();
  if (value->IsUnbound()) *value = kNone;
  return true;
}

Value GeneratorDelegate(Generator* generator) {
  if (generator->state.Load() != static_cast<uint8_t>(GeneratorState::kSuspended)) return kUnbound;
  const ValueArray* saved = generator->registers.Load();
  if (saved == nullptr) return kUnbound;
  const uint64_t* at = generator->code.Load()->words + generator->resume_word.Load();
  if ((Instruction(vm::LoadWord(at)).c() & 1) == 0) return kUnbound;
  return saved->items[Instruction(vm::LoadWord(at - 1)).b()].Load();
}

Result<Value> GeneratorLocals(Thread& thread, const Generator* generator) {
  const ValueArray* saved = generator->registers.Load();
  if (saved == nullptr) {
    GILA_TRY(Dict * none, NewDict(thread));
    return Value(none);
  }
  // A frame as it would lie on the stack; the generator keeps its values alive.
  std::vector<Value> frame(vm::kFrameHeader + static_cast<size_t>(saved->length));
  Value* registers = frame.data() + vm::kFrameHeader;
  vm::CopyIn(saved, registers, saved->length);
  registers[vm::kFrameCallable] = Value(generator->function.Load());
  vm::LinkFrame(registers, 0, nullptr, nullptr, generator->code.Load());
  return vm::LocalsOf(thread, registers);
}

SendResult GeneratorSend(Thread& thread, Generator* generator, Value value, Value* result) {
  if (!CheckNativeStack(thread, " while calling a Python object").ok()) return SendResult::kFailed;
  NativeEntry entry(thread);
  bool finished;
  const vm::Step step = vm::ResumeGenerator(thread, generator, value, thread.pc, thread.registers,
                                            vm::kFrameEntry, &finished);
  if (step.pc != nullptr) return vm::ResultOf(thread, vm::Interpret(thread, step), result);
  if (!finished) return SendResult::kFailed;
  if (generator->kind == kKindCoroutine) {
    vm::RaiseReused(thread);
    return SendResult::kFailed;
  }
  *result = kNone;
  return SendResult::kReturned;
}

SendResult GeneratorThrow(Thread& thread, Generator* generator, Value exception, Value* result) {
  if (!CheckNativeStack(thread, " while calling a Python object").ok()) return SendResult::kFailed;
  const Value delegate = GeneratorDelegate(generator);
  if (!delegate.IsUnbound()) {
    bool thrown = false;
    SendResult outcome = SendResult::kFailed;
    {
      vm::RunningScope running(generator);
      if (!running.claimed()) {
        thread.RaiseValueError("%s already executing", vm::KindName(generator->kind));
        return SendResult::kFailed;
      }
      thread.exception = exception;
      const bool is_exit = thread.ExceptionMatches(TypeId::kGeneratorExit);
      thread.ClearException();
      if (is_exit) {
        thrown = !vm::CloseDelegate(thread, delegate).ok();
      } else {
        outcome = vm::ThrowIntoDelegate(thread, delegate, exception, result, &thrown);
      }
    }
    if (outcome == SendResult::kYielded) return outcome;
    if (outcome == SendResult::kReturned)
      return vm::GoOnAfterDelegate(thread, generator, *result, result);
    if (thrown) return vm::ThrowIntoFrame(thread, generator, result);
  }
  if (generator->state.Load() == static_cast<uint8_t>(GeneratorState::kFinished) &&
      generator->kind == kKindCoroutine) {
    vm::RaiseReused(thread);
    return SendResult::kFailed;
  }
  thread.exception = exception;
  return vm::ThrowIntoFrame(thread, generator, result);
}

Status GeneratorClose(Thread& thread, Generator* generator) {
  uint8_t state = static_cast<uint8_t>(GeneratorState::kCreated);
  if (generator->state.CompareExchange(state, static_cast<uint8_t>(GeneratorState::kFinished))) {
    generator->frame.Store(generator, kUnbound);
    generator->registers.Store(generator, nullptr);
    return kOk;
  }
  if (state == static_cast<uint8_t>(GeneratorState::kFinished)) return kOk;
  GILA_TRY(const Value exit, NewException(thread, TypeId::kGeneratorExit, {}));
  Value result;
  switch (GeneratorThrow(thread, generator, exit, &result)) {
    case SendResult::kYielded:
      return thread.RaiseFormat(TypeId::kRuntimeError, "%s ignored GeneratorExit",
                                vm::KindName(generator->kind));
    case SendResult::kReturned:
      return kOk;
    case SendResult::kFailed:
      break;
  }
  if (!thread.ExceptionMatches(TypeId::kGeneratorExit) &&
      !thread.ExceptionMatches(TypeId::kStopIteration))
    return kFailed;
  thread.ClearException();
  return kOk;
}

}  // namespace gila
