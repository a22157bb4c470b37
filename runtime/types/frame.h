// frame.h: frame objects: a look at a running function, made when somebody asks (sys._getframe, a
// traceback, gi_frame).
//
// Running functions have no object: their registers lie on the thread's stack (vm/frame.h). While
// the function runs, its Frame points there; when it is left, the vm stores what is known by then
// and clears `registers`.
#ifndef GILA_RUNTIME_TYPES_FRAME_H_
#define GILA_RUNTIME_TYPES_FRAME_H_

#include "runtime/heap/heap.h"
#include "runtime/object.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"

namespace gila {

struct Frame : Object {
  static constexpr Kind kKind = kKindFrame;
  PointerSlot<Code> code;
  Slot globals, builtins;   // dict or unbound
  Slot locals;              // what locals() gave last, or unbound
  Slot values;              // of a frame that was left, until somebody asks: in a Traceback; of one
                            // that is suspended: its Generator
  Slot trace;               // f_trace
  PointerSlot<Frame> back;  // known callers only
  PointerSlot<Frame> next;  // the thread's list of frames that still run
  Thread* thread;           // whose stack `registers` is on
  Atomic<Value*> registers;  // null when the function was left
  Atomic<uint32_t> word;     // instruction, when it is not running
  // For trace functions: the instruction last told about, and what is wanted (f_trace_lines,
  // f_trace_opcodes).
  Atomic<int32_t> last_word;
  Atomic<uint8_t> trace_lines, trace_opcodes;
};

// A frame that runs no more, or never did, at the given instruction.
Result<Frame*> NewFrame(Thread& thread, Code* code, Value globals, uint32_t word) GILA_ATTACHED;

// Implemented by the vm (vm/frame_objects.cc).
uint32_t FrameWord(Thread& thread, Frame* frame) GILA_ATTACHED;
Result<Value> FrameLocals(Thread& thread, Frame* frame) GILA_ATTACHED;
Result<Value> FrameBack(Thread& thread, Frame* frame) GILA_ATTACHED;
// f_lineno is assigned (unbound: deleted): where the frame will go on (vm/jump.cc). ValueError
// where that cannot be.
Status SetFrameLine(Thread& thread, Frame* frame, Value value) GILA_ATTACHED;
struct Traceback;
Result<Frame*> TracebackFrame(Thread& thread, Traceback* entry) GILA_ATTACHED;
// The frames of a thread that stands still, innermost first: code, globals, instruction and the
// address of the registers of each.
void VisitFrames(Thread& thread,
                 void (*visit)(void* context, Code* code, Dict* globals, uint32_t word,
                               const Value* registers),
                 void* context);

}  // namespace gila

#endif  // GILA_RUNTIME_TYPES_FRAME_H_
