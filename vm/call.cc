// call.cc: runtime/call.h: how native code calls Gila code, and what it may ask about the code that
// runs.
//
// The window of such a call lies above everything published (thread.stack_top), its frame is an
// entry frame, and a run of the interpreter of its own ends when that frame is left.
#include "runtime/call.h"

#include <algorithm>

#include "bytecode/code_data.h"
#include "runtime/native_stack.h"
#include "runtime/protocols.h"
#include "runtime/protocols/special_call.h"
#include "runtime/threads/attach.h"
#include "runtime/types/code_internal.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "vm/attribute_cache.h"
#include "vm/calls.h"
#include "vm/inline_cache.h"
#include "vm/opcode_tables.h"
#include "vm/tracing.h"

namespace gila {

using vm::NativeEntry;

namespace {

constexpr const char* kCalling = " while calling a Python object";

constexpr size_t kFewArguments = 8;

// Arguments of a native, copied to where the collector sees them. One or two are the rule.
GILA_ALWAYS_INLINE void CopyFew(std::span<const Value> args, Value* on_stack) {
  if (args.size() > 2) {
    std::copy(args.begin(), args.end(), on_stack);
    return;
  }
  if (!args.empty()) on_stack[0] = args.front();
  if (args.size() == 2) on_stack[1] = args.back();
}

// Opens a window with room for `count` arguments; null when the stack ends.
Value* OpenWindow(Thread& thread, Value callable, size_t count) {
  Value* window = thread.stack_top;
  if (!CheckNativeStack(thread, kCalling).ok() ||
      !vm::CheckStack(thread, window, 2 * count + 64).ok())
    return nullptr;
  window[0] = callable;
  window[1] = window[2] = window[3] = Value();
  return window;
}

Result<Value> RunWindow(Thread& thread, const NativeEntry& entry, Value* window, size_t count,
                        Value kwnames) {
  return vm::Interpret(thread, vm::CallWindow(entry.site(), window, count, kwnames));
}

}  // namespace

Result<Value> Call(Thread& thread, Value callable, std::span<const Value> args, Value kwnames) {
  // A native needs no window: map(len, ...), sorted(key=str.lower).
  if ((IsKind(callable, kKindNativeFunction) || IsKind(callable, kKindMethodDescriptor) ||
       IsKind(callable, kKindSlotWrapper)) &&
      args.size() <= kFewArguments) {
    GILA_TRY_VOID(CheckNativeStack(thread, kCalling));
    Value on_stack[kFewArguments];
    CopyFew(args, on_stack);
    if (const auto* const native = callable.As<NativeFunction>();
        native->fixed_arity == static_cast<int>(args.size()) && native->Is(kKindNativeFunction) &&
        kwnames.IsUnbound()) {
      const auto count = static_cast<uint32_t>(args.size());
      return native->function(thread, Args(on_stack, count, count));
    }
    return CallNative(thread, callable.As<NativeFunction>(), on_stack, args.size(), kwnames);
  }
  if (!IsKind(callable, kKindFunction) && kwnames.IsUnbound() && args.size() <= kFewArguments) {
    GILA_TRY_VOID(CheckNativeStack(thread, kCalling));
    Value on_stack[kFewArguments];
    CopyFew(args, on_stack);
    const Result<Value> result = CallDirect(thread, callable, on_stack, args.size());
    if (result.raw() != kUnbound) return result;
  }
  NativeEntry entry(thread);
  Value* window = OpenWindow(thread, callable, args.size());
  if (window == nullptr) return kFailed;
  std::copy(args.begin(), args.end(), window + vm::kFrameHeader);
  return RunWindow(thread, entry, window, args.size(), kwnames);
}

Result<Value> CallWith(Thread& thread, Value callable, Value args_tuple, Value kwargs_dict) {
  NativeEntry entry(thread);
  const Tuple* positional = args_tuple.As<Tuple>();
  const bool has_keywords = IsDict(kwargs_dict) && kwargs_dict.As<Dict>()->size.Load() != 0;
  const int64_t keyword_count = has_keywords ? kwargs_dict.As<Dict>()->size.Load() : 0;
  size_t count = static_cast<size_t>(positional->length);
  Value* window = OpenWindow(thread, callable, count + static_cast<size_t>(keyword_count));
  if (window == nullptr) return kFailed;
  Value* args = window + vm::kFrameHeader;
  for (size_t i = 0; i < count; ++i) args[i] = positional->At(static_cast<int64_t>(i));
  if (!has_keywords) return RunWindow(thread, entry, window, count, kUnbound);
  thread.stack_top = args + count;
  GILA_TRY(List * names, NewListReserved(thread, keyword_count));
  int64_t position = 0;
  Value key, value;
  while (names->size.Load() < keyword_count &&
         DictNext(kwargs_dict.As<Dict>(), &position, &key, &value)) {
    if (!IsStr(key)) return thread.RaiseTypeError("keywords must be strings");
    args[count++] = value;
    thread.stack_top = args + count;
    GILA_TRY_VOID(ListAppend(thread, names, key));
  }
  GILA_TRY(Tuple * kwnames, ListToTuple(thread, names));
  return RunWindow(thread, entry, window, count, Value(kwnames));
}

Result<Value> CallMethod(Thread& thread, Value receiver, Value interned_name,
                         std::span<const Value> args) {
  Value function;
  GILA_TRY(const bool is_method, LookupMethod(thread, receiver, interned_name, &function));
  if (!is_method) return Call(thread, function, args);
  NativeEntry entry(thread);
  Value* window = OpenWindow(thread, function, args.size() + 1);
  if (window == nullptr) return kFailed;
  window[vm::kFrameHeader] = receiver;
  std::copy(args.begin(), args.end(), window + vm::kFrameHeader + 1);
  return RunWindow(thread, entry, window, args.size() + 1, kUnbound);
}

Result<Value> RunCode(Thread& thread, Code* code, Dict* globals, Value locals, Value closure) {
  GILA_TRY(Function * function, NewFunction(thread, code, globals));
  if (IsTuple(closure)) function->closure.Store(function, closure.As<Tuple>());
  NativeEntry entry(thread);
  Value* window = OpenWindow(thread, function, 0);
  if (window == nullptr) return kFailed;
  const vm::Step step = vm::CallWindow(entry.site(), window, 0, kUnbound);
  if (step.pc != nullptr && (code->code_flags & kCodeOptimized) == 0)
    step.registers[0] = locals == Value(globals) ? kUnbound : locals;
  return vm::Interpret(thread, step);
}

// --- the code that runs ---

Dict* CurrentGlobals(Thread& thread) {
  return thread.registers == nullptr ? nullptr : vm::FunctionOf(thread.registers)->globals.Load();
}

namespace {

// Variables of a frame by name: locals, cells and the closure. Without fast locals: the namespace
// itself.
Status AddVariable(Thread& thread, Dict* dict, const std::string& name, Value value) {
  if (CastOrNull<Cell>(value) != nullptr) value = value.As<Cell>()->value.Load();
  if (!value.IsUnbound()) return DictSet(thread, dict, Intern(thread, name), value);
  if (dict->size.Load() != 0) GILA_TRY_VOID(DictPop(thread, dict, Intern(thread, name)));
  return kOk;
}

}  // namespace

Result<Value> vm::LocalsOf(Thread& thread, Value* registers, Dict* known) {
  return LocalsIn(thread, CodeOf(registers), FunctionOf(registers), registers, known);
}

Result<Value> vm::LocalsIn(Thread& thread, const Code* code, const Function* function,
                           const Value* registers, Dict* known) {
  if ((code->code_flags & kCodeOptimized) == 0)
    return registers[0].IsUnbound() ? Value(function->globals.Load()) : registers[0];
  Dict* dict = known;
  if (dict == nullptr) {
    GILA_TRY(dict, NewDict(thread));
  }
  const CodeData& data = *code->data;
  for (size_t i = 0; i < data.local_names.size(); ++i) {
    // Names such as `.0` of comprehensions are no variables.
    if (data.local_names[i][0] != '.')
      GILA_TRY_VOID(AddVariable(thread, dict, data.local_names[i], registers[i]));
  }
  for (size_t i = 0; i < data.cell_names.size(); ++i) {
    if (data.cell_registers[i] >= data.local_names.size())
      GILA_TRY_VOID(
          AddVariable(thread, dict, data.cell_names[i], registers[data.cell_registers[i]]));
  }
  const Tuple* closure = function->closure.Load();
  for (size_t i = 0; closure != nullptr && i < data.free_names.size(); ++i)
    GILA_TRY_VOID(
        AddVariable(thread, dict, data.free_names[i], closure->At(static_cast<int64_t>(i))));
  return Value(dict);
}

Result<Value> CurrentLocals(Thread& thread) {
  if (thread.registers == nullptr)
    return thread.RaiseFormat(TypeId::kSystemError, "frame does not exist");
  const Code* code = vm::CodeOf(thread.registers);
  if ((code->code_flags & kCodeOptimized) == 0) return vm::LocalsOf(thread, thread.registers);
  GILA_TRY(Frame * frame, vm::Observe(thread, thread.pc, thread.registers));
  return FrameLocals(thread, frame);
}

Status CurrentSuperArguments(Thread& thread, Value* cls, Value* self) {
  const auto fail = [&](const char* why) {
    return thread.RaiseFormat(TypeId::kRuntimeError, "super(): %s", why);
  };
  const Value* registers = thread.registers;
  if (registers == nullptr) return fail("no current frame");
  const Code* code = vm::CodeOf(registers);
  if (code->positional_count == 0) return fail("no arguments");
  *self = registers[0];
  if (const Cell* cell = CastOrNull<Cell>(*self); cell != nullptr) {
    const auto& cells = code->data->cell_registers;
    if (std::find(cells.begin(), cells.end(), 0) != cells.end()) *self = cell->value.Load();
  }
  if (self->IsUnbound()) return fail("arg[0] deleted");
  const auto& free_names = code->data->free_names;
  const auto found = std::find(free_names.begin(), free_names.end(), "__class__");
  if (found == free_names.end()) return fail("__class__ cell not found");
  *cls =
      vm::FunctionOf(registers)->closure->At(found - free_names.begin()).As<Cell>()->value.Load();
  if (cls->IsUnbound()) return fail("empty __class__ cell");
  if (!IsKind(*cls, kKindType)) {
    const std::string type(TypeNameOf(*cls));
    return thread.RaiseFormat(TypeId::kRuntimeError, "super(): __class__ is not a type (%s)",
                              type.c_str());
  }
  return kOk;
}

// --- inline caches ---

namespace {

template <class Visit>
void ForEachInstruction(const Code* code, Visit visit) {
  for (uint32_t i = 0; i < code->word_count;) {
    const uint16_t opcode = Instruction(vm::LoadWord(code->words + i)).opcode();
    visit(code->words + i, opcode);
    i += static_cast<uint32_t>(vm::WordsOf(opcode));
  }
}

void TraceCaches(Code* code, Marker& marker) {
  ForEachInstruction(code, [&](const uint64_t* at, uint16_t opcode) {
    for (int i = 1; i < vm::WordsOf(opcode); ++i) {
      const uint64_t cache = vm::LoadWord(at + i);
      if (vm::CacheHoldsCell(cache)) marker.Mark(vm::CellOf(cache));
    }
  });
}

const bool registered = (trace_inline_caches = TraceCaches, true);

void ForgetCaches(Object* object, void*) {
  if (object->kind != kKindCode) return;
  const Code* code = static_cast<Code*>(object);
  if (code->words == nullptr) return;
  ForEachInstruction(code, [](const uint64_t* at, uint16_t opcode) {
    for (int i = 1; i < vm::WordsOf(opcode); ++i) vm::StoreWord(at + i, 0);
    vm::SpecialiseOpcode(at, static_cast<uint16_t>(vm::BaseOpcode(opcode)));
  });
}

}  // namespace

void InvalidateAllInlineCaches(Thread& thread) {
  static_cast<void>(registered);
  StopTheWorld stopped(thread);
  vm::ForgetPlaces();
  heap::ForEachObject(ForgetCaches, nullptr);
}

}  // namespace gila
