// slow_names.cc: names that are not cached yet, and the errors of variables without a value.
#include <string>

#include "bytecode/code_data.h"
#include "runtime/protocols.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "vm/inline_cache.h"
#include "vm/slow.h"

namespace gila::vm {
namespace {

// NameError (or a subclass) with its `name`.
Failed RaiseNameError(Thread& thread, TypeId type, const char* format, Value name) {
  const std::string text = ToUtf8(name);
  thread.RaiseFormat(type, format, text.c_str());
  if (type == TypeId::kNameError && IsException(thread.exception)) {
    Exception* error = thread.exception.As<Exception>();
    error->extra[0].Store(error, name);
  }
  return kFailed;
}
Failed RaiseNotDefined(Thread& thread, Value name) {
  return RaiseNameError(thread, TypeId::kNameError, "name '%s' is not defined", name);
}

// The name of the variable in a register: cells first, for a class body has cells that are no
// locals.
std::string NameOfRegister(const Code* code, uint16_t index) {
  const CodeData& data = *code->data;
  for (size_t i = 0; i < data.cell_registers.size(); ++i) {
    if (data.cell_registers[i] == index) return data.cell_names[i];
  }
  return index < data.local_names.size() ? data.local_names[index] : "?";
}

Step RaiseUnboundLocal(const Slow& slow, uint16_t index) {
  slow.thread.RaiseFormat(
      TypeId::kUnboundLocalError,
      "cannot access local variable '%s' where it is not associated with a value",
      NameOfRegister(slow.code, index).c_str());
  return slow.Fail();
}

Value FreeName(const Slow& slow, uint16_t index) {
  return slow.code->free_names.Load().As<Tuple>()->At(index);
}
Step RaiseEmptyFree(const Slow& slow, uint16_t index) {
  RaiseNameError(
      slow.thread, TypeId::kNameError,
      "cannot access free variable '%s' where it is not associated with a value in enclosing scope",
      FreeName(slow, index));
  return slow.Fail();
}

// namespace[name], where the namespace of a class body or of exec may be any mapping; unbound when
// there is none.
Result<Value> NamespaceGet(Thread& thread, Value name_space, Value name) {
  if (IsExactly(name_space, TypeId::kDict)) return DictGetInterned(name_space.As<Dict>(), name);
  const Result<Value> found = GetItem(thread, name_space, name);
  if (found.ok() || !thread.ExceptionMatches(TypeId::kKeyError)) return found;
  thread.ClearException();
  return kUnbound;
}

uint64_t NameCache(Thread& thread, Dict* dict, int64_t index, CacheTag tag) {
  const uint32_t version = DictKeysVersion(thread, dict);
  return version < kGuardLimit ? MakeCache(version, tag, static_cast<uint32_t>(index)) : 0;
}

// A builtin where the program put something of its own in place of the dictionary of builtins: its
// __getitem__ is asked, which may not be there at all (`{'__builtins__': 123}`).
Result<Value> FindInBuiltins(const Slow& slow, Value name) {
  const Value given = DictGetInterned(slow.function()->globals.Load(), NameOf(Name::kBuiltins));
  if (given.IsUnbound() || IsExactly(given, TypeId::kDict) || IsKind(given, kKindModule))
    return DictGetInterned(slow.function()->builtins.Load(), name);
  return NamespaceGet(slow.thread, given, name);
}

// The global or builtin, cached when its dictionaries allow; unbound when there is none.
Result<Value> FindGlobal(const Slow& slow, Value name, uint16_t cached_opcode) {
  Dict* globals = slow.function()->globals.Load();
  Dict* builtins = slow.function()->builtins.Load();
  if (!IsExactly(globals, TypeId::kDict)) {
    GILA_TRY(const Value found, NamespaceGet(slow.thread, globals, name));
    return found.IsUnbound() ? FindInBuiltins(slow, name) : found;
  }
  int64_t index = DictEntryIndex(globals, name);
  if (index >= 0) {
    if (const uint64_t cache = NameCache(slow.thread, globals, index, kTagNames); cache != 0)
      Specialise(slow.pc, cached_opcode, slow.registers, cache);
    return DictGetInterned(globals, name);
  }
  index = DictEntryIndex(builtins, name);
  // Builtins may be any dictionary the program put there, with keys that only compare equal.
  if (index < 0 || !IsExactly(builtins, TypeId::kDict)) return FindInBuiltins(slow, name);
  const uint64_t absent = NameCache(slow.thread, globals, kAbsent, kTagNames);
  const uint64_t cache = NameCache(slow.thread, builtins, index, kTagBuiltins);
  if (absent != 0 && cache != 0) {
    StoreWord(slow.pc + 2, cache);
    Specialise(slow.pc, cached_opcode, slow.registers, absent);
  }
  return DictGetInterned(builtins, name);
}

Step LoadFound(const Slow& slow, Result<Value> found, Value name) {
  if (found.ok() && found.value().IsUnbound()) found = RaiseNotDefined(slow.thread, name);
  return slow.Store(found);
}

Step StoreInGlobals(const Slow& slow, Value name, uint16_t cached_opcode) {
  Dict* globals = slow.function()->globals.Load();
  const int64_t index = DictEntryIndex(globals, name);
  if (!DictSet(slow.thread, globals, name, slow.A()).ok()) return slow.Fail();
  // A name that is new makes a new set of keys; only the second store is worth a cache.
  if (index >= 0 && DictEntryIndex(globals, name) == index) {
    if (const uint64_t cache = NameCache(slow.thread, globals, index, kTagNames); cache != 0)
      Specialise(slow.pc, cached_opcode, slow.registers, cache);
  }
  return slow.Next();
}

Step DeleteFromDict(const Slow& slow, Dict* dict, Value name) {
  const Result<Value> old = DictPop(slow.thread, dict, name);
  if (!old.ok()) return slow.Fail();
  if (!old.value().IsUnbound()) return slow.Next();
  RaiseNotDefined(slow.thread, name);
  return slow.Fail();
}

}  // namespace

Step UnboundLocalSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  return RaiseUnboundLocal(slow, slow.in.a());
}
Step EmptyCellSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  return RaiseUnboundLocal(slow, slow.in.opcode() == kOpDelCell ? slow.in.a() : slow.in.b());
}
Step EmptyFreeSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  return RaiseEmptyFree(slow, slow.in.opcode() == kOpDelFree ? slow.in.a() : slow.in.b());
}

