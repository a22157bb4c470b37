// frame_objects.cc: frame objects of running functions (runtime/types/frame.h).
//
// Asking for one sets kFrameObserved in the frame's link, so that leaving it takes the slow way and
// tells the object. The objects of a thread's running frames are in a list, innermost first.
#include <algorithm>
#include <vector>

#include "bytecode/code_data.h"
#include "runtime/call.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/frame.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "vm/attribute_cache.h"
#include "vm/calls.h"
#include "vm/generators.h"
#include "vm/tracing.h"

namespace gila::vm {
namespace {

Frame* FirstOf(const ThreadState& observers) { return CastOrNull<Frame>(observers.observed); }

void WatchFirst(Thread& thread, Value* registers, Frame* frame) {
  ThreadState& observers = StateOf(thread);
  frame->thread = &thread;
  frame->registers.Store(registers);
  frame->next.Store(frame, FirstOf(observers));
  observers.observed = Value(frame);
  registers[kFrameLink] = Value(LinkOf(registers) | kFrameObserved);
}

// What is found in the register of a variable that is a cell is the cell.
void StoreVariable(Thread& thread, Dict* locals, const std::string& name, Value* place) {
  const Value value = DictGetInterned(locals, Intern(thread, name));
  if (value.IsUnbound()) return;
  if (Cell* cell = CastOrNull<Cell>(*place); cell != nullptr)
    cell->value.Store(cell, value);
  else
    *place = value;
}

}  // namespace

Frame* ObservedFrame(Thread& thread, const Value* registers) {
  if ((LinkOf(registers) & kFrameObserved) == 0) return nullptr;
  for (Frame* frame = FirstOf(StateOf(thread)); frame != nullptr; frame = frame->next.Load()) {
    if (frame->registers.Load() == registers) return frame;
  }
  return nullptr;
}

// The object of the frame at `registers`, which waits or runs at `pc`.
Result<Frame*> Observe(Thread& thread, const uint64_t* pc, Value* registers) {
  if (Frame* known = ObservedFrame(thread, registers); known != nullptr) return known;
  Code* code = CodeOf(registers);
  const Function* function = FunctionOf(registers);
  GILA_TRY(Frame * frame,
           NewFrame(thread, code, Value(function->globals.Load()), WordIndex(code, pc)));
  frame->builtins.Store(frame, Value(function->builtins.Load()));
  WatchFirst(thread, registers, frame);
  return frame;
}

void StoreLocals(Thread& thread, Frame* frame, Value* registers) {
  const Code* code = CodeOf(registers);
  Dict* locals = CastOrNull<Dict>(frame->locals.Load());
  if (locals == nullptr || (code->code_flags & kCodeOptimized) == 0) return;
  const CodeData& data = *code->data;
  for (size_t i = 0; i < data.local_names.size(); ++i)
    StoreVariable(thread, locals, data.local_names[i], &registers[i]);
  for (size_t i = 0; i < data.cell_names.size(); ++i)
    StoreVariable(thread, locals, data.cell_names[i], &registers[data.cell_registers[i]]);
  const Tuple* closure = FunctionOf(registers)->closure.Load();
  for (size_t i = 0; closure != nullptr && i < data.free_names.size(); ++i) {
    Value cell = closure->At(static_cast<int64_t>(i));
    StoreVariable(thread, locals, data.free_names[i], &cell);
  }
}

namespace {

// Registers from the first on that hold all variables, or the namespace.
size_t VariableRegisters(const Code* code) { return std::max<size_t>(code->local_count, 1); }

Result<Traceback*> CopyVariables(Thread& thread, const Value* registers, uint32_t word) {
  const Code* code = CodeOf(registers);
  GILA_TRY(Traceback* const values,
           NewTraceback(thread, CodeOf(registers), word, {registers, VariableRegisters(code)}));
  values->function.Store(values, FunctionOf(registers));
  return values;
}

// A dict that locals() gave stays as it is, whatever the variables become: what they are in the end
// is shown to those who ask the frame later.
void KeepValues(Thread& thread, Frame* frame, const Value* registers) {
  const Code* code = CodeOf(registers);
  if ((code->code_flags & kCodeOptimized) == 0 && !frame->locals.Load().IsUnbound()) return;
  const Value waiting = thread.TakeException();
  const Result<Traceback*> values = CopyVariables(thread, registers, 0);
  thread.exception = waiting;
  if (values.ok()) frame->values.Store(frame, Value(values.value()));
}

}  // namespace

namespace {

// Takes the object of the frame, which is being left at `pc`, out of the list.
Frame* Unwatch(Thread& thread, const uint64_t* pc, Value* registers) {
  ThreadState& observers = StateOf(thread);
  Frame* previous = nullptr;
  Frame* frame = FirstOf(observers);
  for (; frame != nullptr && frame->registers.Load() != registers; frame = frame->next.Load())
    previous = frame;
  if (frame == nullptr) return nullptr;
  Frame* const next = frame->next.Load();
  if (next != nullptr && next->registers.Load() == CallerOf(registers))
    frame->back.Store(frame, next);
  frame->word.Store(WordIndex(CodeOf(registers), pc));
  frame->registers.Store(nullptr);
  if (previous != nullptr)
    previous->next.Store(previous, next);
  else
    observers.observed = next == nullptr ? kUnbound : Value(next);
  return frame;
}

}  // namespace

void ForgetFrame(Thread& thread, const uint64_t* pc, Value* registers) {
  if (Frame* frame = ObservedFrame(thread, registers); frame != nullptr)
    KeepValues(thread, frame, registers);
  Unwatch(thread, pc, registers);
}

void SuspendFrame(Thread& thread, const uint64_t* pc, Value* registers, Generator* generator) {
  Frame* const frame = Unwatch(thread, pc, registers);
  if (frame == nullptr) return;
  frame->back.Store(frame, nullptr);
  frame->values.Store(frame, Value(generator));
  generator->frame.Store(generator, Value(frame));
}

void WatchAgain(Thread& thread, Value* registers, Frame* frame) {
  frame->values.Store(frame, kUnbound);
  WatchFirst(thread, registers, frame);
}

namespace {

// Numbers a frame that catches an exception. The numbers come round again, but hardly for the same
// function at the same place of the stack while the first traceback waits to be looked at.
uint32_t NumberActivation(Thread& thread, Value* registers) {
  uint64_t number = (LinkOf(registers) & kFrameActivation) >> kFrameActivationShift;
  if (number == 0) {
    uint16_t& last = StateOf(thread).last_activation;
    last = last % kMostActivations + 1;
    number = last;
    registers[kFrameLink] = Value(LinkOf(registers) | number << kFrameActivationShift);
  }
  return static_cast<uint32_t>(number);
}

// The frame that caught the exception, if it still runs in this thread; else null.
Status CatchingFrame(Thread& thread, const Traceback* entry, Frame** frame) {
  Status status = kOk;
  if (entry->activation == 0) return status;
  WalkFrames(thread, [&](const uint64_t* pc, Value* registers) {
    if (registers != entry->registers) return false;
    const uint64_t number = (LinkOf(registers) & kFrameActivation) >> kFrameActivationShift;
    if (number == entry->activation && CodeOf(registers) == entry->code.Load()) {
      const Result<Frame*> found = Observe(thread, pc, registers);
      if (found.ok())
        *frame = found.value();
      else
        status = kFailed;
    }
    return true;
  });
  return status;
}

Result<Frame*> LeftFrame(Thread& thread, Traceback* entry) {
  const Function* function = entry->function.Load();
  GILA_TRY(Frame * frame,
           NewFrame(thread, entry->code.Load(), Value(function->globals.Load()), entry->word));
  frame->builtins.Store(frame, Value(function->builtins.Load()));
  frame->values.Store(frame, Value(entry));
  return frame;
}

Result<Value> LocalsOfLeft(Thread& thread, const Traceback* entry, Dict* known) {
  std::vector<Value> values;  // `entry` keeps them alive
  for (uint32_t i = 0; i < entry->count; ++i) values.push_back(entry->values[i].Load());
  if (values.empty()) values.assign(VariableRegisters(entry->code.Load()), kUnbound);
  return LocalsIn(thread, entry->code.Load(), entry->function.Load(), values.data(), known);
}

}  // namespace

void NoteInTraceback(Thread& thread, Value* registers, uint32_t word, bool caught) {
  Code* code = CodeOf(registers);
  if ((code->code_flags & kCodeLeavesNoTrace) != 0) return;
  Frame* known = ObservedFrame(thread, registers);
  const size_t count = caught || known != nullptr ? 0 : VariableRegisters(code);
  Traceback* entry = AddTraceback(thread, thread.exception, code, word, {registers, count});
  if (entry == nullptr) return;
  entry->function.Store(entry, FunctionOf(registers));
  if (known != nullptr) entry->frame.Store(entry, Value(known));
  entry->registers = registers;
  entry->caller = CallerOf(registers);
  entry->activation = caught && known == nullptr ? NumberActivation(thread, registers) : 0;
}

void KeepCaught(Thread& thread, Value* registers) {
  const auto* const exception = CastOrNull<Exception>(thread.exception);
  if (exception == nullptr) return;
  const uint64_t number = (LinkOf(registers) & kFrameActivation) >> kFrameActivationShift;
  Traceback* const last = CastOrNull<Traceback>(exception->traceback.Load());
  Frame* frame = last == nullptr ? nullptr : CastOrNull<Frame>(last->frame.Load());
  for (Traceback* entry = last;
       entry != nullptr && entry->registers == registers && entry->code.Load() == CodeOf(registers);
       entry = entry->next.Load()) {
    if (entry->activation != number || !entry->frame.Load().IsUnbound()) continue;
    if (frame == nullptr) {
      const Value waiting = thread.TakeException();
      Result<Traceback*> values = last;
      if (last->count == 0) values = CopyVariables(thread, registers, last->word);
      const Result<Frame*> made =
          values.ok() ? LeftFrame(thread, values.value()) : Result<Frame*>(kFailed);
      thread.exception = waiting;
      if (!made.ok()) return;
      frame = made.value();
      last->frame.Store(last, Value(frame));
    }
    entry->frame.Store(entry, Value(frame));
  }
}

}  // namespace gila::vm

