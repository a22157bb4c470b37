// csv_reader.cc: csv.reader: records from an iterator of lines.
//
// Most fields are pieces of a line as they stand, and are cut out of it; only those with escapes,
// doubled quotes or line ends in them are put together character by character. A record is read by
// one call of the step and nothing of it is kept, so a shared reader needs no lock.
#include "absl/container/inlined_vector.h"
#include "runtime/protocols/native_iterator.h"
#include "runtime/types/float.h"
#include "stdlib/csv_internal.h"

namespace gila::csv {

namespace {

struct Reader : Object {
  Slot lines;  // the iterator
  PointerSlot<Dialect> dialect;
  Atomic<int64_t> line_count;
};
void TraceReader(Object* object, Marker& marker) {
  auto* const self = static_cast<Reader*>(object);
  marker.Visit(self->lines);
  marker.Visit(self->dialect);
}
constexpr KindInfo kReaderKind = {"reader", TraceReader, nullptr};
Type* reader_type = nullptr;

enum class State {
  kStartRecord,
  kStartField,
  kEscaped,
  kInField,
  kInQuoted,
  kEscapedInQuoted,
  kQuoteInQuoted,
  kLineEnd,
  kAfterEscapedLineEnd
};

bool IsLineEnd(uint32_t c) { return c == '\n' || c == '\r'; }

class Record {
 public:
  Record(Thread& thread, const Dialect& dialect, List* fields)
      : thread_(thread), dialect_(dialect), fields_(fields), limit_(field_limit.Load()) {}

  bool complete() const { return state_ == State::kStartRecord; }

  Status AddLine(Str* line) GILA_ATTACHED {
    switch (line->width_log2()) {
      case 0:
        return AddUnits(line, line->data1());
      case 1:
        return AddUnits(line, line->data2());
      default:
        return AddUnits(line, line->data4());
    }
  }
  // There are no more lines. True: what there is makes a record.
  Result<bool> End() GILA_ATTACHED {
    if (field_.empty() && state_ != State::kInQuoted) return false;
    if (dialect_.strict) return RaiseError(thread_, "unexpected end of data");
    GILA_TRY_VOID(Save());
    return true;
  }

 private:
  template <class Unit>
  Status AddUnits(Str* line, const Unit* units) GILA_ATTACHED {
    const int64_t length = line->length;
    int64_t i = 0;
    while (i < length) {
      if (state_ == State::kStartRecord && !IsLineEnd(units[i])) state_ = State::kStartField;
      if (state_ == State::kStartField && field_.empty()) {
        int64_t next = i;
        GILA_TRY(const bool cut, CutField(line, units, &next));
        if (cut) {
          i = next;
          continue;
        }
      }
      GILA_TRY(const int64_t plain, AddPlain(units + i, length - i));
      i += plain;
      if (plain > 0) continue;
      GILA_TRY_VOID(AddChar(units[i]));
      ++i;
    }
    return EndLine();
  }

  // Characters between quotes that mean themselves, at once. How many there were.
  template <class Unit>
  Result<int64_t> AddPlain(const Unit* units, int64_t length) GILA_ATTACHED {
    if (state_ != State::kInQuoted) return int64_t{0};
    int64_t count = 0;
    while (count < length && int64_t{units[count]} != dialect_.quote &&
           int64_t{units[count]} != dialect_.escape)
      ++count;
    if (count > limit_ - static_cast<int64_t>(field_.size())) return RaiseTooLarge();
    field_.insert(field_.end(), units, units + count);
    return count;
  }

  // A field that stands in the line as it is, from *at on and with a delimiter or the end of the
  // line behind it. False: it is another kind, and nothing was done.
  template <class Unit>
  Result<bool> CutField(Str* line, const Unit* units, int64_t* at) GILA_ATTACHED {
    const int64_t length = line->length;
    int64_t from = *at;
    const bool quoted = dialect_.IsQuote(units[from]);
    if (!quoted && units[from] == ' ' && dialect_.skip_initial_space) return false;
    int64_t to = from + (quoted ? 1 : 0);
    if (quoted) {
      ++from;
      while (to < length && int64_t{units[to]} != dialect_.quote &&
             int64_t{units[to]} != dialect_.escape)
        ++to;
      if (to == length || int64_t{units[to]} != dialect_.quote) return false;
    } else {
      while (to < length && int64_t{units[to]} != dialect_.delimiter && !IsLineEnd(units[to]) &&
             int64_t{units[to]} != dialect_.escape) {
        ++to;
      }
    }
    if (to - from > limit_) return false;
    const int64_t behind = quoted ? to + 1 : to;
    if (behind < length && int64_t{units[behind]} != dialect_.delimiter) {
      if (quoted ? !dialect_.double_quote || !IsLineEnd(units[behind]) : !IsLineEnd(units[behind]))
        return false;
    }
    GILA_TRY(Str * text, StrSlice(thread_, line, from, to));
    GILA_TRY_VOID(Append(text, !quoted && to > from && dialect_.quoting == kQuoteNonNumeric));
    if (behind < length && int64_t{units[behind]} == dialect_.delimiter) {
      state_ = State::kStartField;
      *at = behind + 1;
    } else {
      state_ = State::kLineEnd;
      *at = behind;
    }
    return true;
  }