Step MakeCellSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  return slow.Store(NewCell(thread, slow.A()));
}

Step LoadClassFreeSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Result<Value> found = NamespaceGet(thread, registers[0], FreeName(slow, slow.in.b()));
  if (!found.ok()) return slow.Fail();
  Value value = found.value();
  if (value.IsUnbound()) value = slow.function()->closure->At(slow.in.b()).As<Cell>()->value.Load();
  if (value.IsUnbound()) return RaiseEmptyFree(slow, slow.in.b());
  return slow.Store(value);
}

Step LoadGlobalSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  return LoadFound(slow, FindGlobal(slow, slow.NameBc(), kOpLoadGlobalCached), slow.NameBc());
}
Step StoreGlobalSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  return StoreInGlobals(slow, slow.NameBc(), kOpStoreGlobalCached);
}
Step DelGlobalSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  return DeleteFromDict(slow, slow.function()->globals.Load(), slow.NameBc());
}

Step LoadNameSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value name = slow.NameBc();
  if (registers[0].IsUnbound())
    return LoadFound(slow, FindGlobal(slow, name, kOpLoadNameCached), name);
  Result<Value> found = NamespaceGet(thread, registers[0], name);
  if (found.ok() && found.value().IsUnbound())
    found = DictGetInterned(slow.function()->globals.Load(), name);
  if (found.ok() && found.value().IsUnbound()) found = FindInBuiltins(slow, name);
  return LoadFound(slow, found, name);
}
Step StoreNameSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value name = slow.NameBc(), name_space = registers[0];
  if (name_space.IsUnbound()) {
    Dict* const globals = slow.function()->globals.Load();
    if (IsExactly(globals, TypeId::kDict)) return StoreInGlobals(slow, name, kOpStoreNameCached);
    return slow.Done(SetItem(thread, globals, name, slow.A()));
  }
  if (IsExactly(name_space, TypeId::kDict))
    return slow.Done(DictSet(thread, name_space.As<Dict>(), name, slow.A()));
  return slow.Done(SetItem(thread, name_space, name, slow.A()));
}
Step DelNameSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value name = slow.NameBc(), name_space = registers[0];
  if (name_space.IsUnbound()) return DeleteFromDict(slow, slow.function()->globals.Load(), name);
  if (IsExactly(name_space, TypeId::kDict))
    return DeleteFromDict(slow, name_space.As<Dict>(), name);
  const Status status = DelItem(thread, name_space, name);
  if (!status.ok() && thread.ExceptionMatches(TypeId::kKeyError)) {
    thread.ClearException();
    RaiseNotDefined(thread, name);
  }
  return slow.Done(status);
}

Step LoadBuildClassSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Result<Value> found = FindInBuiltins(slow, NameOf(Name::kBuildClass));
  if (!found.ok()) return slow.Fail();
  if (!found.value().IsUnbound()) return slow.Store(found);
  thread.Raise(TypeId::kNameError, "__build_class__ not found");
  return slow.Fail();
}
Step LoadAssertionErrorSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  return Slow(thread, pc, registers).Store(Value(GetType(TypeId::kAssertionError)));
}

}  // namespace gila::vm
