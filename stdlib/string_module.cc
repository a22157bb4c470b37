// string_module.cc: the native half of the module string: _string.formatter_parser and
// _string.formatter_field_name_split, the pieces of str.format for string.Formatter.
#include "runtime/heap/heap.h"
#include "runtime/native.h"
#include "runtime/protocols.h"
#include "runtime/protocols/native_iterator.h"
#include "runtime/text/string_format.h"
#include "runtime/type.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {

namespace {

// Reads on from `place` at every step. Both kinds of iterators.
struct TextReader : Object {
  Slot text;
  Atomic<int64_t> place;
};

Type* parser_type;
Type* field_name_type;

void TraceReader(Object* object, Marker& marker) {
  marker.Visit(static_cast<TextReader*>(object)->text);
}

Result<Value> NewReader(Thread& thread, Type* type, Str* text, int64_t place) {
  GILA_TRY(Object* const object, AllocateInstance(thread, type));
  auto* const reader = static_cast<TextReader*>(object);
  reader->text.Store(reader, text);
  reader->place.Store(place);
  return Value(object);
}

Result<Value> PartText(Thread& thread, Str* text, TextPart part) {
  return StrSlice(thread, text, part.start, part.stop);
}

// (literal, field name, format spec, conversion); the last three are None without a field.
Result<Value> ParserStep(Thread& thread, Object* object) {
  auto* const reader = static_cast<TextReader*>(object);
  Str* const text = reader->text.Load().As<Str>();
  MarkupReader markup(text, {reader->place.Load(), text->length});
  MarkupReader::Item item;
  GILA_TRY(const bool more, markup.Next(thread, &item));
  if (!more) return kUnbound;
  reader->place.Store(markup.place());
  Value row[4] = {kNone, kNone, kNone, kNone};
  GILA_TRY(row[0], PartText(thread, text, item.literal));
  if (item.has_field) {
    GILA_TRY(row[1], PartText(thread, text, item.name));
    GILA_TRY(row[2], PartText(thread, text, item.spec));
    if (item.conversion != 0) {
      row[3] = StrFromChar(thread, item.conversion);
      if (thread.HasException()) return kFailed;
    }
  }
  return NewTuple(thread, row);
}

// (is it an attribute, its name or index).
Result<Value> FieldNameStep(Thread& thread, Object* object) {
  auto* const reader = static_cast<TextReader*>(object);
  Str* const text = reader->text.Load().As<Str>();
  FieldNameReader names(text, reader->place.Load(), text->length);
  FieldNameReader::Step step;
  GILA_TRY(const bool more, names.Next(thread, &step));
  if (!more) return kUnbound;
  reader->place.Store(names.place());
  Value pair[2] = {Value::Bool(step.is_attribute), kNone};
  if (step.index >= 0) {
    GILA_TRY(pair[1], NewInt(thread, step.index));
  } else {
    GILA_TRY(pair[1], PartText(thread, text, step.name));
  }
  return NewTuple(thread, pair);
}

Status CheckText(Thread& thread, Value v) {
  if (IsStr(v)) return kOk;
  const std::string_view name = TypeNameOf(v);
  return thread.RaiseTypeError("expected str, got %.*s", static_cast<int>(name.size()),
                               name.data());
}

Result<Value> FormatterParser(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckText(thread, args[0]));
  return NewReader(thread, parser_type, args[0].As<Str>(), 0);
}

Result<Value> FormatterFieldNameSplit(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckText(thread, args[0]));
  Str* const text = args[0].As<Str>();
  FieldNameReader names(text, {0, text->length});
  const TextPart first = names.first();
  GILA_TRY(const int64_t index, PartAsIndex(thread, text, first));
  Value pair[2] = {kNone, kNone};
  if (index >= 0) {
    GILA_TRY(pair[0], NewInt(thread, index));
  } else {
    GILA_TRY(pair[0], PartText(thread, text, first));
  }
  GILA_TRY(pair[1], NewReader(thread, field_name_type, text, names.place()));
  return NewTuple(thread, pair);
}

constexpr NativeDef kIteratorMethods[] = {GILA_NATIVE_ITERATOR_METHODS, {}};
constexpr TypeSpec kReaderSpec = {
    .methods = kIteratorMethods, .extra_flags = kNoInstantiate, .native_size = sizeof(TextReader)};

constexpr NativeDef kFunctions[] = {
    {"formatter_parser", FormatterParser, "(format_string, /)",
     "Iterates over (literal, field name, format spec, conversion) of a format string."},
    {"formatter_field_name_split", FormatterFieldNameSplit, "(field_name, /)",
     "The first part of a field name, and an iterator over (is attribute, name) of the rest."},
    {}};

Status AddReader(Thread& thread, Module* module, const char* name, IteratorStep step, Type** type) {
  static const KindInfo info{"formatter iterator", TraceReader, nullptr};
  const uint8_t kind = RegisterKind(info);
  native_iterator_steps[kind] = step;
  GILA_TRY(*type,
           AddType(thread, module, kReaderSpec, name, kind, sizeof(TextReader), kNoInstantiate));
  heap::AddRoot(reinterpret_cast<Object**>(type));
  return kOk;
}

}  // namespace

Status InitStringModule(Thread& thread, Module* module) {
  GILA_TRY_VOID(AddReader(thread, module, "_string.formatteriterator", ParserStep, &parser_type));
  GILA_TRY_VOID(
      AddReader(thread, module, "_string.fieldnameiterator", FieldNameStep, &field_name_type));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila
