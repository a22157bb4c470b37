// exception_group.cc: BaseExceptionGroup and ExceptionGroup (PEP 654). message is extra[0], the
// tuple of exceptions extra[1].
#include <cstddef>

#include "runtime/call.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/types/exception_internal.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {
namespace {

enum GroupField { kMessage, kMembers };

Tuple* MembersOf(Value group) { return group.As<Exception>()->extra[kMembers].Load().As<Tuple>(); }
bool IsGroup(Value v) { return IsInstanceOf(v, TypeId::kBaseExceptionGroup); }

// Which class an ExceptionGroup(...) call gives: a BaseExceptionGroup of plain Exceptions is an
// ExceptionGroup.
Result<Type*> ChooseClass(Thread& thread, Type* type, Tuple* members) {
  bool all_plain = true;
  for (int64_t i = 0; i < members->length; ++i) {
    if (!IsException(members->At(i))) {
      return thread.RaiseValueError("Item %lld of second argument (exceptions) is not an exception",
                                    static_cast<long long>(i));
    }
    all_plain &= IsInstanceOf(members->At(i), TypeId::kException);
  }
  if (type == GetType(TypeId::kBaseExceptionGroup))
    return all_plain ? GetType(TypeId::kExceptionGroup) : type;
  if (all_plain || !IsSubtype(type, GetType(TypeId::kException))) return type;
  if (type == GetType(TypeId::kExceptionGroup)) {
    return thread.RaiseTypeError("Cannot nest BaseExceptions in an ExceptionGroup");
  }
  const std::string name(TypeName(type));
  return thread.RaiseTypeError("Cannot nest BaseExceptions in '%s'", name.c_str());
}

Result<Value> GroupNew(Thread& thread, Args args) {
  const std::span<const Value> given = args.rest();
  if (given.size() != 2) {
    return thread.RaiseTypeError(
        "BaseExceptionGroup.__new__() takes exactly 2 arguments (%zu given)", given.size());
  }
  if (!IsStr(given[0])) {
    const std::string name(TypeNameOf(given[0]));
    return thread.RaiseTypeError("BaseExceptionGroup.__new__() argument 1 must be str, not %s",
                                 name.c_str());
  }
  if (!IsList(given[1]) && !IsTuple(given[1]) &&
      LookupSpecial(thread, TypeOf(given[1]), Special::kGetItem).IsUnbound()) {
    return thread.RaiseTypeError("second argument (exceptions) must be a sequence");
  }
  GILA_TRY(Tuple * members, ToTuple(thread, given[1]));
  if (members->length == 0) {
    return thread.RaiseValueError("second argument (exceptions) must be a non-empty sequence");
  }
  GILA_TRY(Type * type, ChooseClass(thread, args[0].As<Type>(), members));
  GILA_TRY(Exception * group, NewExceptionInstance(thread, type, given));
  group->extra[kMessage].Store(group, given[0]);
  group->extra[kMembers].Store(group, members);
  return group;
}

// The instance's own arguments stand since __new__; keywords are for __init__ of subclasses.
Result<Value> GroupInit(Thread&, Args) { return kNone; }

Result<Value> GroupStr(Thread& thread, Args args) {
  const int64_t count = MembersOf(args[0])->length;
  GILA_TRY(Str * message, ToStr(thread, args[0].As<Exception>()->extra[kMessage].Load()));
  return NewStr(thread, ToUtf8(message) + " (" + std::to_string(count) + " sub-exception" +
                            (count > 1 ? "s)" : ")"));
}

Result<Value> Derive(Thread& thread, Args args) {
  return Call(thread, reinterpret_cast<Object*>(GetType(TypeId::kBaseExceptionGroup)),
              {args[0].As<Exception>()->extra[kMessage].Load(), args[1]});
}

// self.derive(members), with the traceback, causes and notes of self.
Result<Value> DeriveLike(Thread& thread, Value self, List* members) {
  if (members->size.Load() == 0) return kNone;
  GILA_TRY(const Value made, CallMethod(thread, self, Intern(thread, "derive"), {members}));
  if (!IsGroup(made))
    return thread.RaiseTypeError("derive must return an instance of BaseExceptionGroup");
  auto* from = self.As<Exception>();
  auto* to = made.As<Exception>();
  to->traceback.Store(to, from->traceback.Load());
  to->context.Store(to, from->context.Load());
  to->cause.Store(to, from->cause.Load());
  to->suppress_context.Store(from->suppress_context.Load());
  GILA_TRY(const Value notes, GetAttrOrUnbound(thread, self, NameOf(Name::kNotes)));
  if (!notes.IsUnbound() && IsList(notes)) {
    GILA_TRY(List * copy, ToList(thread, notes));
    GILA_TRY_VOID(SetAttr(thread, made, NameOf(Name::kNotes), copy));
  }
  return made;
}

// What decides: a class or tuple of classes, or a function.
struct Condition {
  Value what;
  bool by_class;
};

Result<Condition> ParseCondition(Thread& thread, Value v) {
  const auto is_exception_class = [](Value c) {
    return IsKind(c, kKindType) && IsSubtype(c.As<Type>(), GetType(TypeId::kBaseException));
  };
  bool by_class = is_exception_class(v);
  if (IsTuple(v)) {
    by_class = true;
    for (int64_t i = 0; i < v.As<Tuple>()->length; ++i)
      by_class &= is_exception_class(v.As<Tuple>()->At(i));
  }
  if (!by_class && (IsKind(v, kKindType) || !IsCallable(v))) {
    return thread.RaiseTypeError("expected a function, exception type or tuple of exception types");
  }
  return Condition{v, by_class};
}

Result<bool> Holds(Thread& thread, const Condition& condition, Value exception) {
  if (condition.by_class) return IsInstance(thread, exception, condition.what);
  GILA_TRY(const Value answer, Call(thread, condition.what, {exception}));
  return Truth(thread, answer);
}

struct Halves {
  Value matching, rest;
};

Result<Halves> SplitException(Thread& thread, Value exception, const Condition& condition,
                              bool want_rest) {
  RecursionScope scope(thread, " in exceptiongroup_split_recursive");
  GILA_TRY_VOID(scope.status());
  GILA_TRY(const bool whole, Holds(thread, condition, exception));
  if (whole) return Halves{exception, kNone};
  if (!IsGroup(exception)) return Halves{kNone, exception};
  GILA_TRY(List * matching, NewList(thread));
  GILA_TRY(List * rest, NewList(thread));
  Tuple* members = MembersOf(exception);
  for (int64_t i = 0; i < members->length; ++i) {
    GILA_TRY(const Halves halves, SplitException(thread, members->At(i), condition, want_rest));
    if (!halves.matching.IsNone()) GILA_TRY_VOID(ListAppend(thread, matching, halves.matching));
    if (!halves.rest.IsNone()) GILA_TRY_VOID(ListAppend(thread, rest, halves.rest));
  }
  Halves result{kNone, kNone};
  GILA_TRY(result.matching, DeriveLike(thread, exception, matching));
  if (want_rest) {
    GILA_TRY(result.rest, DeriveLike(thread, exception, rest));
  }
  return result;
}

Result<Value> Split(Thread& thread, Args args) {
  GILA_TRY(const Condition condition, ParseCondition(thread, args[1]));
  GILA_TRY(const Halves halves, SplitException(thread, args[0], condition, true));
  const Value pair[] = {halves.matching, halves.rest};
  return NewTuple(thread, pair);
}

Result<Value> Subgroup(Thread& thread, Args args) {
  GILA_TRY(const Condition condition, ParseCondition(thread, args[1]));
  GILA_TRY(const Halves halves, SplitException(thread, args[0], condition, false));
  return halves.matching;
}

Result<Value> GetMessage(Thread&, Value self) {
  return self.As<Exception>()->extra[kMessage].Load();
}
Result<Value> GetMembers(Thread&, Value self) {
  return self.As<Exception>()->extra[kMembers].Load();
}

const NativeDef kMethods[] = {
    {"__init__", GroupInit, "(self, *args, **kwargs)", "Initialize self."},
    {"__str__", GroupStr, "(self, /)", "Return str(self)."},
    {"derive", Derive, "(self, excs, /)", "A group of other exceptions with this one's message."},
    {"split", Split, "(self, condition, /)", "The part that matches the condition and the rest."},
    {"subgroup", Subgroup, "(self, condition, /)", "The part that matches the condition."},
    {"__class_getitem__", ClassGetItem, "@classmethod(cls, item, /)", "See PEP 585"},
    {nullptr, nullptr, nullptr, nullptr}};
const GetSetDef kFields[] = {{"message", GetMessage, nullptr, "exception message"},
                             {"exceptions", GetMembers, nullptr, "nested exceptions"},
                             {nullptr, nullptr, nullptr, nullptr}};

}  // namespace

extern const TypeSpec kBaseExceptionGroupSpec;
const TypeSpec kBaseExceptionGroupSpec = {
    .doc = "A combination of multiple unrelated exceptions.",
    .new_function = GroupNew,
    .new_signature = "(cls, *args, **kwargs)",
    .methods = kMethods,
    .getsets = kFields,
    .native_size = offsetof(Exception, attributes),
    .kind_info = &kExceptionKindInfo,
};

}  // namespace gila
