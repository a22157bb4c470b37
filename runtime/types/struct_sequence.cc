// struct_sequence.cc: see struct_sequence.h. The fields that are no items are in a tuple of their
// own in the attribute word of the tuple: these types take no attributes and no subclasses, so the
// word is free.
#include "runtime/types/struct_sequence.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

// What the type object carries, found again from the type.
struct SequenceTypeSpec : TypeSpec {
  const StructSequenceSpec* fields;
  int field_count, unnamed_count;
  std::vector<GetSetDef> getset_table;
};
const SequenceTypeSpec& SpecOf(const Type* type) {
  return *static_cast<const SequenceTypeSpec*>(type->spec);
}

bool IsNamed(const SequenceTypeSpec& spec, int index) {
  return spec.fields->fields[index][0] != '\0';
}
// The name that repr() shows for an item: of the fields that have one, the next.
const char* NameOfItem(const SequenceTypeSpec& spec, int index) {
  for (int i = 0;; ++i) {
    if (IsNamed(spec, i) && index-- == 0) return spec.fields->fields[i];
  }
}

Value Field(Value self, int index) {
  const auto* tuple = self.As<Tuple>();
  if (index < tuple->length) return tuple->At(index);
  return tuple->attributes.Load().As<Tuple>()->At(index - tuple->length);
}

template <int index>
Result<Value> GetField(Thread&, Value self) {
  return Field(self, index);
}
Status ReadOnly(Thread& thread, Value, Value) {
  return thread.Raise(TypeId::kAttributeError, "readonly attribute");
}
template <size_t... indices>
constexpr std::array<GetterFn, sizeof...(indices)> MakeGetters(std::index_sequence<indices...>) {
  return {GetField<static_cast<int>(indices)>...};
}
constexpr auto kGetters = MakeGetters(std::make_index_sequence<kMaxStructFields>());

Failed RaiseLength(Thread& thread, const SequenceTypeSpec& spec, const char* which, int wanted,
                   int64_t given) {
  return thread.Raise(TypeId::kTypeError,
                      absl::StrCat(spec.fields->name, "() takes ", which, wanted, "-sequence (",
                                   given, "-sequence given)"));
}

Result<Value> SequenceNew(Thread& thread, Args args) {
  Type* type = args[0].As<Type>();
  const SequenceTypeSpec& spec = SpecOf(type);
  if (LookupSpecial(thread, TypeOf(args[1]), Special::kIter).IsUnbound() &&
      LookupSpecial(thread, TypeOf(args[1]), Special::kGetItem).IsUnbound())
    return thread.RaiseTypeError("constructor requires a sequence");
  GILA_TRY(Tuple * given, ToTuple(thread, args[1]));
  if (args.Has(2) && !IsDict(args[2]))
    return thread.RaiseTypeError("%s() takes a dict as second arg, if any", spec.fields->name);
  const int visible = spec.fields->visible;
  const bool exact = visible == spec.field_count;
  if (given->length < visible)
    return RaiseLength(thread, spec, exact ? "a " : "an at least ", visible, given->length);
  if (given->length > spec.field_count)
    return RaiseLength(thread, spec, exact ? "a " : "an at most ", spec.field_count, given->length);
  std::array<Value, kMaxStructFields> values;
  for (int i = 0; i < spec.field_count; ++i) {
    values[static_cast<size_t>(i)] = kNone;
    if (i < given->length) {
      values[static_cast<size_t>(i)] = given->At(i);
    } else if (args.Has(2) && IsNamed(spec, i)) {
      const Value named =
          DictGetInterned(args[2].As<Dict>(), Intern(thread, spec.fields->fields[i]));
      if (!named.IsUnbound()) values[static_cast<size_t>(i)] = named;
    }
  }
  int stands_for = visible;
  for (int i = 0; i < visible; ++i) {
    if (IsNamed(spec, i)) continue;
    Value& named = values[static_cast<size_t>(stands_for++)];
    if (named.IsNone()) named = values[static_cast<size_t>(i)];
  }
  return NewStructSequence(thread, type, {values.data(), static_cast<size_t>(spec.field_count)});
}

// A tuple's own __new__ would make an instance without the fields.
Result<Value> RefuseNew(Thread& thread, Args args) {
  const char* const name = SpecOf(args[0].As<Type>()).fields->name;
  return thread.RaiseTypeError("tuple.__new__(%s) is not safe, use %s.__new__()", name, name);
}

Result<Value> SequenceRepr(Thread& thread, Args args) {
  const SequenceTypeSpec& spec = SpecOf(TypeOf(args[0]));
  StrBuilder text(thread);
  text.AppendUtf8(absl::StrCat(spec.fields->name, "("));
  for (int i = 0; i < spec.fields->visible; ++i) {
    text.AppendUtf8(absl::StrCat(i == 0 ? "" : ", ", NameOfItem(spec, i), "="));
    GILA_TRY(Str * shown, Repr(thread, Field(args[0], i)));
    text.Append(shown);
  }
  text.Append(')');
  return Result<Value>(text.Finish());
}

