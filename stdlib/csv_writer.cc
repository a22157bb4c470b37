// csv_writer.cc: csv.writer: records to anything that has a write method.
#include "runtime/types/exception.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "stdlib/csv_internal.h"

namespace gila::csv {

namespace {

struct Writer : Object {
  Slot write;  // the bound method of the file
  PointerSlot<Dialect> dialect;
};
void TraceWriter(Object* object, Marker& marker) {
  auto* const self = static_cast<Writer*>(object);
  marker.Visit(self->write);
  marker.Visit(self->dialect);
}
constexpr KindInfo kWriterKind = {"writer", TraceWriter, nullptr};
Type* writer_type = nullptr;

// One line in the making.
class Line {
 public:
  Line(Thread& thread, const Dialect& dialect)
      : thread_(thread),
        dialect_(dialect),
        end_(dialect.line_terminator.Load().As<Str>()),
        out_(thread) {
    for (const int64_t c : {dialect.delimiter, dialect.escape, dialect.quote})
      if (c >= 0 && c < 128) special_[c] = true;
    for (int64_t i = 0; i < end_->length; ++i)
      if (end_->At(i) < 128) special_[end_->At(i)] = true;
  }

  Status AddField(Value value) GILA_ATTACHED {
    bool quoted = dialect_.quoting == kQuoteAll;
    if (dialect_.quoting == kQuoteNonNumeric) quoted = !IsNumber(value);
    if (count_++ > 0) out_.Append(static_cast<uint32_t>(dialect_.delimiter));
    if (value.IsNone()) return AddText(empty_str, quoted);
    if (IsStr(value)) return AddText(value.As<Str>(), quoted);
    GILA_TRY(Str * text, ToStr(thread_, value));
    return AddText(text, quoted);
  }
  Result<Value> Finish() GILA_ATTACHED {
    // A single empty field would look like no field at all.
    if (count_ > 0 && out_.length() == 0) {
      if (dialect_.quoting == kQuoteNone)
        return RaiseError(thread_, "single empty field record must be quoted");
      GILA_TRY_VOID(AddText(empty_str, true));
    }
    out_.Append(end_);
    return Result<Value>(out_.Finish());
  }

 private:
  bool IsNumber(Value v) GILA_ATTACHED {
    return IsInt(v) || IsFloat(v) ||
           !LookupSpecial(thread_, TypeOf(v), Special::kFloat).IsUnbound() ||
           !LookupSpecial(thread_, TypeOf(v), Special::kIndex).IsUnbound();
  }
  bool IsSpecial(uint32_t c) const { return c < 128 ? special_[c] : IsSpecialChar(c); }
  bool IsSpecialChar(uint32_t c) const {
    if (int64_t{c} == dialect_.delimiter || int64_t{c} == dialect_.escape ||
        int64_t{c} == dialect_.quote) {
      return true;
    }
    for (int64_t i = 0; i < end_->length; ++i)
      if (end_->At(i) == c) return true;
    return false;
  }
  bool MustEscape(uint32_t c) const {
    if (dialect_.quoting == kQuoteNone || int64_t{c} == dialect_.escape) return true;
    return int64_t{c} == dialect_.quote && !dialect_.double_quote;
  }
  Status AddText(const Str* text, bool quoted) GILA_ATTACHED {
    bool special = false;
    for (int64_t i = 0; i < text->length; ++i) {
      const uint32_t c = text->At(i);
      if (!IsSpecial(c)) continue;
      special = true;
      if (!MustEscape(c))
        quoted = true;
      else if (dialect_.escape == kNoChar)
        return RaiseError(thread_, "need to escape, but no escapechar set");
    }
    const auto quote = static_cast<uint32_t>(dialect_.quote);
    if (quoted) out_.Append(quote);
    if (!special) {
      out_.Append(text);
    } else {
      for (int64_t i = 0; i < text->length; ++i) {
        const uint32_t c = text->At(i);
        if (IsSpecial(c) && MustEscape(c)) {
          out_.Append(static_cast<uint32_t>(dialect_.escape));
        } else if (int64_t{c} == dialect_.quote) {
          out_.Append(quote);
        }
        out_.Append(c);
      }
    }
    if (quoted) out_.Append(quote);
    return kOk;
  }

