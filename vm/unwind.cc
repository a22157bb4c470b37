// unwind.cc: leaving frames: by an exception, and by a return that has more to do than to hand over
// a value.
//
// An exception costs nothing until it is raised: the code has a table of ranges with a handler each
// (CodeData::exceptions). Unwind looks the raising instruction up; when no range holds it, the
// frame is left, the instruction of the caller that waited becomes the raising one, and so on down
// to the entry frame of this run of the interpreter.
#include <algorithm>

#include "bytecode/code_data.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/function.h"
#include "vm/calls.h"
#include "vm/generators.h"
#include "vm/slow.h"
#include "vm/special_methods.h"
#include "vm/tracing.h"

namespace gila::vm {
namespace {

const ExceptionEntry* FindHandler(const Code* code, uint32_t word) {
  const auto& table = code->data->exceptions;
  auto after =
      std::upper_bound(table.begin(), table.end(), word,
                       [](uint32_t w, const ExceptionEntry& entry) { return w < entry.start; });
  if (after == table.begin()) return nullptr;
  const ExceptionEntry& entry = *--after;
  return word < entry.end ? &entry : nullptr;
}

// Was it a __next__ that a for loop asked, and is there no more?
bool EndsLoop(Thread& thread, const uint64_t* pc) {
  return BaseOpcode(Instruction(LoadWord(pc)).opcode()) == Opcode::kForNext &&
         thread.ExceptionMatches(TypeId::kStopIteration);
}

// `__init__` returned: its value must be None, and the instance is what the call yields.
Step FinishInit(const CallSite& site, Value returned, Value instance) {
  if (returned.IsNone()) return site.Finish(instance);
  const std::string_view type = TypeNameOf(returned);
  site.thread.RaiseTypeError("__init__() should return None, not '%.*s'",
                             static_cast<int>(type.size()), type.data());
  return site.Fail();
}

}  // namespace

Step Unwind(Thread& thread, const uint64_t* pc, Value* registers, bool again) {
  while (true) {
    Code* code = CodeOf(registers);
    const uint32_t word = WordIndex(code, pc);
    PublishFrame(thread, pc, registers);
    if (!again) {
      NoteInTraceback(thread, registers, word, FindHandler(code, word) != nullptr);
      if (HasEvents(thread)) TraceException(thread, pc, registers);
    }
    again = false;
    if (const ExceptionEntry* entry = FindHandler(code, word); entry != nullptr) {
      registers[entry->reg] = thread.TakeException();
      return {code->words + entry->handler, registers};
    }
    if (HasEvents(thread)) TraceUnwound(thread, pc, registers);
    const uint64_t link = LinkOf(registers);
    if ((link & kFrameObserved) != 0) ForgetFrame(thread, pc, registers);
    if ((link & kFrameActivation) != 0) KeepCaught(thread, registers);
    --thread.depth;
    if ((link & kFrameGenerator) != 0) {
      Generator* generator = GeneratorOf(registers);
      FinishGenerator(thread, generator);
      ConvertStopIteration(thread, generator->kind);
    } else if (IsAwaitedFrame(registers)) {
      ConvertStopIteration(thread, kKindCoroutine);
    }
    if ((link & kFrameEntry) != 0) return Step::Leave(kError);
    pc = LinkPc(link);
    registers = CallerOf(registers);
    if ((link & kFrameValue) != 0 && EndsLoop(thread, pc)) {
      const Value stop = thread.exception;
      if (HasEvents(thread)) TraceException(thread, pc, registers);
      if (thread.exception != stop) continue;  // the trace function has raised another one
      thread.ClearException();
      return {pc + WordsOf(kOpForNext), registers};
    }
  }
}

Step UnwindSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  return Unwind(thread, pc, registers);
}

Step Deliver(Thread& thread, const uint64_t* pc, Value* registers, Value value) {
  const Instruction in(LoadWord(pc));
  switch (BaseOpcode(in.opcode())) {
    case Opcode::kCall:
    case Opcode::kCallMethod:
    case Opcode::kCallKw:
    case Opcode::kCallMethodKw:
    case Opcode::kCallEx:
    case Opcode::kSendAgain:
      registers[in.c()] = value;
      return {pc + WordsOf(in.opcode()), registers};
    default:
      return DeliverSpecial(thread, pc, registers, value);
  }
}

Step CallSite::Finish(Result<Value> value) const {
  if ((flags & kFrameEntry) != 0) return Step::Leave(value.raw());
  if (!value.ok()) return Unwind(thread, pc, registers);
  return StepIfAsked(thread, Deliver(thread, pc, registers, value.value()), false);
}

// Both kinds of return come here when the link has flags.
Step ReturnSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value value = BaseOpcode(slow.in.opcode()) == Opcode::kReturn ? slow.A() : kNone;
  const uint64_t link = LinkOf(registers);
  const CallSite site{thread, LinkPc(link), CallerOf(registers), link & kFrameFlagMask};
  if ((link & kFrameObserved) != 0) ForgetFrame(thread, pc, registers);
  --thread.depth;
  if ((link & kFrameGenerator) != 0) {
    FinishGenerator(thread, GeneratorOf(registers));
    thread.generator_returned = true;
    if ((link & kFrameEntry) != 0) return Step::Leave(value);
    return GeneratorReturned(thread, site.pc, site.registers, value);
  }
  if ((link & kFrameInit) != 0) return FinishInit(site, value, registers[kFrameOwner]);
  return site.Finish(value);
}
Step ReturnNoneSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  return ReturnSlow(thread, pc, registers);
}

}  // namespace gila::vm