Result<Value> SequenceReduce(Thread& thread, Args args) {
  const SequenceTypeSpec& spec = SpecOf(TypeOf(args[0]));
  const auto* tuple = args[0].As<Tuple>();
  GILA_TRY(Tuple * items, NewTuple(thread, tuple->length));
  for (int64_t i = 0; i < tuple->length; ++i) items->items[i].Store(items, tuple->At(i));
  GILA_TRY(Dict * hidden, NewDict(thread));
  for (int i = spec.fields->visible; i < spec.field_count; ++i)
    GILA_TRY_VOID(
        DictSet(thread, hidden, Intern(thread, spec.fields->fields[i]), Field(args[0], i)));
  const Value state[] = {items, hidden};
  GILA_TRY(Tuple * arguments, NewTuple(thread, state));
  const Value both[] = {TypeOf(args[0]), arguments};
  return Result<Value>(NewTuple(thread, both));
}

constexpr NativeDef kSequenceMethods[] = {{"__repr__", SequenceRepr, "(self, /)", nullptr},
                                          {"__reduce__", SequenceReduce, "(self, /)", nullptr},
                                          {}};

Status SetClassValues(Thread& thread, Type* type, const SequenceTypeSpec& spec) {
  const struct {
    const char* name;
    int value;
  } numbers[] = {{"n_fields", spec.field_count},
                 {"n_sequence_fields", spec.fields->visible},
                 {"n_unnamed_fields", spec.unnamed_count}};
  Dict* dict = type->dict.Load();
  for (const auto& number : numbers)
    GILA_TRY_VOID(
        DictSet(thread, dict, Intern(thread, number.name), Value::SmallInt(number.value)));
  GILA_TRY(Tuple * names, NewTuple(thread, spec.fields->visible - spec.unnamed_count));
  for (int i = 0, filled = 0; i < spec.fields->visible; ++i) {
    if (IsNamed(spec, i))
      names->items[filled++].Store(names, Intern(thread, spec.fields->fields[i]));
  }
  return DictSet(thread, dict, NameOf(Name::kMatchArgs), names);
}

}  // namespace

Result<Type*> NewStructSequenceType(Thread& thread, const StructSequenceSpec& fields) {
  auto* spec = new SequenceTypeSpec;  // lives as long as the type: for ever
  spec->fields = &fields;
  spec->field_count = spec->unnamed_count = 0;
  while (fields.fields[spec->field_count] != nullptr) {
    if (!IsNamed(*spec, spec->field_count)) {
      ++spec->field_count;
      ++spec->unnamed_count;
      continue;
    }
    spec->getset_table.push_back({fields.fields[spec->field_count],
                                  kGetters[static_cast<size_t>(spec->field_count)], ReadOnly,
                                  nullptr});
    ++spec->field_count;
  }
  GILA_CHECK(spec->field_count <= kMaxStructFields);
  spec->getset_table.push_back({});
  spec->doc = fields.doc;
  if (fields.instantiable) {
    spec->new_function = SequenceNew;
    spec->new_signature = "(cls, sequence, dict=None)";
  } else {
    spec->new_function = RefuseNew;
    spec->new_signature = "(cls, *arguments)";
    spec->extra_flags = kNoInstantiate;
  }
  spec->methods = kSequenceMethods;
  spec->getsets = spec->getset_table.data();
  spec->native_size = sizeof(Tuple);
  GILA_TRY(Type * type, NewNativeType(thread, *spec, fields.name, GetType(TypeId::kTuple),
                                      kKindTuple, sizeof(Tuple), kPlain));
  GILA_TRY_VOID(SetClassValues(thread, type, *spec));
  return type;
}

Result<Type*> LazyStructSequenceType::Get(Thread& thread) {
  Object* known = type_.Load();
  if (known != nullptr) return static_cast<Type*>(known);
  GILA_TRY(Type* const made, NewStructSequenceType(thread, spec_));
  if (!type_.CompareExchange(known, made)) return static_cast<Type*>(known);
  static_assert(sizeof(type_) == sizeof(Object*));
  heap::AddRoot(reinterpret_cast<Object**>(&type_));
  return made;
}

Result<Value> NewStructSequence(Thread& thread, Type* type, std::span<const Value> values) {
  const SequenceTypeSpec& spec = SpecOf(type);
  const int visible = spec.fields->visible, hidden = spec.field_count - visible;
  const auto value = [values](int i) {
    return static_cast<size_t>(i) < values.size() ? values[static_cast<size_t>(i)] : kNone;
  };
  Value others = Value::SmallInt(0);
  if (hidden > 0) {
    GILA_TRY(Tuple * tuple, NewTuple(thread, hidden));
    for (int i = 0; i < hidden; ++i) tuple->items[i].Store(tuple, value(visible + i));
    others = tuple;
  }
  GILA_TRY(Object * object,
           AllocateInstance(thread, type, static_cast<size_t>(visible) * sizeof(Slot)));
  auto* tuple = static_cast<Tuple*>(object);
  tuple->length = visible;
  tuple->attributes.Init(others);
  for (int i = 0; i < visible; ++i) tuple->items[i].Init(value(i));
  return tuple;
}

}  // namespace gila
