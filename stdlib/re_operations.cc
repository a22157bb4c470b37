// re_operations.cc: search, findall, split and sub.
//
// A scan goes from match to match: the next one begins where the last one ended, and right behind
// an empty match there must not be another one at the same place (Text::FindNext).
#include "runtime/types/int.h"
#include "stdlib/re_internal.h"

namespace gila::re {

Result<Value> FindMatch(Thread& thread, Pattern* pattern, Mode mode, Value string, Value pos,
                        Value endpos) {
  Text text;
  GILA_TRY_VOID(text.Take(thread, pattern, string));
  GILA_TRY_VOID(text.Bounds(thread, pos, endpos));
  if (text.start > text.end) return kNone;
  Found found;
  GILA_TRY(const bool matched, Find(thread, *pattern->expression, text.subject(), mode, text.start,
                                    text.end, false, &found));
  if (!matched) return kNone;
  return NewMatch(thread, pattern, text, text.start, text.end, found);
}

namespace {

// What findall() lists for a match.
Result<Value> FindAllItem(Thread& thread, const Pattern* pattern, const Text& text,
                          const int64_t* spans) {
  const int64_t groups = pattern->groups();
  if (groups == 1) return text.Piece(thread, spans[0], spans[1]);
  if (groups == 2) return text.GroupPiece(thread, spans, 1, text.Empty());
  GILA_TRY(Tuple * item, NewTuple(thread, groups - 1));
  for (int64_t i = 1; i < groups; ++i) {
    GILA_TRY(const Value piece, text.GroupPiece(thread, spans, i, text.Empty()));
    item->items[i - 1].Store(item, piece);
  }
  return item;
}

}  // namespace

Result<Value> FindAll(Thread& thread, Pattern* pattern, Value string, Value pos, Value endpos) {
  Text text;
  GILA_TRY_VOID(text.Take(thread, pattern, string));
  GILA_TRY_VOID(text.Bounds(thread, pos, endpos));
  GILA_TRY(List * list, NewList(thread));
  while (true) {
    Found found;
    GILA_TRY(const bool matched, text.FindNext(thread, pattern, &found));
    if (!matched) return list;
    GILA_TRY(const Value item, FindAllItem(thread, pattern, text, found.spans));
    GILA_TRY_VOID(ListAppend(thread, list, item));
    GILA_TRY_VOID(thread.CheckBreaker());
  }
}

Result<Value> Split(Thread& thread, Pattern* pattern, Value string, Value maxsplit) {
  int64_t limit = 0;
  if (!maxsplit.IsUnbound()) {
    GILA_TRY_AS(converted, limit, ToInt64(thread, maxsplit));
  }
  Text text;
  GILA_TRY_VOID(text.Take(thread, pattern, string));
  GILA_TRY(List * list, NewList(thread));
  int64_t last = 0;
  for (int64_t count = 0; limit == 0 || count < limit; ++count) {
    Found found;
    GILA_TRY(const bool matched, text.FindNext(thread, pattern, &found));
    if (!matched) break;
    GILA_TRY(const Value piece, text.Piece(thread, last, found.spans[0]));
    GILA_TRY_VOID(ListAppend(thread, list, piece));
    last = found.spans[1];
    for (int64_t i = 1; i < pattern->groups(); ++i) {
      GILA_TRY(const Value group, text.GroupPiece(thread, found.spans, i, kNone));
      GILA_TRY_VOID(ListAppend(thread, list, group));
    }
    GILA_TRY_VOID(thread.CheckBreaker());
  }
  GILA_TRY(const Value rest, text.Piece(thread, last, text.subject().length));
  GILA_TRY_VOID(ListAppend(thread, list, rest));
  return list;
}

namespace {

// Collects the result of sub(): str or bytes, as the text is.
class Output {
 public:
  Output(Thread& thread, const Text& text) : thread_(thread), text_(text), str_(thread) {}