  Thread& thread_;
  const Dialect& dialect_;
  const Str* const end_;
  StrBuilder out_;
  int64_t count_ = 0;
  bool special_[128] = {};  // IsSpecialChar of the ASCII characters
};

Result<Value> WriteRow(Thread& thread, Writer* self, Value row) GILA_ATTACHED {
  const auto iterator = GetIter(thread, row);
  if (!iterator.ok()) {
    if (!thread.ExceptionMatches(TypeId::kTypeError)) return kFailed;
    thread.ClearException();
    return RaiseError(thread, "iterable expected, not " + std::string(TypeNameOf(row)));
  }
  Line line(thread, *self->dialect.Load());
  while (true) {
    GILA_TRY(const Value field, Next(thread, iterator.value()));
    if (field.IsUnbound()) break;
    GILA_TRY_VOID(line.AddField(field));
  }
  GILA_TRY(const Value text, line.Finish());
  return Call(thread, self->write.Load(), {text});
}

Result<Value> WriterWriteRow(Thread& thread, Args args) {
  return WriteRow(thread, args[0].As<Writer>(), args[1]);
}
Result<Value> WriterWriteRows(Thread& thread, Args args) {
  GILA_TRY_VOID(ForEach(thread, args[1], [&](Value row) GILA_ATTACHED -> Status {
    GILA_TRY_VOID(WriteRow(thread, args[0].As<Writer>(), row));
    return kOk;
  }));
  return kNone;
}
Result<Value> GetDialectOf(Thread&, Value self) { return self.As<Writer>()->dialect.Load(); }

Result<Value> NewWriter(Thread& thread, Args args) {
  const std::span<const Value> rest = args.rest();
  if (rest.empty()) return thread.RaiseTypeError("writer expected at least 1 argument, got 0");
  GILA_TRY(Dialect * dialect, DialectOf(thread, rest.subspan(1), args[0]));
  GILA_TRY(const Value write, GetAttrOrUnbound(thread, rest[0], NameOf(Name::kWrite)));
  if (write.IsUnbound() || !IsCallable(write))
    return thread.RaiseTypeError("argument 1 must have a \"write\" method");
  GILA_TRY(Object * object, AllocateInstance(thread, writer_type));
  auto* const writer = static_cast<Writer*>(object);
  writer->write.Store(writer, write);
  writer->dialect.Store(writer, dialect);
  return writer;
}

constexpr NativeDef kWriterMethods[] = {
    {"writerow", WriterWriteRow, "(self, row, /)", "Writes one record: an iterable of fields."},
    {"writerows", WriterWriteRows, "(self, rows, /)", "Writes one record for each of the rows."},
    {}};
constexpr GetSetDef kWriterGetSets[] = {{"dialect", GetDialectOf, ReadonlyMember, nullptr}, {}};
constexpr TypeSpec kWriterType = {
    .doc = "Writes records to a CSV file.", .methods = kWriterMethods, .getsets = kWriterGetSets};
constexpr NativeDef kFunctions[] = {{"writer", NewWriter, "(*args, **kwargs)",
                                     "writer(file, dialect='excel', **parameters): an object that "
                                     "writes records to anything with a write() method."},
                                    {}};

}  // namespace

Status AddWriter(Thread& thread, Module* module) {
  GILA_TRY(writer_type,
           NewNativeType(thread, kWriterType, "_csv.writer", nullptr,
                         static_cast<Kind>(RegisterKind(kWriterKind)), sizeof(Writer), 0));
  heap::AddRoot(reinterpret_cast<Object**>(&writer_type));
  GILA_TRY_VOID(AddValue(thread, module, "Writer", writer_type));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila::csv