namespace gila {

// The frames of the entries that follow are made too: each knows its caller by the one before.
Result<Frame*> TracebackFrame(Thread& thread, Traceback* entry) {
  Frame* first = nullptr;
  Frame* caller = nullptr;
  const Value* caller_registers = nullptr;
  for (; entry != nullptr; entry = entry->next.Load()) {
    Frame* frame = CastOrNull<Frame>(entry->frame.Load());
    const bool is_new = frame == nullptr;
    if (is_new) {
      GILA_TRY_VOID(vm::CatchingFrame(thread, entry, &frame));
      if (frame == nullptr) {
        GILA_TRY(frame, vm::LeftFrame(thread, entry));
      }
      entry->frame.Store(entry, Value(frame));
    }
    if (first == nullptr) first = frame;
    if (caller != nullptr && entry->caller == caller_registers && frame->back.Load() == nullptr)
      frame->back.Store(frame, caller);
    else if (!is_new)
      break;
    caller = frame;
    caller_registers = entry->registers;
  }
  return first;
}

Frame* CurrentFrame(Thread& thread, int depth) {
  Frame* found = nullptr;
  vm::WalkFrames(thread, [&](const uint64_t* pc, Value* registers) {
    if (depth-- > 0) return false;
    const Result<Frame*> frame = vm::Observe(thread, pc, registers);
    if (frame.ok())
      found = frame.value();
    else
      thread.ClearException();
    return true;
  });
  return found;
}

void VisitFrames(Thread& thread,
                 void (*visit)(void* context, Code* code, Dict* globals, uint32_t word,
                               const Value* registers),
                 void* context) {
  vm::WalkFrames(thread, [&](const uint64_t* pc, Value* registers) {
    Code* const code = vm::CodeOf(registers);
    visit(context, code, vm::FunctionOf(registers)->globals.Load(), vm::WordIndex(code, pc),
          registers);
    return false;
  });
}

uint32_t FrameWord(Thread&, Frame* frame) {
  uint32_t word = frame->word.Load();
  const Value* watched = frame->registers.Load();
  if (watched == nullptr) return word;
  const vm::ThreadState& state = vm::StateOf(*frame->thread);
  if (state.told_frame == frame && state.jump_word >= 0)
    return static_cast<uint32_t>(state.jump_word);
  vm::WalkFrames(*frame->thread, [&](const uint64_t* pc, Value* registers) {
    if (registers == watched) word = vm::WordIndex(frame->code.Load(), pc);
    return registers == watched;
  });
  return word;
}

Status SetFrameLine(Thread& thread, Frame* frame, Value value) {
  return vm::JumpToLine(thread, frame, value);
}

Result<Value> FrameLocals(Thread& thread, Frame* frame) {
  // One dict for a frame, brought up to date whenever somebody asks.
  if (Value* registers = frame->registers.Load(); registers != nullptr) {
    GILA_TRY(const Value now,
             vm::LocalsOf(thread, registers, CastOrNull<Dict>(frame->locals.Load())));
    frame->locals.Store(frame, now);
    return now;
  }
  if (const Value owner = frame->values.Load(); vm::IsAnyGenerator(owner)) {
    GILA_TRY(const Value now, GeneratorLocals(thread, owner.As<Generator>()));
    frame->locals.Store(frame, now);
    return now;
  }
  const Value locals = frame->locals.Load();
  if (const Traceback* left = CastOrNull<Traceback>(frame->values.Load()); left != nullptr) {
    GILA_TRY(const Value now, vm::LocalsOfLeft(thread, left, CastOrNull<Dict>(locals)));
    frame->locals.Store(frame, now);
    frame->values.Store(frame, kUnbound);
    return now;
  }
  if (!locals.IsUnbound()) return locals;
  if ((frame->code->code_flags & 1) == 0) return frame->globals.Load();
  GILA_TRY(Dict * none, NewDict(thread));
  return Value(none);
}

Result<Value> FrameBack(Thread& thread, Frame* frame) {
  Value* watched = frame->registers.Load();
  if (watched == nullptr) {
    Frame* back = frame->back.Load();
    return back == nullptr ? kNone : Value(back);
  }
  Result<Value> found = kNone;
  bool is_next = false;
  vm::WalkFrames(*frame->thread, [&](const uint64_t* pc, Value* registers) {
    if (is_next) {
      found = vm::Observe(thread, pc, registers);
      return true;
    }
    is_next = registers == watched;
    return false;
  });
  return found;
}

}  // namespace gila
