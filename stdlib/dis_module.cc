// dis_module.cc: the module _dis: the instructions of a code object, as lib/dis.py shows them.
#include <string>

#include "bytecode/code_data.h"
#include "compiler/dump.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "vm/bytecode.h"
#include "vm/opcode_tables.h"

namespace gila {
namespace {

// A list of tuples (word, opcode, name, operands as text). The opcodes are the compiler's: what the
// interpreter has made of them since is not shown.
Result<Value> Instructions(Thread& thread, Args args) {
  if (!IsKind(args[0], kKindCode)) return thread.RaiseTypeError("a code object is required");
  const CodeData& code = *args[0].As<Code>()->data;
  GILA_TRY(List* const list, NewList(thread));
  for (uint32_t word = 0; word < code.words.size();) {
    const uint16_t opcode = Instruction(code.words[word]).opcode();
    GILA_TRY(Str* const operands, NewStr(thread, compiler::DumpOperands(code, word)));
    const Value fields[] = {Value::SmallInt(word), Value::SmallInt(opcode),
                            Intern(thread, vm::kAnyOpcodeName[opcode]), operands};
    GILA_TRY(Tuple* const tuple, NewTuple(thread, fields));
    GILA_TRY_VOID(ListAppend(thread, list, tuple));
    word += static_cast<uint32_t>(vm::WordsOf(opcode));
  }
  return list;
}

// The names of all opcodes, in the order of their numbers.
Result<Value> OpcodeNames(Thread& thread, Args) {
  GILA_TRY(List* const list, NewList(thread));
  for (const char* name : vm::kAnyOpcodeName) {
    GILA_TRY_VOID(ListAppend(thread, list, Intern(thread, name)));
  }
  return list;
}

// [(start, end, handler, register)] in words.
Result<Value> Handlers(Thread& thread, Args args) {
  if (!IsKind(args[0], kKindCode)) return thread.RaiseTypeError("a code object is required");
  GILA_TRY(List* const list, NewList(thread));
  for (const ExceptionEntry& entry : args[0].As<Code>()->data->exceptions) {
    const Value fields[] = {Value::SmallInt(entry.start), Value::SmallInt(entry.end),
                            Value::SmallInt(entry.handler), Value::SmallInt(entry.reg)};
    GILA_TRY(Tuple* const tuple, NewTuple(thread, fields));
    GILA_TRY_VOID(ListAppend(thread, list, tuple));
  }
  return list;
}

constexpr NativeDef kFunctions[] = {
    {"instructions", Instructions, "(code, /)",
     "The instructions of a code object: (word, opcode, name, operands)."},
    {"opcode_names", OpcodeNames, "()", "The names of all opcodes, in the order of their numbers."},
    {"handlers", Handlers, "(code, /)",
     "Where exceptions are handled: (start, end, handler, register)."},
    {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

Status InitDisModule(Thread& thread, Module* module) {
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila
