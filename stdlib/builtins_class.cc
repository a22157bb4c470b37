// builtins_class.cc: __build_class__: what a class statement does around its body.
#include <algorithm>
#include <string>

#include "bytecode/code_data.h"
#include "runtime/call.h"
#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/type_internal.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "stdlib/builtins.h"

namespace gila {

namespace {

// Bases that are no classes may name others to stand for them: __mro_entries__. The same tuple
// when there are none.
Result<Tuple*> ResolveBases(Thread& thread, Tuple* bases) {
  List* resolved = nullptr;
  for (int64_t i = 0; i < bases->length; ++i) {
    const Value base = bases->At(i);
    Value entries = kUnbound;
    if (!IsType(base)) {
      GILA_TRY(entries, GetAttrOrUnbound(thread, base, NameOf(Name::kMroEntries)));
    }
    if (entries.IsUnbound()) {
      if (resolved != nullptr) GILA_TRY_VOID(ListAppend(thread, resolved, base));
      continue;
    }
    GILA_TRY(const Value replacement, Call(thread, entries, {bases}));
    if (!IsTuple(replacement)) {
      return thread.RaiseTypeError("__mro_entries__ must return a tuple");
    }
    if (resolved == nullptr) {
      GILA_TRY(resolved, NewList(thread));
      for (int64_t j = 0; j < i; ++j) GILA_TRY_VOID(ListAppend(thread, resolved, bases->At(j)));
    }
    GILA_TRY_VOID(ListExtend(thread, resolved, replacement));
  }
  return resolved == nullptr ? Result<Tuple*>(bases) : ListToTuple(thread, resolved);
}

// The class keyword `metaclass`, or the metaclass of the first base.
Result<Value> ChooseMetaclass(Thread& thread, Tuple* bases, Dict* keywords) {
  Value metaclass = kUnbound;
  if (keywords != nullptr) {
    GILA_TRY(metaclass, DictPop(thread, keywords, NameOf(Name::kMetaclass)));
  }
  if (metaclass.IsUnbound()) {
    metaclass = bases->length == 0 ? GetType(TypeId::kType) : TypeOf(bases->At(0));
  }
  if (!IsType(metaclass)) return metaclass;  // any callable will do
  return CalculateMetaclass(thread, metaclass.As<Type>(), bases);
}

Result<Value> PrepareNamespace(Thread& thread, Value metaclass, Value name, Tuple* bases,
                               Dict* keywords) {
  if (metaclass == Value(GetType(TypeId::kType))) return NewDict(thread);
  GILA_TRY(const Value prepare, GetAttrOrUnbound(thread, metaclass, NameOf(Special::kPrepare)));
  if (prepare.IsUnbound()) return NewDict(thread);
  const Value pair[] = {name, bases};
  GILA_TRY(Tuple* const args, NewTuple(thread, pair));
  GILA_TRY(const Value prepared,
           CallWith(thread, prepare, args, keywords == nullptr ? kUnbound : Value(keywords)));
  const bool mapping =
      IsDict(prepared) || !LookupSpecial(thread, TypeOf(prepared), Special::kGetItem).IsUnbound();
  if (!mapping) {
    const std::string given(TypeNameOf(prepared));
    const std::string meta_name =
        IsType(metaclass) ? std::string(TypeName(metaclass.As<Type>())) : "<metaclass>";
    return thread.RaiseTypeError("%s.__prepare__() must return a mapping, not %s",
                                 meta_name.c_str(), given.c_str());
  }
  return prepared;
}

// type.__new__ fills the cell that super() and __class__ read; a metaclass that did not hand it on
// is a mistake.
Status CheckClassCell(Thread& thread, Value cell, Value cls, Value name) {
  if (!IsKind(cell, kKindCell) || !IsType(cls)) return kOk;
  const Value content = cell.As<Cell>()->value.Load();
  if (content == cls) return kOk;
  GILA_TRY(Str* const name_shown, Repr(thread, name));
  GILA_TRY(Str* const class_shown, Repr(thread, cls));
  if (content.IsUnbound()) {
    return thread.RaiseFormat(
        TypeId::kRuntimeError,
        "__class__ not set defining %s as %s. Was __classcell__ propagated to type.__new__?",
        ToUtf8(name_shown).c_str(), ToUtf8(class_shown).c_str());
  }
  GILA_TRY(Str* const content_shown, Repr(thread, content));
  return thread.RaiseTypeError("__class__ set to %s defining %s as %s",
                               ToUtf8(content_shown).c_str(), ToUtf8(name_shown).c_str(),
                               ToUtf8(class_shown).c_str());
}

// Room for the attributes that the methods of the body assign, beyond those of the bases.
void ReserveFor(Thread& thread, Value cls, const Code* body) {
  if (!IsType(cls)) return;
  Type* const type = cls.As<Type>();
  const Shape* root = type->root.Load();
  const int inherited = root->inline_capacity - root->member_count;
  ReserveAttributes(thread, type, inherited + body->data->attribute_guess);
}

struct ClassStatement {
  Thread& thread;
  Function* body;
  Value name;
  Tuple* original_bases;
  Dict* keywords;  // null: none

  Result<Value> Run() {
    GILA_TRY(Tuple* const bases, ResolveBases(thread, original_bases));
    GILA_TRY(const Value metaclass, ChooseMetaclass(thread, bases, keywords));
    GILA_TRY(const Value name_space, PrepareNamespace(thread, metaclass, name, bases, keywords));
    Tuple* const closure = body->closure.Load();
    GILA_TRY(const Value cell, RunCode(thread, body->code.Load(), body->globals.Load(), name_space,
                                       closure == nullptr ? kUnbound : Value(closure)));
    if (bases != original_bases) {
      GILA_TRY_VOID(SetItem(thread, name_space, Intern(thread, "__orig_bases__"), original_bases));
    }
    GILA_TRY(const Value cls, Make(metaclass, bases, name_space));
    GILA_TRY_VOID(CheckClassCell(thread, cell, cls, name));
    ReserveFor(thread, cls, body->code.Load());
    return cls;
  }

  Result<Value> Make(Value metaclass, Tuple* bases, Value name_space) {
    const Value parts[] = {name, bases, name_space};
    if (keywords == nullptr) return Call(thread, metaclass, parts);
    GILA_TRY(Tuple* const args, NewTuple(thread, parts));
    return CallWith(thread, metaclass, args, keywords);
  }
};

// __build_class__(body, name, *bases, metaclass=..., **keywords)
Result<Value> BuildClass(Thread& thread, Args args) {
  const std::span<const Value> given = args.rest();
  if (given.size() < 2) return thread.RaiseTypeError("__build_class__: not enough arguments");
  if (!IsKind(given[0], kKindFunction)) {
    return thread.RaiseTypeError("__build_class__: func must be a function");
  }
  if (!IsStr(given[1])) return thread.RaiseTypeError("__build_class__: name is not a string");
  GILA_TRY(Tuple* const bases, NewTuple(thread, given.subspan(2)));
  Dict* const keywords = args.Has(0) ? args[0].As<Dict>() : nullptr;
  return ClassStatement{thread, given[0].As<Function>(), given[1], bases, keywords}.Run();
}

}  // namespace

const NativeDef kClassBuiltins[] = {
    {"__build_class__", BuildClass, "(*args, **kwargs)",
     "__build_class__(func, name, /, *bases, [metaclass], **kwds) -> class\n\nInternal helper "
     "function used by the class statement."},
    {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace gila
