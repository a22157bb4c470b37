// trace_events.cc: what sys.settrace's and sys.setprofile's functions are told, and when.
//
// A frame that is traced has a Frame object with the local trace function in it (f_trace). While
// such a function runs, the thread is silent: it runs at full speed and nothing is told about it.
#include <utility>

#include "runtime/call.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/tracing.h"
#include "runtime/types/code.h"
#include "runtime/types/exception.h"
#include "runtime/types/generator_internal.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "vm/attribute_cache.h"
#include "vm/frame.h"
#include "vm/opcode_tables.h"
#include "vm/tracing.h"

namespace gila {

void UpdateTracing(Thread& thread) {
  const bool told = vm::StateOf(thread).silent == 0 &&
                    (!thread.trace_function.IsUnbound() || !thread.profile_function.IsUnbound());
  if (told || MaySwitchAtEveryInstruction())
    thread.breaker.FetchOr(kBreakTracing);
  else
    thread.breaker.FetchAnd(~uint32_t{kBreakTracing});
}

Result<Value> CallTraced(Thread& thread, Value function, Value args) {
  vm::ThreadState& state = vm::StateOf(thread);
  const int silent = std::exchange(state.silent, 0);
  const Frame* const frame = std::exchange(state.told_frame, nullptr);
  const char* const event = std::exchange(state.told_event, nullptr);
  const int64_t jump = std::exchange(state.jump_word, -1);
  UpdateTracing(thread);
  const Result<Value> result = CallWith(thread, function, args, kUnbound);
  state.silent = silent;
  state.told_frame = frame;
  state.told_event = event;
  state.jump_word = jump;
  UpdateTracing(thread);
  return result;
}

namespace vm {
namespace {

// While a trace function runs nothing is told, and it is known what it is told itself.
class Silence {
 public:
  Silence(Thread& thread, const Frame* frame, const char* event) : thread_(thread) {
    ThreadState& state = StateOf(thread);
    ++state.silent;
    state.told_frame = frame;
    state.told_event = event;
    UpdateTracing(thread);
  }
  ~Silence() {
    ThreadState& state = StateOf(thread_);
    --state.silent;
    state.told_frame = nullptr;
    state.told_event = nullptr;
    UpdateTracing(thread_);
  }
  Silence(const Silence&) = delete;

