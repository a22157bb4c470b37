// exception.cc: exception instances: making them, BaseException's methods, the traceback they
// collect. The fields that only some classes have are in exception_fields.cc, groups in
// exception_group.cc, what is printed in runtime/text/traceback_text.cc.
#include "runtime/types/exception.h"

#include <cstddef>

#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception_internal.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {
namespace {

void TraceException(Object* object, Marker& marker) {
  auto* e = static_cast<Exception*>(object);
  marker.Visit(e->args);
  marker.Visit(e->cause);
  marker.Visit(e->context);
  marker.Visit(e->traceback);
  for (const Slot& field : e->extra) marker.Visit(field);
  marker.Visit(e->attributes);
}

Value memory_error = kUnbound;

void InitFields(Exception* e, Value args) {
  e->args.Init(args);
  e->cause.Init(kNone);
  e->context.Init(kNone);
  e->traceback.Init(kNone);
  for (Slot& field : e->extra) field.Init(kNone);
  e->attributes.Init(kUnbound);
}

Exception* Self(Args args) { return args[0].As<Exception>(); }

}  // namespace

const KindInfo kExceptionKindInfo = {"Exception", TraceException, nullptr};

Result<Exception*> NewExceptionInstance(Thread& thread, Type* type, std::span<const Value> args) {
  GILA_TRY(Tuple * tuple, NewTuple(thread, args));
  GILA_TRY(Object * object, AllocateInstance(thread, type));
  auto* e = static_cast<Exception*>(object);
  InitFields(e, tuple);
  return e;
}

Result<Value> NewException(Thread& thread, TypeId id, std::span<const Value> args) {
  GILA_TRY(Exception * e, NewExceptionInstance(thread, GetType(id), args));
  GILA_TRY_VOID(FillExceptionFields(thread, e, FieldsClass(GetType(id)), args, kUnbound));
  return e;
}

Value PreallocatedMemoryError() { return memory_error; }

void InitExceptions(Thread& thread) {
  const Result<Value> made = NewException(thread, TypeId::kMemoryError, {});
  GILA_CHECK(made.ok());
  memory_error = made.value();
  heap::AddRoot(&memory_error);
}

Result<Traceback*> NewTraceback(Thread& thread, Code* code, uint32_t word,
                                std::span<const Value> values) {
  GILA_TRY(Traceback * entry,
           Allocate<Traceback>(thread, TypeId::kTraceback,
                               sizeof(Traceback) + values.size() * sizeof(Slot)));
  entry->next.Init(nullptr);
  entry->code.Init(code);
  entry->function.Init(nullptr);
  entry->frame.Init(kUnbound);
  entry->word = word;
  entry->count = static_cast<uint32_t>(values.size());
  for (size_t i = 0; i < values.size(); ++i) entry->values[i].Init(values[i]);
  return entry;
}

Traceback* AddTraceback(Thread& thread, Value exception, Code* code, uint32_t word,
                        std::span<const Value> values) {
  if (!IsException(exception)) return nullptr;
  auto* e = exception.As<Exception>();
  if (exception == memory_error) return nullptr;  // shared by all threads: keeps nothing
  const Result<Traceback*> made = NewTraceback(thread, code, word, values);
  if (!made.ok()) {
    thread.exception = exception;
    return nullptr;
  }
  Traceback* entry = made.value();
  const Value next = e->traceback.Load();
  if (IsKind(next, kKindTraceback)) entry->next.Store(entry, next.As<Traceback>());
  e->traceback.Store(e, entry);
  return entry;
}

