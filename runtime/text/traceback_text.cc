// traceback_text.cc: what the interpreter prints for an exception: the entries of the traceback
// with source lines and carets (PEP 657), chained exceptions, notes, groups as a tree (PEP 654).
// Words and layout are CPython 3.11's; the colours, when there are any, are in colour.h.
#include <algorithm>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "runtime/modules.h"
#include "runtime/protocols.h"
#include "runtime/text/colour.h"
#include "runtime/text/source_lines.h"
#include "runtime/text/suggestions.h"
#include "runtime/types/code.h"
#include "runtime/types/dict.h"
#include "runtime/types/exception.h"
#include "runtime/types/exception_internal.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace gila {
namespace {

constexpr int kRepeatLimit = 3;         // the same entry is printed that often before it is counted
constexpr int64_t kMaxGroupWidth = 15;  // exceptions of a group that are shown
constexpr int kMaxGroupDepth = 10;
constexpr size_t kMaxEntries = 1000;  // sys.tracebacklimit's default

// How many entries sys.tracebacklimit allows: the last ones are shown.
size_t EntryLimit(Thread& thread) {
  const Value limit = SysAttribute(thread, Intern(thread, "tracebacklimit"));
  if (limit.IsSmallInt()) return static_cast<size_t>(std::max<int64_t>(limit.AsSmallInt(), 0));
  const bool is_negative = IsInt(limit) && IntSign(limit) < 0;
  return is_negative ? 0 : kMaxEntries;
}
const char kCauseMessage[] = "The above exception was the direct cause of the following exception:";
const char kContextMessage[] =
    "During handling of the above exception, another exception occurred:";

// The text so far, and how deep in groups the writer is.
class Writer {
 public:
  Writer(Thread& thread, const Palette& palette)
      : thread_(thread), palette_(palette), limit_(EntryLimit(thread)) {}
  void Chain(Value exception);
  void Alone(Value exception);
  std::string text;

 private:
  std::string Indent() const { return std::string(static_cast<size_t>(2 * depth_), ' '); }
  void Line(const std::string& line, char margin = '|') {
    if (depth_ > 0) text += Indent() + margin + " ";
    text += line + "\n";
  }
  // Every line of `block` on its own.
  void Lines(const std::string& block) {
    size_t start = 0;
    while (start < block.size()) {
      size_t end = block.find('\n', start);
      if (end == std::string::npos) end = block.size();
      Line(block.substr(start, end - start));
      start = end + 1;
    }
  }
  void One(Exception* e);
  void Members(Exception* e);
  void Entries(Exception* e);
  void Entry(const Traceback* entry);
  std::string Place(const std::string& file, int64_t line) const;
  std::string Summary(const std::string& label, const std::string& message) const;
  void SyntaxErrorDetails(Exception* e);
  void Description(Exception* e);
  void Notes(Exception* e);
  void Note(Value note);
  std::string Text(Value v);

