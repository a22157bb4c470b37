// frame_objects.cc: frame objects of running functions (runtime/types/frame.h).
//
// Asking for one sets kFrameObserved in the frame's link, so that leaving it takes the slow way and
// tells the object. The objects of a thread's running frames are in a list, innermost first.
#include "bytecode/code_data.h"
#include "runtime/call.h"
#include "runtime/types/dict.h"
#include "runtime/types/frame.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "vm/attribute_cache.h"
#include "vm/calls.h"
#include "vm/tracing.h"

namespace gila::vm {
namespace {

Frame* FirstOf(const ThreadState& observers) { return CastOrNull<Frame>(observers.observed); }

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
  ThreadState& observers = StateOf(thread);
  if (Frame* known = ObservedFrame(thread, registers); known != nullptr) return known;
  Code* code = CodeOf(registers);
  const Function* function = FunctionOf(registers);
  GILA_TRY(Frame * frame,
           NewFrame(thread, code, Value(function->globals.Load()), WordIndex(code, pc)));
  frame->builtins.Store(frame, Value(function->builtins.Load()));
  frame->thread = &thread;
  frame->registers.Store(registers);
  if (Frame* first = FirstOf(observers); first != nullptr) frame->next.Store(frame, first);
  observers.observed = Value(frame);
  registers[kFrameLink] = Value(LinkOf(registers) | kFrameObserved);
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

void ForgetFrame(Thread& thread, const uint64_t* pc, Value* registers) {
  ThreadState& observers = StateOf(thread);
  Frame* previous = nullptr;
  for (Frame* frame = FirstOf(observers); frame != nullptr; frame = frame->next.Load()) {
    if (frame->registers.Load() != registers) {
      previous = frame;
      continue;
    }
    const Value waiting = thread.TakeException();
    static_cast<void>(FrameLocals(thread, frame).ok());
    thread.exception = waiting;
    const Value* caller = CallerOf(registers);
    if (Frame* next = frame->next.Load(); next != nullptr && next->registers.Load() == caller)
      frame->back.Store(frame, next);
    frame->word.Store(WordIndex(CodeOf(registers), pc));
    frame->registers.Store(nullptr);
    if (previous != nullptr)
      previous->next.Store(previous, frame->next.Load());
    else
      observers.observed = frame->next.Load() == nullptr ? kUnbound : Value(frame->next.Load());
    return;
  }
}

}  // namespace gila::vm

namespace gila {

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
                 void (*visit)(void* context, Code* code, Dict* globals, uint32_t word),
                 void* context) {
  vm::WalkFrames(thread, [&](const uint64_t* pc, Value* registers) {
    Code* const code = vm::CodeOf(registers);
    visit(context, code, vm::FunctionOf(registers)->globals.Load(), vm::WordIndex(code, pc));
    return false;
  });
}

uint32_t FrameWord(Thread&, Frame* frame) {
  uint32_t word = frame->word.Load();
  const Value* watched = frame->registers.Load();
  if (watched == nullptr) return word;
  vm::WalkFrames(*frame->thread, [&](const uint64_t* pc, Value* registers) {
    if (registers == watched) word = vm::WordIndex(frame->code.Load(), pc);
    return registers == watched;
  });
  return word;
}

Result<Value> FrameLocals(Thread& thread, Frame* frame) {
  // One dict for a frame, brought up to date whenever somebody asks.
  if (Value* registers = frame->registers.Load(); registers != nullptr) {
    GILA_TRY(const Value now,
             vm::LocalsOf(thread, registers, CastOrNull<Dict>(frame->locals.Load())));
    frame->locals.Store(frame, now);
    return now;
  }
  const Value locals = frame->locals.Load();
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
