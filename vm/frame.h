// frame.h: where a running function keeps its registers. Frames lie end to end on the register
// stack of their thread:
//
//      ... registers of the caller ... | callable | link | caller | code | R[0] R[1] ... R[n-1]
//                                        -4         -3     -2       -1     ^ `registers`
//
//   callable   the Function that runs (globals and closure are found through it)
//   link       the instruction of the caller that waits for the result, and in the top 16 bits
//   FrameFlags. In an entry
//              frame: what thread.pc was before.
//   caller     register 0 of the caller; null below the first frame of a thread
//   code       the Code, kept here because `function.__code__ = ...` may change it while it runs
//
// A call passes its arguments in place: the window of a call instruction at R[a] has callable,
// three free words and the arguments, so the callee's register 0 is the caller's R[a + 4]. The two
// raw addresses have zero low bits and look like small ints to the collector.
#ifndef GILA_VM_FRAME_H_
#define GILA_VM_FRAME_H_

#include <cstdint>

#include "bytecode/bytecode.h"
#include "runtime/thread.h"
#include "runtime/types/function.h"
#include "runtime/value.h"

namespace gila::vm {

inline constexpr int kFrameCallable = -4, kFrameLink = -3, kFrameCaller = -2, kFrameCode = -1;
// Frames of __init__ and of generators have one word more: the object they run for. That of a call
// that is awaited at once (generators.h) has the word too, and first uses it for kFrameHandling.
inline constexpr int kFrameOwner = -5;
inline constexpr int kFrameHeader = kWindowHeader;

// Why a frame must not be left by the short way. Bits 48 and up of the link word; any of them makes
// Return go slow.
enum FrameFlags : uint64_t {
  kFrameEntry = uint64_t{1} << 48,  // native code waits: leave the interpreter
  kFrameInit = uint64_t{1}
               << 49,  // __init__: the result must be None, the call yields the owner, the instance
  kFrameGenerator = uint64_t{1} << 50,  // a resumed generator, which is the owner
  kFrameValue =
      uint64_t{1} << 51,  // not a call instruction waits: its kind says what to do with the result
  kFrameObserved = uint64_t{1} << 52,  // a frame object watches these registers
  kFrameHandling = uint64_t{1} << 53,  // awaited at once, and handles an exception: the owner is
                                       // what its caller was handling
  // Set when the function has caught an exception: the traceback's entry has the same number, and
  // finds the frame by it as long as it runs.
  kFrameActivation = uint64_t{0x3FF} << 54,
  kFrameFlagMask = ~uint64_t{0} << 48
};
inline constexpr int kFrameActivationShift = 54;
inline constexpr int kMostActivations = 0x3FF;

inline Code* CodeOf(const Value* registers) { return registers[kFrameCode].As<Code>(); }
inline Function* FunctionOf(const Value* registers) {
  return registers[kFrameCallable].As<Function>();
}
inline uint64_t LinkOf(const Value* registers) { return registers[kFrameLink].word(); }
inline const uint64_t* LinkPc(uint64_t link) {
  return reinterpret_cast<const uint64_t*>(link & ~static_cast<uint64_t>(kFrameFlagMask));
}
inline Value* CallerOf(const Value* registers) {
  return reinterpret_cast<Value*>(registers[kFrameCaller].word());
}

GILA_ALWAYS_INLINE void LinkFrame(Value* registers, uint64_t flags, const uint64_t* return_pc,
                                  Value* caller, const Code* code) {
  registers[kFrameLink] = Value(reinterpret_cast<uint64_t>(return_pc) | flags);
  registers[kFrameCaller] = Value(reinterpret_cast<uint64_t>(caller));
  registers[kFrameCode] = Value(code);
}

// What native code, the collector and tracebacks see of the running frame.
GILA_ALWAYS_INLINE void Publish(Thread& thread, const uint64_t* pc, Value* registers,
                                Value* stack_top) {
  thread.pc = pc;
  thread.registers = registers;
  thread.stack_top = stack_top;
}
inline Value* FrameEnd(Value* registers) { return registers + CodeOf(registers)->register_count; }
inline void PublishFrame(Thread& thread, const uint64_t* pc, Value* registers) {
  Publish(thread, pc, registers, FrameEnd(registers));
}
inline uint32_t WordIndex(const Code* code, const uint64_t* pc) {
  return static_cast<uint32_t>(pc - code->words);
}

// Walks the frames of the thread, innermost first, until `visit(pc, registers)` says true.
template <class Visit>
void WalkFrames(Thread& thread, Visit visit) {
  const uint64_t* pc = thread.pc;
  for (Value* registers = thread.registers; registers != nullptr;) {
    if (visit(pc, registers)) return;
    pc = LinkPc(LinkOf(registers));
    registers = CallerOf(registers);
  }
}

// A cache word may name an object that another thread has just made: acquire and release, which
// cost nothing on x86-64.
GILA_ALWAYS_INLINE uint64_t LoadWord(const uint64_t* pc) {
  return __atomic_load_n(pc, __ATOMIC_ACQUIRE);
}
GILA_ALWAYS_INLINE void StoreWord(const uint64_t* pc, uint64_t word) {
  __atomic_store_n(const_cast<uint64_t*>(pc), word, __ATOMIC_RELEASE);
}

}  // namespace gila::vm

#endif  // GILA_VM_FRAME_H_