 private:
  Thread& thread_;
};

bool IsSilent(Thread& thread) { return StateOf(thread).silent != 0; }
bool IsSet(Value function) { return !function.IsUnbound() && !function.IsNone(); }

// function(frame, event, argument), with nothing told about it. An exception that waits goes on
// waiting.
Result<Value> Tell(Thread& thread, Value function, Frame* frame, const char* event,
                   Value argument) {
  const Value waiting = thread.TakeException();
  Result<Value> answer = kFailed;
  {
    Silence silence(thread, frame, event);
    // The dict that somebody holds is stored into the variables afterwards: it must not be an old
    // one.
    if (!frame->locals.Load().IsUnbound()) GILA_TRY_VOID(FrameLocals(thread, frame));
    answer = Call(thread, function, {Value(frame), Intern(thread, event), argument});
    if (Value* registers = frame->registers.Load(); registers != nullptr)
      StoreLocals(thread, frame, registers);
  }
  if (answer.ok()) thread.exception = waiting;
  return answer;
}

// To the trace function: the thread's for a call, the frame's own for all else.
Status TellTracer(Thread& thread, Frame* frame, Value function, const char* event, Value argument) {
  const Result<Value> answer = Tell(thread, function, frame, event, argument);
  if (!answer.ok()) {
    thread.trace_function = kUnbound;
    frame->trace.Store(frame, kUnbound);
    UpdateTracing(thread);
    return kFailed;
  }
  if (!answer.value().IsNone()) frame->trace.Store(frame, answer.value());
  return kOk;
}

Status TellProfiler(Thread& thread, Frame* frame, const char* event, Value argument) {
  if (Tell(thread, thread.profile_function, frame, event, argument).ok()) return kOk;
  thread.profile_function = kUnbound;
  UpdateTracing(thread);
  return kFailed;
}

// The object of the frame when a trace function looks at it, else null.
Frame* TracedFrame(Thread& thread, const Value* registers) {
  if (thread.trace_function.IsUnbound() || IsSilent(thread)) return nullptr;
  Frame* frame = ObservedFrame(thread, registers);
  return frame != nullptr && IsSet(frame->trace.Load()) ? frame : nullptr;
}

}  // namespace

Status TraceEntered(Thread& thread, const uint64_t* pc, Value* registers) {
  GILA_TRY(Frame * frame, Observe(thread, pc, registers));
  const Code* code = CodeOf(registers);
  const uint32_t word = WordIndex(code, pc);
  frame->last_word.Store(static_cast<int32_t>(word) - 1);
  // The frame still stands where it came from: at its `def`, or at the yield.
  PublishFrame(thread, pc - 1, registers);
  if (!thread.trace_function.IsUnbound())
    GILA_TRY_VOID(TellTracer(thread, frame, thread.trace_function, "call", kNone));
  if (!thread.profile_function.IsUnbound())
    GILA_TRY_VOID(TellProfiler(thread, frame, "call", kNone));
  return kOk;
}

namespace {

// The frame goes on where a trace function has sent it: nothing is told about that line.
void TakeJump(Thread& thread, Frame* frame, const uint64_t** pc, Value* registers) {
  const int64_t word = std::exchange(StateOf(thread).jump_word, -1);
  if (word < 0) return;
  *pc = CodeOf(registers)->words + word;
  frame->last_word.Store(static_cast<int32_t>(word));
  PublishFrame(thread, *pc, registers);
}

// A line begins where another one ended, and anew with each round of a loop. A `for` has its
// ForNext below its body: that is where the round begins, but for the first, and not at the store
// of the item above.
bool BeginsLine(const Code* code, int32_t last, int32_t word, Opcode opcode) {
  if (last < 0) return true;
  const int32_t line = RangeAt(code, static_cast<uint32_t>(word)).line;
  if (line != RangeAt(code, static_cast<uint32_t>(last)).line) return true;
  const Opcode before = BaseOpcode(Instruction(LoadWord(code->words + last)).opcode());
  if (opcode == Opcode::kForNext)
    return last >= word + Instruction(LoadWord(code->words + word)).jump_c();
  return word < last && before != Opcode::kForNext && opcode != Opcode::kSend;
}

}  // namespace

Status TraceInstruction(Thread& thread, const uint64_t** pc, Value* registers) {
  PublishFrame(thread, *pc, registers);
  Frame* frame = TracedFrame(thread, registers);
  if (frame == nullptr) return kOk;
  const Code* code = CodeOf(registers);
  const int32_t word = static_cast<int32_t>(WordIndex(code, *pc));
  const int32_t last = frame->last_word.Load();
  const Opcode opcode = BaseOpcode(Instruction(LoadWord(*pc)).opcode());
  const bool is_jump = opcode == Opcode::kJumpBack || opcode == Opcode::kJump;
  // A jump that stands for a line has its first operand set.
  if (is_jump && Instruction(LoadWord(*pc)).a() == 0) return kOk;
  if (opcode == Opcode::kMakeCell || opcode == Opcode::kSendAgain) return kOk;
  const int32_t line = RangeAt(code, static_cast<uint32_t>(word)).line;
  if (line > 0) frame->last_word.Store(word);  // what is nowhere belongs to where one comes from
  if (line > 0 && frame->trace_lines.Load() != 0 && BeginsLine(code, last, word, opcode)) {
    const Status told = TellTracer(thread, frame, frame->trace.Load(), "line", kNone);
    TakeJump(thread, frame, pc, registers);
    if (!told.ok()) return kFailed;
  }
  if (frame->trace_opcodes.Load() != 0 && IsSet(frame->trace.Load()))
    GILA_TRY_VOID(TellTracer(thread, frame, frame->trace.Load(), "opcode", kNone));
  return kOk;
}

Status TraceLeaving(Thread& thread, const uint64_t* pc, Value* registers, Value result) {
  if (Frame* frame = TracedFrame(thread, registers); frame != nullptr) {
    const Code* const code = CodeOf(registers);
    const int32_t last = frame->last_word.Load();
    if (last >= 0 && RangeAt(code, WordIndex(code, pc)).line <= 0)
      PublishFrame(thread, code->words + last, registers);
    GILA_TRY_VOID(TellTracer(thread, frame, frame->trace.Load(), "return", result));
  }
  if (!thread.profile_function.IsUnbound() && !IsSilent(thread)) {
    GILA_TRY(Frame * frame, Observe(thread, pc, registers));
    GILA_TRY_VOID(TellProfiler(thread, frame, "return", result));
  }
  return kOk;
}

void TraceException(Thread& thread, const uint64_t*, Value* registers) {
  Frame* frame = TracedFrame(thread, registers);
  if (frame == nullptr || !IsException(thread.exception)) return;
  const Value exception = thread.exception;
  const Value traceback = exception.As<Exception>()->traceback.Load();
  const Value parts[] = {Value(TypeOf(exception)), exception,
                         traceback.IsUnbound() ? kNone : traceback};
  thread.exception = kUnbound;
  const Result<Tuple*> triple = NewTuple(thread, parts);
  if (!triple.ok()) return;
  thread.exception = exception;
  static_cast<void>(
      TellTracer(thread, frame, frame->trace.Load(), "exception", triple.value()).ok());
}

Status TraceStopIteration(Thread& thread, const uint64_t* pc, Value* registers, Value value) {
  if (TracedFrame(thread, registers) == nullptr) return kOk;
  PublishFrame(thread, pc, registers);
  static_cast<void>(RaiseStopIteration(thread, value));
  const Value stop = thread.exception;
  if (!thread.ExceptionMatches(TypeId::kStopIteration)) return kFailed;
  TraceException(thread, pc, registers);
  if (thread.exception != stop) return kFailed;
  thread.ClearException();
  return kOk;
}

void TraceUnwound(Thread& thread, const uint64_t* pc, Value* registers) {
  static_cast<void>(TraceLeaving(thread, pc, registers, kNone).ok());
}

Result<Value> CallNativeProfiled(Thread& thread, Value* window, size_t count, Value kwnames) {
  Value* args = window + kFrameHeader;
  NativeFunction* function = window[0].As<NativeFunction>();
  if (thread.profile_function.IsUnbound() || IsSilent(thread))
    return CallNative(thread, function, args, count, kwnames);
  GILA_TRY(Frame * frame, Observe(thread, thread.pc, thread.registers));
  Value shown = window[0];
  if (IsKind(shown, kKindMethodDescriptor) && count > 0) {
    const Result<Value> bound = BindDescriptor(thread, shown, args[0], TypeOf(args[0]));
    if (bound.ok()) shown = bound.value();
    thread.ClearException();
  }
  GILA_TRY_VOID(TellProfiler(thread, frame, "c_call", shown));
  const Result<Value> result = CallNative(thread, function, args, count, kwnames);
  if (!thread.profile_function.IsUnbound() &&
      !TellProfiler(thread, frame, result.ok() ? "c_return" : "c_exception", shown).ok())
    return kFailed;
  return result;
}

}  // namespace vm
}  // namespace gila
