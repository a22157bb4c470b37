// dispatch.h: the words in which handlers are written, for two ways of getting from one instruction
// to the next.
//
//   musttail       each handler is a function; the next one is a tail call through the table. With
//   `preserve_none` the
//                  state below stays in registers, and pc, registers, constants and thread even
//                  live through calls of C++.
//   computed goto  all handlers are blocks of one function (g++, and builds with sanitizers).
//
// A handler sees `pc` (at its own instruction), `registers`, `constants`, `thread` (a pointer) and
// `word` (the instruction).
//   R(a) R(b) R(c)   the register that the operand names        K(c)     the constant
//   GILA_NEXT()      the next instruction                       GILA_JUMP(n)  the one n words from
//   here GILA_SLOW(Path)  the slow path does the instruction         CACHE(i) the i-th cache word
#ifndef GILA_VM_DISPATCH_H_
#define GILA_VM_DISPATCH_H_

#include "vm/frame.h"
#include "vm/interpreter.h"
#include "vm/opcode_tables.h"

#if defined(__clang__) && !defined(GILA_COMPUTED_GOTO)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
    !__has_attribute(preserve_none) || !__has_cpp_attribute(clang::musttail)
#define GILA_COMPUTED_GOTO 1
#endif
#elif !defined(GILA_COMPUTED_GOTO)
#define GILA_COMPUTED_GOTO 1
#endif

#define GILA_OPERAND_a static_cast<uint16_t>(word >> 16)
#define GILA_OPERAND_b static_cast<uint16_t>(word >> 32)
#define GILA_OPERAND_c static_cast<uint16_t>(word >> 48)
#define GILA_OPERAND_bc static_cast<uint32_t>(word >> 32)
#define OPERAND(x) GILA_OPERAND_##x
#define R(x) registers[GILA_OPERAND_##x]
#define K(x) constants[GILA_OPERAND_##x]
#define CACHE(i) LoadWord(pc + (i))
#define JUMP_A() static_cast<int16_t>(GILA_OPERAND_a)
#define JUMP_C() static_cast<int16_t>(GILA_OPERAND_c)
#define JUMP_BC() static_cast<int32_t>(GILA_OPERAND_bc)

#ifndef GILA_COMPUTED_GOTO

#define GILA_STATE                                                              \
  [[maybe_unused]] const uint64_t *pc, [[maybe_unused]] Value *registers,       \
      [[maybe_unused]] const Value *constants, [[maybe_unused]] Thread *thread, \
      [[maybe_unused]] uint64_t word
#define GILA_CONVENTION __attribute__((preserve_none))
#define GILA_HANDLER(Name) \
  template <int kWords>    \
  GILA_CONVENTION uint64_t Handle##Name(GILA_STATE)
#define GILA_DISPATCH()                                                                         \
  do {                                                                                          \
    CountBytecode();                                                                            \
    word = LoadWord(pc);                                                                        \
    [[clang::musttail]] return kHandlers[static_cast<uint16_t>(word)](pc, registers, constants, \
                                                                      thread, word);            \
  } while (false)
#define GILA_SLOW(Path) \
  [[clang::musttail]] return RunSlow<Path>(pc, registers, constants, thread, word)
// Only at the end of a handler that has done its whole instruction but may have to hand over the
// thread.
#define GILA_ENTER_FRAME() GILA_DISPATCH()

#else

#define GILA_HANDLER(Name) label_##Name : if (constexpr int kWords = WordsOf(kOp##Name); kWords > 0)
#define GILA_DISPATCH()                         \
  do {                                          \
    CountBytecode();                            \
    word = LoadWord(pc);                        \
    goto* kLabels[static_cast<uint16_t>(word)]; \
  } while (false)
#define GILA_SLOW(Path)                  \
  do {                                   \
    step = Path(*thread, pc, registers); \
    goto after_slow;                     \
  } while (false)

#endif

#define GILA_NEXT()  \
  do {               \
    pc += kWords;    \
    GILA_DISPATCH(); \
  } while (false)
#define GILA_JUMP(words) \
  do {                   \
    pc += (words);       \
    GILA_DISPATCH();     \
  } while (false)

#endif  // GILA_VM_DISPATCH_H_