namespace {

Result<Value> BaseExceptionNew(Thread& thread, Args args) {
  GILA_TRY(Exception * e, NewExceptionInstance(thread, args[0].As<Type>(), args.rest()));
  // UnicodeError's fields are checked by __init__, which a subclass may call with other arguments.
  const TypeId fields = FieldsClass(TypeOf(Value(e)));
  if (fields != TypeId::kUnicodeError)
    GILA_TRY_VOID(FillExceptionFields(thread, e, fields, args.rest(), args[1]));
  return e;
}

bool HasArguments(const Exception* e, std::span<const Value> given) {
  const Tuple* args = e->args.Load().As<Tuple>();
  bool same = args->length == static_cast<int64_t>(given.size());
  for (size_t i = 0; same && i < given.size(); ++i)
    same = args->At(static_cast<int64_t>(i)) == given[i];
  return same;
}

Result<Value> BaseExceptionInit(Thread& thread, Args args) {
  Exception* e = Self(args);
  if (args.Has(1) && args[1].As<Dict>()->size.Load() != 0 && !TakesKeywords(TypeOf(e))) {
    const std::string name(TypeNameOf(e));
    return thread.RaiseTypeError("%s() takes no keyword arguments", name.c_str());
  }
  const TypeId fields = FieldsClass(TypeOf(Value(e)));
  // As a rule __new__ has done it all, with the same arguments.
  if (fields == TypeId::kBaseException && !args.Has(1) && HasArguments(e, args.rest()))
    return kNone;
  GILA_TRY(Tuple * tuple, NewTuple(thread, args.rest()));
  if (!KeepsOwnArguments(e)) e->args.Store(e, tuple);
  GILA_TRY_VOID(FillExceptionFields(thread, e, fields, args.rest(), args[1]));
  return kNone;
}

Result<Value> BaseExceptionStr(Thread& thread, Args args) {
  Tuple* tuple = Self(args)->args.Load().As<Tuple>();
  if (tuple->length == 0) return NameOf(Name::kEmpty);
  if (tuple->length == 1) return ToStr(thread, tuple->At(0));
  return ToStr(thread, tuple);
}

Result<Value> BaseExceptionRepr(Thread& thread, Args args) {
  Tuple* tuple = Self(args)->args.Load().As<Tuple>();
  StrBuilder text(thread);
  text.AppendUtf8(TypeName(TypeOf(args[0])));
  if (tuple->length == 1) {
    GILA_TRY(Str * item, Repr(thread, tuple->At(0)));
    text.AppendAscii("(");
    text.Append(item);
    text.AppendAscii(")");
  } else {
    GILA_TRY(Str * all, Repr(thread, tuple));
    text.Append(all);
  }
  return text.Finish();
}

Result<Value> WithTraceback(Thread& thread, Args args) {
  if (!args[1].IsNone() && !IsKind(args[1], kKindTraceback)) {
    return thread.RaiseTypeError("__traceback__ must be a traceback or None");
  }
  Self(args)->traceback.Store(Self(args), args[1]);
  return args[0];
}

Result<Value> AddNote(Thread& thread, Args args) {
  if (!IsStr(args[1])) {
    const std::string name(TypeNameOf(args[1]));
    return thread.RaiseTypeError("note must be a str, not '%s'", name.c_str());
  }
  GILA_TRY(const Value known, GetAttrOrUnbound(thread, args[0], NameOf(Name::kNotes)));
  if (!known.IsUnbound()) {
    if (!IsList(known)) return thread.RaiseTypeError("Cannot add note: __notes__ is not a list");
    GILA_TRY_VOID(ListAppend(thread, known.As<List>(), args[1]));
    return kNone;
  }
  GILA_TRY(List * notes, NewList(thread, std::span<const Value>(&args.data()[1], 1)));
  GILA_TRY_VOID(SetAttr(thread, args[0], NameOf(Name::kNotes), notes));
  return kNone;
}

Result<Value> BaseExceptionReduce(Thread& thread, Args args) {
  Value items[3] = {reinterpret_cast<Object*>(TypeOf(args[0])), kUnbound, kUnbound};
  GILA_TRY(items[1], ArgumentsForCopy(thread, Self(args)));
  GILA_TRY(const Value dict, GetAttrOrUnbound(thread, args[0], NameOf(Name::kDict_)));
  GILA_TRY(items[2], StateForCopy(thread, Self(args), dict));
  const bool has_state = IsDict(items[2]) && items[2].As<Dict>()->size.Load() != 0;
  return NewTuple(thread, std::span<const Value>(items, has_state ? 3 : 2));
}

Result<Value> BaseExceptionSetState(Thread& thread, Args args) {
  if (args[1].IsNone()) return kNone;
  if (!IsDict(args[1])) return thread.RaiseTypeError("state is not a dictionary");
  int64_t position = 0;
  Value key, value;
  while (DictNext(args[1].As<Dict>(), &position, &key, &value)) {
    if (!IsStr(key)) continue;
    GILA_TRY_VOID(SetAttr(thread, args[0], InternStr(thread, key.As<Str>()), value));
  }
  return kNone;
}

Result<Value> GetArgs(Thread&, Value self) { return self.As<Exception>()->args.Load(); }
Status SetArgs(Thread& thread, Value self, Value value) {
  if (value.IsUnbound()) return thread.RaiseTypeError("args may not be deleted");
  GILA_TRY(Tuple * tuple, ToTuple(thread, value));
  self.As<Exception>()->args.Store(self.AsObject(), tuple);
  return kOk;
}

Result<Value> GetTraceback(Thread&, Value self) { return self.As<Exception>()->traceback.Load(); }
Status SetTraceback(Thread& thread, Value self, Value value) {
  if (value.IsUnbound()) return thread.RaiseTypeError("__traceback__ may not be deleted");
  if (!value.IsNone() && !IsKind(value, kKindTraceback)) {
    return thread.RaiseTypeError("__traceback__ must be a traceback or None");
  }
  self.As<Exception>()->traceback.Store(self.AsObject(), value);
  return kOk;
}

// __context__ and __cause__ take exceptions and None only.
Status SetLink(Thread& thread, Value self, Value value, Slot Exception::* link, const char* what,
               const char* name) {
  if (value.IsUnbound()) return thread.RaiseTypeError("%s may not be deleted", name);
  if (!value.IsNone() && !IsException(value)) {
    return thread.RaiseTypeError("exception %s must be None or derive from BaseException", what);
  }
  (self.As<Exception>()->*link).Store(self.AsObject(), value);
  return kOk;
}
Result<Value> GetContext(Thread&, Value self) { return self.As<Exception>()->context.Load(); }
Status SetContext(Thread& thread, Value self, Value value) {
  return SetLink(thread, self, value, &Exception::context, "context", "__context__");
}
Result<Value> GetCause(Thread&, Value self) { return self.As<Exception>()->cause.Load(); }
Status SetCause(Thread& thread, Value self, Value value) {
  GILA_TRY_VOID(SetLink(thread, self, value, &Exception::cause, "cause", "__cause__"));
  self.As<Exception>()->suppress_context.Store(1);
  return kOk;
}
Result<Value> GetSuppress(Thread&, Value self) {
  return Value::Bool(self.As<Exception>()->suppress_context.Load() != 0);
}
Status SetSuppress(Thread& thread, Value self, Value value) {
  if (!value.IsBool()) return thread.RaiseTypeError("attribute value type must be bool");
  self.As<Exception>()->suppress_context.Store(value.IsTrue());
  return kOk;
}

const NativeDef kMethods[] = {
    {"__init__", BaseExceptionInit, "(self, *args, **kwargs)", "Initialize self."},
    {"__str__", BaseExceptionStr, "(self, /)", "Return str(self)."},
    {"__repr__", BaseExceptionRepr, "(self, /)", "Return repr(self)."},
    {"with_traceback", WithTraceback, "(self, tb, /)",
     "Set self.__traceback__ to tb and return self."},
    {"add_note", AddNote, "(self, note, /)", "Add a note to the exception."},
    {"__reduce__", BaseExceptionReduce, "(self, /)", "How to pickle the exception."},
    {"__setstate__", BaseExceptionSetState, "(self, state, /)", "Take over pickled attributes."},
    {nullptr, nullptr, nullptr, nullptr},
};

const GetSetDef kGetSets[] = {
    {"args", GetArgs, SetArgs, nullptr},
    {"__traceback__", GetTraceback, SetTraceback, nullptr},
    {"__context__", GetContext, SetContext, "exception context"},
    {"__cause__", GetCause, SetCause, "exception cause"},
    {"__suppress_context__", GetSuppress, SetSuppress, nullptr},
    {nullptr, nullptr, nullptr, nullptr},
};

}  // namespace

// __init__ would only fill in once more what __new__ did.
Result<Value> CallExceptionType(Thread& thread, Type* type, std::span<const Value> args) {
  Type* const base = GetType(TypeId::kBaseException);
  static const Value make = LookupSpecial(thread, base, Special::kNew);
  static const Value init = LookupSpecial(thread, base, Special::kInit);
  if (LookupSpecial(thread, type, Special::kNew) != make ||
      LookupSpecial(thread, type, Special::kInit) != init)
    return kUnbound;
  GILA_TRY(Exception* const e, NewExceptionInstance(thread, type, args));
  GILA_TRY_VOID(FillExceptionFields(thread, e, FieldsClass(type), args, kUnbound));
  return e;
}

extern const TypeSpec kBaseExceptionSpec;
const TypeSpec kBaseExceptionSpec = {
    .doc = "Common base class for all exceptions",
    .new_function = BaseExceptionNew,
    .new_signature = "(cls, *args, **kwargs)",
    .methods = kMethods,
    .getsets = kGetSets,
    .native_size = offsetof(Exception, attributes),
    .kind_info = &kExceptionKindInfo,
};

}  // namespace gila