  Thread& thread_;
  const Palette& palette_;
  const size_t limit_;  // of entries
  int depth_ = 0;
  bool need_close_ = false;
  std::unordered_set<const Exception*> seen_;
};

// str(v), or CPython's stand-in when that fails.
std::string Writer::Text(Value v) {
  const Result<Str*> shown = ToStr(thread_, v);
  if (shown.ok()) return ToUtf8(shown.value());
  thread_.ClearException();
  return "<exception str() failed>";
}

bool IsGroup(Value v) { return IsInstanceOf(v, TypeId::kBaseExceptionGroup); }

// The module-qualified name: builtins and __main__ are left out.
std::string TypeLabel(Thread& thread, Value exception) {
  const Value type = reinterpret_cast<Object*>(TypeOf(exception));
  std::string name(TypeName(TypeOf(exception)));
  const Result<Value> qualname = GetAttrOrUnbound(thread, type, NameOf(Name::kQualname));
  if (qualname.ok() && IsStr(qualname.value())) name = ToUtf8(qualname.value());
  const Result<Value> module = GetAttrOrUnbound(thread, type, NameOf(Name::kModule_));
  thread.ClearException();
  if (!module.ok() || !IsStr(module.value())) return "<unknown>." + name;
  const std::string where = ToUtf8(module.value());
  return where == "builtins" || where == "__main__" ? name : where + "." + name;
}

// A line of source without its indent; what stands behind it stays.
std::string Unindented(const std::string& line, size_t* removed) {
  *removed = std::min(line.find_first_not_of(" \t\f"), line.size());
  return line.substr(*removed);
}

std::string Writer::Place(const std::string& file, int64_t line) const {
  const std::string before = palette_.place, after = palette_.reset;
  return "  File " + before + '"' + file + '"' + after + ", line " + before + std::to_string(line) +
         after;
}

std::string Writer::Summary(const std::string& label, const std::string& message) const {
  const std::string type = palette_.type + label + palette_.reset;
  return message.empty() ? type : type + ": " + palette_.message + message + palette_.reset;
}

void Writer::Entry(const Traceback* entry) {
  const Code* code = entry->code.Load();
  SourceRange range = RangeAt(code, entry->word);
  if (entry->line != 0) range = {entry->line, entry->line, -1, -1};
  if (range.line <= 0) range.line = code->data->first_line;
  const std::string file = ToUtf8(code->filename.Load());
  Line(Place(file, range.line) + ", in " + palette_.place + ToUtf8(code->name.Load()) +
       palette_.reset);
  std::string source;
  if (!SourceLine(thread_, file, range.line, kNone, &source)) return;
  size_t removed;
  std::string shown = Unindented(source, &removed);
  if (shown.empty()) return;
  std::string carets = CaretLine(source, removed, shown, range);
  ColourMarked(palette_, &shown, &carets);
  Line("    " + shown);
  if (!carets.empty()) Line("    " + carets);
}

void Writer::Entries(Exception* e) {
  std::vector<const Traceback*> entries;
  for (const Traceback* t = e->traceback.Load().As<Traceback>(); t != nullptr; t = t->next.Load())
    entries.push_back(t);
  size_t first = 0;
  if (entries.size() > limit_) first = entries.size() - limit_;
  const Code* last_code = nullptr;
  int32_t last_line = -1;
  int64_t count = 0;
  const auto repeated = [&] {
    const int64_t more = count - kRepeatLimit;
    if (more > 0)
      Line("  [Previous line repeated " + std::to_string(more) +
           (more > 1 ? " more times]" : " more time]"));
  };
  for (size_t i = first; i < entries.size(); ++i) {
    const Code* code = entries[i]->code.Load();
    const int32_t line = LineAt(code, entries[i]->word);
    if (code != last_code || line != last_line) {
      repeated();
      last_code = code;
      last_line = line;
      count = 0;
    }
    if (++count <= kRepeatLimit) Entry(entries[i]);
  }
  repeated();
}

// SyntaxError: the place, the line and the carets under it.
void Writer::SyntaxErrorDetails(Exception* e) {
  const Value file = e->extra[1].Load(), line = e->extra[2].Load(), offset = e->extra[3].Load(),
              source = e->extra[4].Load(), end_line = e->extra[5].Load(),
              end_offset = e->extra[6].Load();
  int64_t line_number;
  if (line.IsNone() || !IsInt(line) || !TryInt64(line, &line_number)) return;
  Line(Place(file.IsNone() ? "<string>" : Text(file), line_number));
  if (!IsStr(source)) return;
  const Str* text = source.As<Str>();
  int64_t start = 0, end = text->length;
  if (end > 0 && text->At(end - 1) == '\n') --end;
  while (start < end &&
         (text->At(start) == ' ' || text->At(start) == '\t' || text->At(start) == '\f'))
    ++start;
  int64_t column = 0, end_column = -1, last_line = line_number;
  if (IsInt(offset)) TryInt64(offset, &column);
  // Limits are in bytes of UTF-8, columns in characters: as in CPython.
  const auto size = static_cast<int64_t>(ToUtf8(text).size());
  column = std::min(column, size - (text->length - end) + 1);
  // Of a text of several lines the one with the mark is shown, and what follows.
  for (int64_t i = start; i < std::min(column - 1, end); ++i) {
    if (text->At(i) == '\n') start = i + 1;
  }
  const Result<Str*> slice = StrSlice(thread_, const_cast<Str*>(text), start, end);
  if (!slice.ok()) return;
  std::string shown = ToUtf8(slice.value()), carets;
  if (IsInt(end_offset)) TryInt64(end_offset, &end_column);
  if (IsInt(end_line)) TryInt64(end_line, &last_line);
  end_column = last_line > line_number ? size : std::min(end_column, size + 1);
  // The range of a subclass is not looked at.
  if (end_column <= column || TypeOf(e) != GetType(TypeId::kSyntaxError)) end_column = column + 1;
  const int64_t indent = column - 1 - start;
  if (column >= 1 && indent >= 0) {
    for (int64_t i = 0; i < indent; ++i)
      carets += start + i < text->length && text->At(start + i) == '\t' ? '\t' : ' ';
    carets += std::string(static_cast<size_t>(end_column - column), '^');
  }
  ColourMarked(palette_, &shown, &carets);
  this->text += "    " + shown + "\n";  // without the margin of a group
  if (!carets.empty()) this->text += "    " + carets + "\n";
}

void Writer::Description(Exception* e) {
  std::string label = TypeLabel(thread_, e), message;
  if (IsInstanceOf(e, TypeId::kSyntaxError)) {
    SyntaxErrorDetails(e);
    message = Text(e->extra[0].Load());
  } else {
    message = Text(e);
  }
  message += Suggestion(thread_, e);
  // Only the first line of a message has the margin of its group.
  Line(Summary(label, message));
}

// A margin stands before each line of a note, and an empty note has none.
void Writer::Note(Value note) {
  const Result<Str*> shown = ToStr(thread_, note);
  if (!shown.ok()) {
    thread_.ClearException();
    text += "<note str() failed>\n";
    return;
  }
  const std::string lines = ToUtf8(shown.value());
  Lines(lines);
  if (lines.empty() || lines.back() == '\n') text += '\n';
}

void Writer::Notes(Exception* e) {
  const Result<Value> notes = GetAttrOrUnbound(thread_, e, NameOf(Name::kNotes));
  if (!notes.ok()) {
    thread_.ClearException();
    return;
  }
  const Value v = notes.value();
  if (v.IsUnbound()) return;
  if (!IsList(v) && !IsTuple(v) && !IsStr(v)) {
    // No newline follows what is no sequence of notes: so does CPython.
    const Result<Str*> shown = Repr(thread_, v);
    text += depth_ > 0 ? Indent() + "| " : "";
    text += shown.ok() ? ToUtf8(shown.value()) : "<__notes__ repr() failed>";
    thread_.ClearException();
    return;
  }
  const Status done = ForEach(thread_, v, [&](Value note) -> Status {
    Note(note);
    return kOk;
  });
  if (!done.ok()) thread_.ClearException();
}

// The members of a group, each in a box of its own. The rule under the last one is drawn by the
// innermost group that ends there; `need_close_` says whether that is still to be done.
void Writer::Members(Exception* e) {
  Tuple* members = e->extra[1].Load().As<Tuple>();
  const int64_t total = members->length;
  const int64_t shown = total <= kMaxGroupWidth ? total : kMaxGroupWidth + 1;
  need_close_ = false;
  for (int64_t i = 0; i < shown; ++i) {
    const bool last = i + 1 == shown, truncated = i == kMaxGroupWidth;
    if (last) need_close_ = true;
    text += Indent() + (i == 0 ? "+-" : "  ") + "+---------------- " +
            (truncated ? "..." : std::to_string(i + 1)) + " ----------------\n";
    ++depth_;
    if (truncated) {
      const int64_t rest = total - kMaxGroupWidth;
      Line("and " + std::to_string(rest) + " more exception" + (rest > 1 ? "s" : ""));
    } else {
      Chain(members->At(i));
    }
    if (last && need_close_) {
      text += Indent() + "+------------------------------------\n";
      need_close_ = false;
    }
    --depth_;
  }
}

void Writer::One(Exception* e) {
  if (!IsGroup(e) || !IsTuple(e->extra[1].Load())) {
    if (IsKind(e->traceback.Load(), kKindTraceback) && limit_ != 0) {
      Line("Traceback (most recent call last):");
      Entries(e);
    }
    Description(e);
    Notes(e);
    return;
  }
  if (depth_ > kMaxGroupDepth) {
    Line("... (max_group_depth is " + std::to_string(kMaxGroupDepth) + ")");
    return;
  }
  const bool outermost = depth_ == 0;
  if (outermost) depth_ = 1;
  if (IsKind(e->traceback.Load(), kKindTraceback) && limit_ != 0) {
    Line("Exception Group Traceback (most recent call last):", outermost ? '+' : '|');
    Entries(e);
  }
  Description(e);
  Notes(e);
  Members(e);
  if (outermost) depth_ = 0;
}

// The exception and what led to it, the first cause first. What led to another one already is not
// shown again, in a chain that bites its tail as in the members of a group.
void Writer::Chain(Value exception) {
  std::vector<std::pair<Exception*, const char*>> links;
  for (Value v = exception; IsException(v);) {
    auto* const e = v.As<Exception>();
    seen_.insert(e);
    const bool caused = IsException(e->cause.Load());
    const Value before = caused                            ? e->cause.Load()
                         : e->suppress_context.Load() == 0 ? e->context.Load()
                                                           : kNone;
    if (!IsException(before) || seen_.count(before.As<Exception>()) != 0) {
      links.emplace_back(e, nullptr);
      break;
    }
    links.emplace_back(e, caused ? kCauseMessage : kContextMessage);
    v = before;
  }
  for (size_t i = links.size(); i-- > 0;) {
    // The message stands between the older exception and this one.
    if (i + 1 < links.size()) {
      Line("");
      Line(links[i].second);
      Line("");
    }
    One(links[i].first);
  }
}

// The exception without what led to it, its notes and its members.
void Writer::Alone(Value exception) {
  auto* const e = exception.As<Exception>();
  if (IsKind(e->traceback.Load(), kKindTraceback) && limit_ != 0) {
    Line("Traceback (most recent call last):");
    Entries(e);
  }
  Line(Summary(TypeLabel(thread_, e), "") + ": " + palette_.message + Text(e) + palette_.reset);
}

std::string Format(Thread& thread, Value exception, bool colour,
                   void (Writer::*write)(Value exception)) {
  // Showing an exception runs Gila code (__str__): what waits meanwhile is kept apart.
  const Value waiting = thread.TakeException();
  const int32_t limit = thread.depth_limit;
  thread.depth_limit += 100;
  Writer writer(thread, colour ? kColourPalette : kPlainPalette);
  (writer.*write)(exception);
  thread.depth_limit = limit;
  thread.exception = waiting;
  return std::move(writer.text);
}

}  // namespace

Result<std::string> FormatException(Thread& thread, Value exception, bool colour) {
  return Format(thread, exception, colour, &Writer::Chain);
}

std::string FormatUnraisable(Thread& thread, Value exception, bool colour) {
  return Format(thread, exception, colour, &Writer::Alone);
}

}  // namespace gila
