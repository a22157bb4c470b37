// slow_exceptions.cc: raising, matching and handling exceptions, and the steps of `except*`.
#include <unordered_set>

#include "runtime/heap/heap.h"
#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/types/exception.h"
#include "runtime/types/generator.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "vm/generators.h"
#include "vm/slow.h"

namespace gila::vm {
namespace {

bool IsExceptionClass(Value v) {
  return IsKind(v, kKindType) && IsSubtype(v.As<Type>(), GetType(TypeId::kBaseException));
}

// The cause of `raise ... from cause`: an instance, or None.
Result<Value> MakeCause(Thread& thread, Value cause) {
  if (IsExceptionClass(cause)) return Call(thread, cause, {});
  if (cause.IsNone() || IsException(cause)) return cause;
  return thread.RaiseTypeError("exception causes must derive from BaseException");
}

}  // namespace

Step RaiseSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  thread.RaiseObject(slow.A());
  return slow.Fail();
}

Step RaiseFromSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  thread.RaiseObject(slow.A());
  const Value raised = thread.TakeException();
  const Result<Value> cause = MakeCause(thread, slow.B());
  if (!cause.ok()) return slow.Fail();
  if (IsException(raised)) {
    Exception* error = raised.As<Exception>();
    error->cause.Store(error, cause.value());
    error->suppress_context.Store(1);
  }
  thread.exception = raised;
  return slow.Fail();
}

Step RaiseCurrentSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  if (thread.handled.IsUnbound()) {
    thread.Raise(TypeId::kRuntimeError, "No active exception to reraise");
    return slow.Fail();
  }
  thread.exception = thread.handled;
  return Unwind(thread, pc, registers, /*again=*/true);
}

Step ReraiseSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  thread.exception = slow.A();
  return Unwind(thread, pc, registers, /*again=*/true);
}

// Inside a generator "what was handled before" may be what its caller handles. That is another
// exception after each suspension, so it is written as kNotImplemented and looked up when the
// handler is left.
Step EnterHandlerSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  Value* place = &slow.A();
  place[1] = EnterOutermostHandler(thread, registers) ? kNotImplemented : thread.handled;
  thread.handled = place[0];
  return slow.Next();
}
Step LeaveHandlerSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value before = (&slow.A())[1];
  thread.handled = before == kNotImplemented ? LeaveOutermostHandler(registers) : before;
  return slow.Next();
}

namespace {

// Does the exception match the class, or one of the tuple (not nested)? TypeErrors for anything
// else.
Result<bool> Matches(Thread& thread, Value exception, Value classes) {
  constexpr const char* kNotAnException =
      "catching classes that do not inherit from BaseException is not allowed";
  Type* type = TypeOf(exception);
  if (IsTuple(classes)) {
    const Tuple* tuple = classes.As<Tuple>();
    for (int64_t i = 0; i < tuple->length; ++i) {
      if (!IsExceptionClass(tuple->At(i))) return thread.RaiseTypeError(kNotAnException);
    }
    for (int64_t i = 0; i < tuple->length; ++i) {
      if (IsSubtype(type, tuple->At(i).As<Type>())) return true;
    }
    return false;
  }
  if (!IsExceptionClass(classes)) return thread.RaiseTypeError(kNotAnException);
  return IsSubtype(type, classes.As<Type>());
}

bool IsGroup(Value v) { return IsException(v) && IsInstanceOf(v, TypeId::kBaseExceptionGroup); }

bool NamesGroupClass(Value classes) {
  const auto is_group = [](Value v) {
    return IsKind(v, kKindType) && IsSubtype(v.As<Type>(), GetType(TypeId::kBaseExceptionGroup));
  };
  if (!IsTuple(classes)) return is_group(classes);
  for (int64_t i = 0; i < classes.As<Tuple>()->length; ++i) {
    if (is_group(classes.As<Tuple>()->At(i))) return true;
  }
  return false;
}

Result<Value> NewGroup(Thread& thread, Value message, Value exceptions) {
  return Call(thread, GetType(TypeId::kExceptionGroup), {message, exceptions});
}

}  // namespace

Step MatchExceptionSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  return slow.Store(Matches(thread, slow.B(), slow.C()));
}

