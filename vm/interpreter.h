// interpreter.h: running bytecode from native code, and the contract between the handlers and their
// slow paths.
//
// A handler (handlers_*.h) does the common case on the registers and goes to the next instruction.
// Everything else is a slow path (slow_*.cc): a plain function that does the whole instruction,
// whatever that takes (user code, exceptions, a new frame), and answers where the interpreter goes
// on. So the handlers need no stack frame of their own.
#ifndef GILA_VM_INTERPRETER_H_
#define GILA_VM_INTERPRETER_H_

#include <cstdint>

#include "runtime/thread.h"
#include "runtime/value.h"

namespace gila::vm {

// Where to go on: an instruction and the registers of its frame. A null pc leaves the interpreter;
// `registers` then is the word of the result (kError: an exception waits).
struct Step {
  const uint64_t* pc;
  Value* registers;
  static Step Leave(Value result) { return {nullptr, reinterpret_cast<Value*>(result.word())}; }
};
using SlowPath = Step (*)(Thread& thread, const uint64_t* pc, Value* registers);

// Runs from `step` until an entry frame is left. Returns its result, or kError.
Value Interpret(Thread& thread, Step step) GILA_ATTACHED;

// The stack pointer of the innermost Interpret of the running thread; zero when unknown. What lies
// below are the frames of the instruction that is being done: of slow paths and native functions.
uintptr_t InterpreterStack();

// The exception that waits on the thread was raised by the instruction at `pc`: finds the handler,
// in this frame or in one below, down to the next entry frame. `again`: a Reraise, which leaves the
// traceback as it is.
Step Unwind(Thread& thread, const uint64_t* pc, Value* registers, bool again = false) GILA_ATTACHED;

// Gives `value` to the instruction at `pc` that waited for it (a call, or whatever pushed a frame)
// and goes on after it.
Step Deliver(Thread& thread, const uint64_t* pc, Value* registers, Value value) GILA_ATTACHED;

}  // namespace gila::vm

#endif  // GILA_VM_INTERPRETER_H_