  Status Append(Str* text, bool numeric) GILA_ATTACHED {
    if (!numeric) return ListAppend(thread_, fields_, text);
    GILA_TRY(const Value number, Call(thread_, GetType(TypeId::kFloat), {Value(text)}));
    return ListAppend(thread_, fields_, number);
  }
  Status Save() GILA_ATTACHED {
    GILA_TRY(Str * text,
             NewStrFromUcs4(thread_, field_.data(), static_cast<int64_t>(field_.size())));
    field_.clear();
    const bool numeric = numeric_;
    numeric_ = false;
    return Append(text, numeric);
  }
  Status Push(uint32_t c) GILA_ATTACHED {
    if (static_cast<int64_t>(field_.size()) >= limit_) return RaiseTooLarge();
    field_.push_back(c);
    return kOk;
  }
  Failed RaiseTooLarge() GILA_ATTACHED {
    return RaiseError(thread_, "field larger than field limit (" + std::to_string(limit_) + ")");
  }
  Status PushAndGo(uint32_t c, State next) GILA_ATTACHED {
    GILA_TRY_VOID(Push(c));
    state_ = next;
    return kOk;
  }
  Status SaveAndGo(State next) GILA_ATTACHED {
    GILA_TRY_VOID(Save());
    state_ = next;
    return kOk;
  }

  Status AddChar(uint32_t c) GILA_ATTACHED {
    switch (state_) {
      case State::kStartRecord:
        state_ = State::kLineEnd;
        return kOk;
      case State::kStartField:
        return FirstChar(c);
      case State::kEscaped:
        return PushAndGo(c, IsLineEnd(c) ? State::kAfterEscapedLineEnd : State::kInField);
      case State::kAfterEscapedLineEnd:
      case State::kInField:
        return FieldChar(c);
      case State::kInQuoted:
        return QuotedChar(c);
      case State::kEscapedInQuoted:
        return PushAndGo(c, State::kInQuoted);
      case State::kQuoteInQuoted:
        return CharBehindQuote(c);
      default:
        if (IsLineEnd(c)) return kOk;
        return RaiseError(thread_,
                          "new-line character seen in unquoted field - do you need to open the "
                          "file in universal-newline "
                          "mode?");
    }
  }
  Status FirstChar(uint32_t c) GILA_ATTACHED {
    if (IsLineEnd(c)) return SaveAndGo(State::kLineEnd);
    if (dialect_.IsQuote(c)) {
      state_ = State::kInQuoted;
    } else if (int64_t{c} == dialect_.escape) {
      state_ = State::kEscaped;
    } else if (c == ' ' && dialect_.skip_initial_space) {
      return kOk;
    } else if (int64_t{c} == dialect_.delimiter) {
      return Save();
    } else {
      numeric_ = dialect_.quoting == kQuoteNonNumeric;
      return PushAndGo(c, State::kInField);
    }
    return kOk;
  }
  Status FieldChar(uint32_t c) GILA_ATTACHED {
    if (IsLineEnd(c)) return SaveAndGo(State::kLineEnd);
    if (int64_t{c} == dialect_.escape) {
      state_ = State::kEscaped;
      return kOk;
    }
    if (int64_t{c} == dialect_.delimiter) return SaveAndGo(State::kStartField);
    return PushAndGo(c, State::kInField);
  }
  Status QuotedChar(uint32_t c) GILA_ATTACHED {
    if (int64_t{c} == dialect_.escape) {
      state_ = State::kEscapedInQuoted;
      return kOk;
    }
    if (dialect_.IsQuote(c)) {
      state_ = dialect_.double_quote ? State::kQuoteInQuoted : State::kInField;
      return kOk;
    }
    return Push(c);
  }
  Status CharBehindQuote(uint32_t c) GILA_ATTACHED {
    if (dialect_.IsQuote(c)) return PushAndGo(c, State::kInQuoted);
    if (int64_t{c} == dialect_.delimiter) return SaveAndGo(State::kStartField);
    if (IsLineEnd(c)) return SaveAndGo(State::kLineEnd);
    if (!dialect_.strict) return PushAndGo(c, State::kInField);
    StrBuilder message(thread_);
    message.Append('\'');
    message.Append(static_cast<uint32_t>(dialect_.delimiter));
    message.AppendAscii("' expected after '");
    message.Append(static_cast<uint32_t>(dialect_.quote));
    message.Append('\'');
    GILA_TRY(Str * text, message.Finish());
    return RaiseError(thread_, ToUtf8(text));
  }
  Status EndLine() GILA_ATTACHED {
    switch (state_) {
      case State::kStartField:
      case State::kInField:
      case State::kQuoteInQuoted:
        return SaveAndGo(State::kStartRecord);
      case State::kEscaped:
        return PushAndGo('\n', State::kInField);
      case State::kEscapedInQuoted:
        return PushAndGo('\n', State::kInQuoted);
      case State::kLineEnd:
        state_ = State::kStartRecord;
        return kOk;
      default:  // between quotes, or behind an escaped line end: the field goes on in the next line
        return kOk;
    }
  }

