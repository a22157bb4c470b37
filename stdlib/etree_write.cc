// etree_write.cc: trees as XML text. A tree is *plain* when it is made of nothing but elements of
// the built-in class, and of strs in them; survey() looks for that, and for the names with a
// namespace, to which lib/xml/etree/_writing.py gives prefixes; write_plain() then writes the tree.
// What is not plain, or HTML, is written by _writing.py itself.
#include <optional>
#include <vector>

#include "runtime/call.h"
#include "runtime/types/container_support.h"
#include "stdlib/etree_internal.h"

namespace gila::etree {

namespace {

// The open elements, the innermost last. They are kept in a list, where the collector sees them:
// the program may change the tree meanwhile.
class Path {
 public:
  Path(Thread& thread, List* elements) : thread_(thread), elements_(elements) {}
  bool empty() const { return places_.empty(); }
  Status Push(Value element) {
    places_.push_back(0);
    return ListAppend(thread_, elements_, element);
  }
  Element* Top() const {
    return AsElement(ListAt(elements_, static_cast<int64_t>(places_.size()) - 1));
  }
  // The next child of the innermost, or unbound.
  Value NextChild() { return ChildAt(Top(), places_.back()++); }
  Status Pop() {
    places_.pop_back();
    return ListPop(thread_, elements_, -1).ok() ? kOk : Status(kFailed);
  }

 private:
  Thread& thread_;
  List* const elements_;
  std::vector<int64_t> places_;
};

enum class TagKind : uint8_t { kOther, kName, kComment, kInstruction };

Result<TagKind> KindOfTag(Thread& thread, Value tag, Set* comments, Set* instructions) {
  if (IsExactly(tag, TypeId::kStr)) return TagKind::kName;
  if (!IsKind(tag, kKindFunction)) return TagKind::kOther;
  GILA_TRY(const bool comment, SetContains(thread, comments, tag));
  if (comment) return TagKind::kComment;
  GILA_TRY(const bool instruction, SetContains(thread, instructions, tag));
  return instruction ? TagKind::kInstruction : TagKind::kOther;
}

bool IsQualified(Value name) {
  const Str* const text = name.As<Str>();
  return text->length > 0 && text->At(0) == '{';
}
bool IsText(Value v) { return v.IsNone() || IsExactly(v, TypeId::kStr); }

// --- survey ---

class Survey {
 public:
  Survey(Thread& thread, Set* comments, Set* instructions, Dict* names)
      : thread_(thread), comments_(comments), instructions_(instructions), names_(names) {}

  // False: not plain.
  Result<bool> See(Element* element) {
    GILA_TRY(const TagKind kind, KindOfTag(thread_, element->tag.Load(), comments_, instructions_));
    if (kind == TagKind::kOther || !IsText(element->text.Load()) || !IsText(element->tail.Load()))
      return false;
    if (kind != TagKind::kName) return element->text.Load() != kNone;
    GILA_TRY_VOID(Note(element->tag.Load()));
    const Value attrib = element->attrib.Load();
    if (attrib.IsUnbound()) return true;
    int64_t position = 0;
    Value key, value;
    while (DictNext(attrib.As<Dict>(), &position, &key, &value)) {
      if (!IsExactly(key, TypeId::kStr) || !IsExactly(value, TypeId::kStr)) return false;
      GILA_TRY_VOID(Note(key));
    }
    return true;
  }

 private:
  Status Note(Value name) {
    if (!IsQualified(name)) return kOk;
    return DictSet(thread_, names_, name, kNone);
  }

  Thread& thread_;
  Set* const comments_;
  Set* const instructions_;
  Dict* const names_;
};

Status CheckSets(Thread& thread, Value comments, Value instructions) {
  if (IsAnySet(comments) && IsAnySet(instructions)) return kOk;
  return thread.RaiseTypeError("the tags must be sets");
}

// --- writing ---

class Writer {
 public:
  Writer(Thread& thread, Value write, Dict* names, bool short_empty)
      : thread_(thread), write_(write), names_(names), short_empty_(short_empty) {
    text_.emplace(thread);
  }

  void Ascii(std::string_view text) { text_->AppendAscii(text); }

  Status Name(Value name) {
    if (!IsExactly(name, TypeId::kStr)) return Cannot(name);
    if (IsQualified(name)) {
      GILA_TRY(const Value written, DictGet(thread_, names_, name));
      if (!IsStr(written)) return Cannot(name);
      name = written;
    }
    text_->Append(name.As<Str>());
    return kOk;
  }

  // Text of an element, or with kQuoted the value of an attribute.
  template <bool kQuoted>
  Status Escaped(Value v) {
    if (!IsExactly(v, TypeId::kStr)) return Cannot(v);
    const Str* const text = v.As<Str>();
    int64_t begun = 0;
    for (int64_t i = 0; i < text->length; ++i) {
      const std::string_view instead = Instead<kQuoted>(text->At(i));
      if (instead.empty()) continue;
      text_->Append(text, begun, i);
      text_->AppendAscii(instead);
      begun = i + 1;
    }
    if (begun == 0) {
      text_->Append(text);
    } else {
      text_->Append(text, begun, text->length);
    }
    return kOk;
  }
  Status Raw(Value v) {
    if (!IsExactly(v, TypeId::kStr)) return Cannot(v);
    text_->Append(v.As<Str>());
    return kOk;
  }

  Status Attributes(Element* element) {
    const Value attrib = element->attrib.Load();
    if (attrib.IsUnbound()) return kOk;
    int64_t position = 0;
    Value key, value;
    while (DictNext(attrib.As<Dict>(), &position, &key, &value)) {
      Ascii(" ");
      GILA_TRY_VOID(Name(key));
      Ascii("=\"");
      GILA_TRY_VOID(Escaped<true>(value));
      Ascii("\"");
    }
    return kOk;
  }