  void AddText(int64_t from, int64_t to) {
    if (from == to) return;
    ++items_;
    if (text_.is_str()) {
      str_.Append(text_.object().As<Str>(), from, to);
    } else {
      bytes_.append(static_cast<const char*>(text_.subject().data) + from,
                    static_cast<size_t>(to - from));
    }
  }
  // TypeError, as join() would word it, when `v` is of the wrong kind.
  Status Add(Value v) GILA_ATTACHED {
    const auto item = static_cast<long long>(items_++);
    if (text_.is_str()) {
      if (!IsStr(v)) {
        return thread_.RaiseTypeError("sequence item %lld: expected str instance, %s found", item,
                                      std::string(TypeNameOf(v)).c_str());
      }
      str_.Append(v.As<Str>());
      return kOk;
    }
    BufferInfo buffer;
    if (!GetBuffer(v, &buffer)) {
      return thread_.RaiseTypeError("sequence item %lld: expected a bytes-like object, %s found",
                                    item, std::string(TypeNameOf(v)).c_str());
    }
    bytes_.append(reinterpret_cast<const char*>(buffer.data), static_cast<size_t>(buffer.size));
    return kOk;
  }
  // The pieces of a parsed template.
  Status AddTemplate(const Tuple* pieces, const int64_t* spans) GILA_ATTACHED {
    for (int64_t i = 0; i < pieces->length; ++i) {
      const Value piece = pieces->At(i);
      if (piece.IsSmallInt()) {
        const int64_t group = piece.AsSmallInt();
        if (spans[2 * group] >= 0) AddText(spans[2 * group], spans[2 * group + 1]);
      } else {
        GILA_TRY_VOID(Add(piece));
      }
    }
    return kOk;
  }
  Result<Value> Finish() GILA_ATTACHED {
    if (text_.is_str()) return Result<Value>(str_.Finish());
    return NewBytes(thread_, bytes_);
  }

 private:
  Thread& thread_;
  const Text& text_;
  StrBuilder str_;
  std::string bytes_;
  int64_t items_ = 0;
};

// What to put in the place of a match: a function's answer, a template, or always the same.
struct Replacement {
  Value function = kUnbound;
  Value parsed = kUnbound;
};

Status AddReplacement(Thread& thread, Pattern* pattern, const Text& text, int64_t pos,
                      const Replacement& replacement, const Found& found,
                      Output* out) GILA_ATTACHED {
  if (!replacement.function.IsUnbound()) {
    GILA_TRY(const Value match, NewMatch(thread, pattern, text, pos, text.end, found));
    GILA_TRY(const Value answer, Call(thread, replacement.function, {match}));
    return answer.IsNone() ? kOk : out->Add(answer);
  }
  if (IsTuple(replacement.parsed))
    return out->AddTemplate(replacement.parsed.As<Tuple>(), found.spans);
  return out->Add(replacement.parsed);
}

}  // namespace

Result<Value> Substitute(Thread& thread, Pattern* pattern, Value replacement, Value string,
                         Value count, bool with_count) {
  int64_t limit = 0;
  if (!count.IsUnbound()) {
    GILA_TRY_AS(converted, limit, ToInt64(thread, count));
  }
  Replacement how;
  if (IsCallable(replacement)) {
    how.function = replacement;
  } else {
    GILA_TRY(how.parsed, ParseTemplate(thread, pattern, replacement));
  }
  Text text;
  GILA_TRY_VOID(text.Take(thread, pattern, string));
  Output out(thread, text);
  int64_t done = 0, last = 0;
  while (limit == 0 || done < limit) {
    Found found;
    GILA_TRY(const bool matched, text.FindNext(thread, pattern, &found));
    if (!matched) break;
    const int64_t from = found.spans[0], to = found.spans[1];
    out.AddText(last, from);
    last = to;
    GILA_TRY_VOID(AddReplacement(thread, pattern, text, 0, how, found, &out));
    ++done;
    GILA_TRY_VOID(thread.CheckBreaker());
  }
  Value result;
  if (done == 0) {
    GILA_TRY(result, text.Piece(thread, 0, text.subject().length));
  } else {
    out.AddText(last, text.subject().length);
    GILA_TRY(result, out.Finish());
  }
  if (!with_count) return result;
  return Result<Value>(
      NewTuple(thread, std::initializer_list<Value>{result, Value::SmallInt(done)}));
}

Result<Value> ExpandTemplate(Thread& thread, Value parsed, const Text& text, const int64_t* spans) {
  Output out(thread, text);
  if (IsTuple(parsed)) {
    GILA_TRY_VOID(out.AddTemplate(parsed.As<Tuple>(), spans));
  } else {
    GILA_TRY_VOID(out.Add(parsed));
  }
  return out.Finish();
}

}  // namespace gila::re