  Thread& thread_;
  const Dialect& dialect_;
  List* const fields_;
  const int64_t limit_;
  State state_ = State::kStartRecord;
  absl::InlinedVector<uint32_t, 64> field_;
  bool numeric_ = false;
};

Result<Value> ReadRecord(Thread& thread, Object* object) {
  auto* const self = static_cast<Reader*>(object);
  const Value lines = self->lines.Load();
  GILA_TRY(List * fields, NewList(thread));
  Record record(thread, *self->dialect.Load(), fields);
  do {
    GILA_TRY(const Value line, Next(thread, lines));
    if (line.IsUnbound()) {
      GILA_TRY(const bool complete, record.End());
      return complete ? Value(fields) : kUnbound;
    }
    if (!IsStr(line)) {
      return RaiseError(thread, "iterator should return strings, not " +
                                    std::string(TypeNameOf(line)) +
                                    " (the file should be opened in text mode)");
    }
    self->line_count.FetchAdd(1);
    GILA_TRY_VOID(record.AddLine(line.As<Str>()));
  } while (!record.complete());
  return fields;
}

Result<Value> GetDialectOf(Thread&, Value self) { return self.As<Reader>()->dialect.Load(); }
Result<Value> GetLineNumber(Thread&, Value self) {
  return Value::SmallInt(self.As<Reader>()->line_count.Load());
}

Result<Value> NewReader(Thread& thread, Args args) {
  const std::span<const Value> rest = args.rest();
  if (rest.empty()) return thread.RaiseTypeError("reader expected at least 1 argument, got 0");
  GILA_TRY(const Value lines, GetIter(thread, rest[0]));
  GILA_TRY(Dialect * dialect, DialectOf(thread, rest.subspan(1), args[0]));
  GILA_TRY(Object * object, AllocateInstance(thread, reader_type));
  auto* const reader = static_cast<Reader*>(object);
  reader->lines.Store(reader, lines);
  reader->dialect.Store(reader, dialect);
  return reader;
}

constexpr NativeDef kReaderMethods[] = {GILA_NATIVE_ITERATOR_METHODS, {}};
constexpr GetSetDef kReaderGetSets[] = {{"dialect", GetDialectOf, ReadonlyMember, nullptr},
                                        {"line_num", GetLineNumber, ReadonlyMember, nullptr},
                                        {}};
constexpr TypeSpec kReaderType = {.doc = "An iterator over the records of a CSV file.",
                                  .methods = kReaderMethods,
                                  .getsets = kReaderGetSets};
constexpr NativeDef kFunctions[] = {{"reader", NewReader, "(*args, **kwargs)",
                                     "reader(iterable, dialect='excel', **parameters): an iterator "
                                     "over the records in an iterable of lines. Each is a list\n"
                                     "of strings."},
                                    {}};

}  // namespace

Status AddReader(Thread& thread, Module* module) {
  const uint8_t kind = RegisterKind(kReaderKind);
  native_iterator_steps[kind] = ReadRecord;
  GILA_TRY(reader_type, NewNativeType(thread, kReaderType, "_csv.reader", nullptr,
                                      static_cast<Kind>(kind), sizeof(Reader), 0));
  heap::AddRoot(reinterpret_cast<Object**>(&reader_type));
  GILA_TRY_VOID(AddValue(thread, module, "Reader", reader_type));
  return AddFunctions(thread, module, kFunctions);
}

}  // namespace gila::csv