  // The start tag, with `declarations` (a str) in it, and the text; `*closed` when that was all.
  Status Begin(Element* element, Value declarations, bool* closed) {
    Ascii("<");
    GILA_TRY_VOID(Name(element->tag.Load()));
    GILA_TRY_VOID(Raw(declarations));
    GILA_TRY_VOID(Attributes(element));
    const Value text = element->text.Load();
    const bool has_text = !text.IsNone() && text != Value(empty_str);
    *closed = short_empty_ && !has_text && ChildCount(element) == 0;
    Ascii(*closed ? " />" : ">");
    return has_text ? Escaped<false>(text) : kOk;
  }
  Status End(Element* element) {
    Ascii("</");
    GILA_TRY_VOID(Name(element->tag.Load()));
    Ascii(">");
    return kOk;
  }
  Status Tail(Element* element) {
    const Value tail = element->tail.Load();
    return tail.IsNone() ? kOk : Escaped<false>(tail);
  }

  // Hands the text over when it is long, or for good.
  Status Flush(bool all) {
    constexpr int64_t kLong = 16384;
    if (!all && text_->length() < kLong) return kOk;
    GILA_TRY(Str* const text, text_->Finish());
    text_.emplace(thread_);
    if (text->length == 0) return kOk;
    GILA_TRY_VOID(Call(thread_, write_, {Value(text)}));
    return thread_.CheckBreaker();
  }

 private:
  template <bool kQuoted>
  static std::string_view Instead(uint32_t c) {
    if (GILA_LIKELY(c > '>')) return {};
    switch (c) {
      case '&':
        return "&amp;";
      case '<':
        return "&lt;";
      case '>':
        return "&gt;";
      case '"':
        return kQuoted ? "&quot;" : std::string_view();
      case '\r':
        return kQuoted ? "&#13;" : std::string_view();
      case '\n':
        return kQuoted ? "&#10;" : std::string_view();
      case '\t':
        return kQuoted ? "&#09;" : std::string_view();
      default:
        return {};
    }
  }
  Failed Cannot(Value v) {
    GILA_TRY(Str* const shown, Repr(thread_, v));
    return thread_.RaiseTypeError("cannot serialize %s (type %s)", ToUtf8(shown).c_str(),
                                  TypeNameText(v).c_str());
  }

  Thread& thread_;
  const Value write_;
  Dict* const names_;
  const bool short_empty_;
  std::optional<StrBuilder> text_;
};

// A comment or an instruction, whole.
Status WriteAside(Writer& writer, Element* element, TagKind kind) {
  writer.Ascii(kind == TagKind::kComment ? "<!--" : "<?");
  GILA_TRY_VOID(writer.Raw(element->text.Load()));
  writer.Ascii(kind == TagKind::kComment ? "-->" : "?>");
  return writer.Tail(element);
}

}  // namespace

Result<Value> SurveyTree(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckSets(thread, args[1], args[2]));
  if (!IsExactElement(args[0])) return kNone;
  GILA_TRY(Dict* const names, NewDict(thread));
  GILA_TRY(List* const open, NewList(thread));
  Survey survey(thread, args[1].As<Set>(), args[2].As<Set>(), names);
  Path path(thread, open);
  Value element = args[0];
  while (true) {
    if (!element.IsUnbound()) {
      if (!IsExactElement(element)) return kNone;
      GILA_TRY(const bool plain, survey.See(AsElement(element)));
      if (!plain) return kNone;
      GILA_TRY_VOID(path.Push(element));
    } else {
      GILA_TRY_VOID(path.Pop());
      GILA_TRY_VOID(thread.CheckBreaker());
      if (path.empty()) return names;
    }
    element = path.NextChild();
  }
}

Result<Value> WritePlain(Thread& thread, Args args) {
  GILA_TRY_VOID(CheckSets(thread, args[5], args[6]));
  if (!IsElement(args[1]) || !IsDict(args[2])) return thread.RaiseTypeError("not a plain tree");
  GILA_TRY(const bool short_empty, Truth(thread, args[4]));
  GILA_TRY(List* const open, NewList(thread));
  Path path(thread, open);
  Writer writer(thread, args[0], args[2].As<Dict>(), short_empty);
  Value element = args[1], declarations = args[3];
  while (true) {
    if (!element.IsUnbound()) {
      GILA_TRY_VOID(CheckIsElement(thread, element));
      Element* const entered = AsElement(element);
      GILA_TRY(const TagKind kind,
               KindOfTag(thread, entered->tag.Load(), args[5].As<Set>(), args[6].As<Set>()));
      bool closed = true;
      if (kind == TagKind::kComment || kind == TagKind::kInstruction) {
        GILA_TRY_VOID(WriteAside(writer, entered, kind));
      } else {
        GILA_TRY_VOID(writer.Begin(entered, declarations, &closed));
        if (closed) GILA_TRY_VOID(writer.Tail(entered));
      }
      declarations = empty_str;
      if (!closed) GILA_TRY_VOID(path.Push(element));
    } else {
      GILA_TRY_VOID(writer.End(path.Top()));
      GILA_TRY_VOID(writer.Tail(path.Top()));
      GILA_TRY_VOID(path.Pop());
    }
    GILA_TRY_VOID(writer.Flush(path.empty()));
    if (path.empty()) return kNone;
    element = path.NextChild();
  }
}

}  // namespace gila::etree
