// slow_match.cc: the match statement: what is a sequence, a mapping, an instance with these
// attributes.
#include <string>

#include "runtime/protocols.h"
#include "runtime/type.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "vm/slow.h"

namespace gila::vm {

Step MatchSequenceSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  return slow.Store(Value::Bool(TypeOf(slow.B())->Has(kMatchSequence)));
}
Step MatchMappingSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  return slow.Store(Value::Bool(TypeOf(slow.B())->Has(kMatchMapping)));
}
Step GetLengthSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Result<int64_t> length = Length(thread, slow.B());
  if (!length.ok()) return slow.Fail();
  return slow.Store(Value::SmallInt(length.value()));
}

namespace {

Result<std::string> ReprText(Thread& thread, Value v) {
  GILA_TRY(Str * text, Repr(thread, v));
  return ToUtf8(text);
}

// subject[key] through get(key, sentinel), so that a defaultdict is not filled; unbound when it is
// not there.
Result<Value> MappingGet(Thread& thread, Value subject, Value get, Value sentinel, Value key) {
  if (IsExactly(subject, TypeId::kDict)) return DictGet(thread, subject.As<Dict>(), key);
  GILA_TRY(const Value found, Call(thread, get, {key, sentinel}));
  return found == sentinel ? kUnbound : found;
}

// The values at the keys, or None. A key that comes twice is an error.
Result<Value> MatchKeys(Thread& thread, Value subject, Tuple* keys) {
  GILA_TRY(Set * seen, NewSet(thread, TypeId::kSet));
  GILA_TRY(Tuple * values, NewTuple(thread, keys->length));
  Value get = kUnbound, sentinel = kUnbound;
  if (!IsExactly(subject, TypeId::kDict)) {
    GILA_TRY(get, GetAttr(thread, subject, Intern(thread, "get")));
    GILA_TRY(sentinel, NewList(thread));
  }
  for (int64_t i = 0; i < keys->length; ++i) {
    const Value key = keys->At(i);
    GILA_TRY(const bool is_new, SetAdd(thread, seen, key));
    if (!is_new) {
      GILA_TRY(const std::string text, ReprText(thread, key));
      return thread.RaiseValueError("mapping pattern checks duplicate key (%s)", text.c_str());
    }
    GILA_TRY(const Value value, MappingGet(thread, subject, get, sentinel, key));
    if (value.IsUnbound()) return kNone;
    values->items[i].Store(values, value);
  }
  return values;
}

// One class pattern: collects the attributes that its sub-patterns match.
class ClassMatcher {
 public:
  ClassMatcher(Thread& thread, Value subject, Type* type)
      : thread_(thread), subject_(subject), type_(type) {}

  Result<Value> Match(int64_t positional, Tuple* keywords) {
    GILA_TRY(attributes_, NewList(thread_));
    GILA_TRY(seen_, NewSet(thread_, TypeId::kSet));
    if (positional > 0) {
      GILA_TRY(const bool matched, MatchPositional(positional));
      if (!matched) return kNone;
    }
    for (int64_t i = 0; i < keywords->length; ++i) {
      GILA_TRY(const bool matched, MatchAttribute(keywords->At(i)));
      if (!matched) return kNone;
    }
    return ListToTuple(thread_, attributes_);
  }

 private:
  // False when the subject has no such attribute.
  Result<bool> MatchAttribute(Value name) {
    GILA_TRY(const bool is_new, SetAdd(thread_, seen_, name));
    if (!is_new) {
      GILA_TRY(const std::string text, ReprText(thread_, name));
      const std::string type(TypeName(type_));
      return thread_.RaiseTypeError("%s() got multiple sub-patterns for attribute %s", type.c_str(),
                                    text.c_str());
    }
    GILA_TRY(const Value value, GetAttrOrUnbound(thread_, subject_, name));
    if (value.IsUnbound()) return false;
    GILA_TRY_VOID(ListAppend(thread_, attributes_, value));
    return true;
  }

  Result<bool> MatchPositional(int64_t count) {
    const std::string type(TypeName(type_));
    GILA_TRY(const Value names, GetAttrOrUnbound(thread_, type_, NameOf(Name::kMatchArgs)));
    const bool itself = names.IsUnbound() && type_->Has(kMatchSelf);
    if (!names.IsUnbound() && !IsTuple(names)) {
      const std::string got(TypeNameOf(names));
      return thread_.RaiseTypeError("%s.__match_args__ must be a tuple (got %s)", type.c_str(),
                                    got.c_str());
    }
    const int64_t allowed = itself ? 1 : names.IsUnbound() ? 0 : names.As<Tuple>()->length;
    if (allowed < count)
      return thread_.RaiseTypeError("%s() accepts %lld positional sub-pattern%s (%lld given)",
                                    type.c_str(), static_cast<long long>(allowed),
                                    allowed == 1 ? "" : "s", static_cast<long long>(count));
    if (itself) {
      GILA_TRY_VOID(ListAppend(thread_, attributes_, subject_));
      return true;
    }
    for (int64_t i = 0; i < count; ++i) {
      const Value name = names.As<Tuple>()->At(i);
      if (!IsStr(name)) {
        const std::string got(TypeNameOf(name));
        return thread_.RaiseTypeError("__match_args__ elements must be strings (got %s)",
                                      got.c_str());
      }
      GILA_TRY(const bool matched, MatchAttribute(InternStr(thread_, name.As<Str>())));
      if (!matched) return false;
    }
    return true;
  }

  Thread& thread_;
  const Value subject_;
  Type* const type_;
  List* attributes_ = nullptr;
  Set* seen_ = nullptr;
};

Result<Value> MatchClass(Thread& thread, Value subject, Value cls, Tuple* keywords,
                         int64_t positional) {
  if (!IsKind(cls, kKindType)) return thread.RaiseTypeError("called match pattern must be a type");
  GILA_TRY(const bool is_instance, IsInstance(thread, subject, cls));
  if (!is_instance) return kNone;
  return ClassMatcher(thread, subject, cls.As<Type>()).Match(positional, keywords);
}

}  // namespace

Step MatchKeysSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  return slow.Store(MatchKeys(thread, slow.B(), slow.C().As<Tuple>()));
}

Step MatchClassSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Value* window = &slow.B();
  return slow.Store(MatchClass(thread, window[0], window[1], window[2].As<Tuple>(), slow.in.c()));
}

Step CopyMappingRestSlow(Thread& thread, const uint64_t* pc, Value* registers) {
  const Slow slow(thread, pc, registers);
  const Result<Dict*> rest = NewDict(thread);
  if (!rest.ok() || !DictUpdate(thread, rest.value(), slow.B()).ok()) return slow.Fail();
  const Tuple* keys = slow.C().As<Tuple>();
  for (int64_t i = 0; i < keys->length; ++i) {
    if (!DictPop(thread, rest.value(), keys->At(i)).ok()) return slow.Fail();
  }
  return slow.Store(Value(rest.value()));
}

}  // namespace gila::vm
