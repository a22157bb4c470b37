// calls.h: the slow half of calling: whatever is called, with whatever arguments, from bytecode or
// from native code.
#ifndef GILA_VM_CALLS_H_
#define GILA_VM_CALLS_H_

#include <string>

#include "runtime/thread.h"
#include "runtime/types/function.h"
#include "vm/frame.h"
#include "vm/interpreter.h"

namespace gila::vm {

// Who waits for the result of a call: the instruction at `pc` of the frame at `registers`, or
// (kFrameEntry) native code that was itself called from there.
struct CallSite {
  Thread& thread;
  const uint64_t* pc;
  Value* registers;
  uint64_t flags;  // FrameFlags for the frame to come

  // The call is over: hands the value (or the waiting exception) to whoever waits.
  Step Finish(Result<Value> value) const;
  Step Fail() const { return Finish(kFailed); }
};

// Calls window[0] with the `count` arguments at window[4]; the last of them belong to the names of
// the tuple `kwnames` (unbound: none). A Gila function gets its frame in place: the Step then goes
// into it.
Step CallWindow(const CallSite& site, Value* window, size_t count, Value kwnames) GILA_ATTACHED;

// Puts the arguments at `args` (the registers of the frame to come) where the code wants its
// parameters. All of CPython's TypeErrors for wrong calls come from here.
Status BindArguments(Thread& thread, Function* function, const Code* code, Value* args,
                     size_t count, Value kwnames) GILA_ATTACHED;

// Room for `registers` more values above `top`; RecursionError when the register stack ends.
Status CheckStack(Thread& thread, const Value* top, size_t registers) GILA_ATTACHED;

// "module.qualname()" for the errors of f(*x, **y).
std::string DescribeCallable(Thread& thread, Value callable) GILA_ATTACHED;

// locals() of the frame at `registers`: in `known`, when that is a dict made for it before.
Result<Value> LocalsOf(Thread& thread, Value* registers, Dict* known = nullptr) GILA_ATTACHED;
// The same when only the values of the registers are known.
Result<Value> LocalsIn(Thread& thread, const Code* code, const Function* function,
                       const Value* registers, Dict* known) GILA_ATTACHED;

// A frame object was made for the frame at `registers`, and the frame is left (frame_objects.cc).
void ForgetFrame(Thread& thread, const uint64_t* pc, Value* registers) GILA_ATTACHED;

// An exception came to the instruction `word` of this frame, which catches it or is left.
void NoteInTraceback(Thread& thread, Value* registers, uint32_t word, bool caught) GILA_ATTACHED;

// An exception leaves a frame that has caught one before. Where it is the same one, the traceback's
// entries of then learn what the variables are, as the frame can be asked no more.
void KeepCaught(Thread& thread, Value* registers) GILA_ATTACHED;

// Native code about to run Gila code: keeps what was published and puts it back.
class NativeEntry {
 public:
  explicit NativeEntry(Thread& thread)
      : thread_(thread),
        pc_(thread.pc),
        registers_(thread.registers),
        stack_top_(thread.stack_top) {}
  ~NativeEntry() { Publish(thread_, pc_, registers_, stack_top_); }
  NativeEntry(const NativeEntry&) = delete;
  CallSite site() const { return {thread_, pc_, registers_, kFrameEntry}; }

 private:
  Thread& thread_;
  const uint64_t* pc_;
  Value* registers_;
  Value* stack_top_;
};

}  // namespace gila::vm

#endif  // GILA_VM_CALLS_H_