Step MatchExceptionGroupSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value exception = slow.B(), classes = slow.C();
  Value* out = &slow.A();
  const Result<bool> matches =
      exception.IsNone() ? Result<bool>(false) : Matches(thread, exception, classes);
  if (!matches.ok()) return slow.Fail();
  if (NamesGroupClass(classes)) {
    thread.RaiseTypeError(
        "catching ExceptionGroup with except* is not allowed. Use except instead.");
    return slow.Fail();
  }
  if (exception.IsNone()) {
    out[0] = out[1] = kNone;
    return slow.Next();
  }
  if (matches.value() && !IsGroup(exception)) {
    // A naked exception is caught in a group of its own.
    const Result<Tuple*> alone = NewTuple(thread, std::span<const Value>(&exception, 1));
    if (!alone.ok()) return slow.Fail();
    const Result<Value> group = Call(thread, GetType(TypeId::kBaseExceptionGroup),
                                     {NameOf(Name::kEmpty), Value(alone.value())});
    if (!group.ok()) return slow.Fail();
    out[0] = group.value();
    out[1] = kNone;
    return slow.Next();
  }
  if (!IsGroup(exception)) {
    out[0] = kNone;
    out[1] = exception;
    return slow.Next();
  }
  const Result<Value> pair = CallMethod(thread, exception, Intern(thread, "split"), {classes});
  if (!pair.ok()) return slow.Fail();
  const Tuple* both = CastOrNull<Tuple>(pair.value());
  if (both == nullptr || both->length < 2) {
    const std::string type(TypeNameOf(exception)), got(TypeNameOf(pair.value()));
    thread.RaiseTypeError("%s.split must return a tuple, not %s", type.c_str(), got.c_str());
    return slow.Fail();
  }
  out[0] = both->At(0);
  out[1] = both->At(1);
  return slow.Next();
}

namespace {

// Two parts of one group share traceback, cause and context: such an exception was not raised anew.
// Notes that were added meanwhile do not count, and are lost, as in CPython 3.11.
bool SameMetadata(Value a, Value b) {
  const Exception *x = a.As<Exception>(), *y = b.As<Exception>();
  return x->traceback.Load() == y->traceback.Load() && x->cause.Load() == y->cause.Load() &&
         x->context.Load() == y->context.Load();
}

using LeafSet = std::unordered_set<uint64_t>;

void CollectLeaves(Value exception, LeafSet* leaves) {
  if (!IsGroup(exception)) {
    leaves->insert(exception.word());
    return;
  }
  const Value children = exception.As<Exception>()->extra[1].Load();
  for (int64_t i = 0; IsTuple(children) && i < children.As<Tuple>()->length; ++i)
    CollectLeaves(children.As<Tuple>()->At(i), leaves);
}

void CopyMetadata(Thread& thread, Value from, Value to) {
  if (!IsException(to)) return;
  Exception *source = from.As<Exception>(), *target = to.As<Exception>();
  target->traceback.Store(target, source->traceback.Load());
  target->cause.Store(target, source->cause.Load());
  target->context.Store(target, source->context.Load());
  const Result<Value> notes = GetAttrOrUnbound(thread, from, NameOf(Name::kNotes));
  if (notes.ok() && !notes.value().IsUnbound())
    static_cast<void>(SetAttr(thread, to, NameOf(Name::kNotes), notes.value()).ok());
  thread.ClearException();
}

// The part of the group whose leaves are in the set, nested as the group is; None when there is
// none.
Result<Value> Project(Thread& thread, Value exception, const LeafSet& leaves) {
  if (!IsGroup(exception)) return leaves.count(exception.word()) != 0 ? exception : kNone;
  RecursionScope scope(thread, " in exception_group_projection");
  GILA_TRY_VOID(scope.status());
  GILA_TRY(List * kept, NewList(thread));
  const Value children = exception.As<Exception>()->extra[1].Load();
  for (int64_t i = 0; IsTuple(children) && i < children.As<Tuple>()->length; ++i) {
    GILA_TRY(const Value part, Project(thread, children.As<Tuple>()->At(i), leaves));
    if (!part.IsNone()) GILA_TRY_VOID(ListAppend(thread, kept, part));
  }
  if (kept->size.Load() == 0) return kNone;
  GILA_TRY(const Value group,
           CallMethod(thread, exception, Intern(thread, "derive"), {Value(kept)}));
  CopyMetadata(thread, exception, group);
  return group;
}

// What is left to raise: everything raised anew, and what was raised again as one group.
Result<Value> WhatToReraise(Thread& thread, Value original, List* exceptions) {
  const int64_t count = exceptions->size.Load();
  if (count == 0) return kNone;
  if (!IsGroup(original)) return ListAt(exceptions, 0);
  GILA_TRY(List * raised, NewList(thread));
  LeafSet again;
  for (int64_t i = 0; i < count; ++i) {
    const Value exception = ListAt(exceptions, i);
    if (exception.IsNone()) continue;
    if (SameMetadata(exception, original))
      CollectLeaves(exception, &again);
    else
      GILA_TRY_VOID(ListAppend(thread, raised, exception));
  }
  Value rest = kNone;
  if (!again.empty()) {
    GILA_TRY(rest, Project(thread, original, again));
  }
  if (raised->size.Load() == 0) return rest;
  if (!rest.IsNone()) GILA_TRY_VOID(ListAppend(thread, raised, rest));
  return NewGroup(thread, NameOf(Name::kEmpty), Value(raised));
}

}  // namespace

Step PrepareReraiseStarSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  return slow.Store(WhatToReraise(thread, slow.C(), slow.B().As<List>()));
}

Step ExceptionInfoSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value exception = slow.B();
  Value* out = &slow.A();
  out[0] = Value(TypeOf(exception));
  out[1] = exception;
  out[2] = exception.As<Exception>()->traceback.Load();
  return slow.Next();
}

}  // namespace gila::vm
