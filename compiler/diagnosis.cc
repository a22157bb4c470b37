#include "compiler/diagnosis.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "compiler/diagnosis_parser.h"

namespace gila::compiler {

// ---------------------------------------------------------------------------------------------------------------------
// Tokens

int DiagnosisParser::Peek(uint32_t ahead) {
  const uint32_t index =
      std::min<uint32_t>(pos_ + ahead, static_cast<uint32_t>(tokens_.tokens.size()) - 1);
  furthest_ = std::max(furthest_, index);
  switch (const int kind = tokens_.tokens[index].kind; kind) {
    case TK_MATCH:
    case TK_CASE:
      return TK_NAME;
    case TK_WITH_LPAREN:
      return TK_LPAREN;
    case TK_ERROR:
      // CPython's tokenizer reports when it is asked for the token.
      if (!found_) {
        found_ = true;
        error_ = tokens_.error;
      }
      return kind;
    default:
      return kind;
  }
}

bool DiagnosisParser::IsOneOf(std::initializer_list<int> kinds) {
  if (found_) return false;
  const int next = Peek();
  return std::find(kinds.begin(), kinds.end(), next) != kinds.end() && !found_;
}

bool DiagnosisParser::Accept(int kind) {
  if (found_ || Peek() != kind || found_) return false;
  ++pos_;
  return true;
}

bool DiagnosisParser::AcceptOneOf(std::initializer_list<int> kinds) {
  if (!IsOneOf(kinds)) return false;
  ++pos_;
  return true;
}

bool DiagnosisParser::AcceptWord(std::string_view word) {
  if (!Is(TK_NAME) || TextAt(pos_) != word) return false;
  ++pos_;
  return true;
}

bool DiagnosisParser::Force(int kind, const char* text) {
  if (Accept(kind)) return true;
  if (!found_) Report(pos_, pos_, absl::StrFormat("expected '%s'", text));
  return false;
}

bool DiagnosisParser::IsSoftKeyword() {
  if (Peek() != TK_NAME) return false;
  // CPython compares no more characters than the name has, so that "c" passes for "case".
  const std::string_view text = TextAt(pos_);
  const auto begins = [text](std::string_view word) { return word.substr(0, text.size()) == text; };
  return begins("_") || begins("case") || begins("match");
}

// ---------------------------------------------------------------------------------------------------------------------
// Nodes and memory

DiagnosisParser::Result DiagnosisParser::Make(Kind kind, uint32_t first,
                                              std::vector<const Node*> items) {
  if (found_) return nullptr;
  nodes_.push_back(std::make_unique<Node>());
  Node* node = nodes_.back().get();
  node->kind = kind;
  node->first = first;
  node->last = pos_ == first ? first : pos_ - 1;
  item_lists_.push_back(std::make_unique<std::vector<const Node*>>(std::move(items)));
  node->items = item_lists_.back().get();
  return node;
}

DiagnosisParser::Result DiagnosisParser::Remember(RuleId id, Rule rule) {
  if (found_) return nullptr;
  const uint64_t key = (uint64_t{pos_} << 8) | id;
  const auto known = memory_.find(key);
  if (known != memory_.end()) {
    pos_ = known->second.end;
    return known->second.result;
  }
  if (++depth_ > kMaxDepth) GiveUp();
  Result result = found_ ? nullptr : (this->*rule)();
  --depth_;
  if (found_) return nullptr;
  memory_[key] = {result, pos_};
  return result;
}

bool DiagnosisParser::Gather(Rule item, std::vector<const Node*>* items, bool trailing) {
  Result first = (this->*item)();
  if (first == nullptr) return false;
  items->push_back(first);
  while (Is(TK_COMMA)) {
    const uint32_t comma = pos_++;
    Result next = (this->*item)();
    if (next == nullptr) {
      pos_ = trailing ? comma + 1 : comma;
      break;
    }
    items->push_back(next);
  }
  return !found_;
}

bool DiagnosisParser::LooksAhead(Rule rule) {
  const uint32_t start = pos_;
  const bool matched = !found_ && (this->*rule)() != nullptr;
  pos_ = start;
  return matched;
}

// ---------------------------------------------------------------------------------------------------------------------
// Reporting

DiagnosisParser::Result DiagnosisParser::RaiseRange(uint32_t first, uint32_t last,
                                                    std::string message) {
  return invalid_rules_ ? Report(first, last, std::move(message)) : nullptr;
}

DiagnosisParser::Result DiagnosisParser::Report(uint32_t first, uint32_t last,
                                                std::string message) {
  if (found_) return nullptr;
  found_ = true;
  error_ = MakeSyntaxErrorAt(tokens_, At(first), At(last), std::move(message));
  return nullptr;
}

DiagnosisParser::Result DiagnosisParser::ReportFrom(uint32_t first, std::string message) {
  if (found_) return nullptr;
  Report(first, furthest_, std::move(message));
  --error_.end_offset;
  return nullptr;
}

DiagnosisParser::Result DiagnosisParser::RaiseLast(std::string message, SyntaxErrorType type) {
  if (found_ || !invalid_rules_) return nullptr;
  RaiseRange(furthest_, furthest_, std::move(message));
  error_.type = type;
  return nullptr;
}

// Too deep to go on: the plain message.
void DiagnosisParser::GiveUp() { Report(last_token_, last_token_, "invalid syntax"); }

DiagnosisParser::Result DiagnosisParser::RaiseTarget(Result node, Targets targets) {
  Result bad = InvalidTarget(node, targets);
  if (bad == nullptr) return nullptr;
  const char* verb = targets == Targets::kDelete ? "delete" : "assign to";
  return RaiseAt(bad, absl::StrFormat("cannot %s %s", verb, NameOf(bad)));
}

// The first part of `node` that cannot be a target; null if all of it can.
DiagnosisParser::Result DiagnosisParser::InvalidTarget(Result node, Targets targets) {
  switch (node->kind) {
    case Kind::kName:
    case Kind::kAttribute:
    case Kind::kSubscript:
      return nullptr;
    case Kind::kTuple:
    case Kind::kList:
      for (const Node* item : *node->items) {
        if (Result bad = InvalidTarget(item, targets)) return bad;
      }
      return nullptr;
    case Kind::kStarred:
      return targets == Targets::kDelete ? node : InvalidTarget((*node->items)[0], targets);
    case Kind::kCompare:
      // `for a in b` was read as a comparison: its left side is the target.
      if (targets != Targets::kFor) return node;
      return node->left != nullptr ? InvalidTarget(node->left, targets) : nullptr;
    default:
      return node;
  }
}

const char* DiagnosisParser::NameOf(Result node) const {
  switch (node->kind) {
    case Kind::kAttribute:
      return "attribute";
    case Kind::kSubscript:
      return "subscript";
    case Kind::kStarred:
      return "starred";
    case Kind::kName:
      return "name";
    case Kind::kList:
      return "list";
    case Kind::kTuple:
      return "tuple";
    case Kind::kLambda:
      return "lambda";
    case Kind::kCall:
      return "function call";
    case Kind::kGeneratorExp:
      return "generator expression";
    case Kind::kYield:
    case Kind::kYieldFrom:
      return "yield expression";
    case Kind::kAwait:
      return "await expression";
    case Kind::kListComp:
      return "list comprehension";
    case Kind::kSetComp:
      return "set comprehension";
    case Kind::kDictComp:
      return "dict comprehension";
    case Kind::kDict:
      return "dict literal";
    case Kind::kSet:
      return "set display";
    case Kind::kJoinedStr:
      return "f-string expression";
    case Kind::kCompare:
      return "comparison";
    case Kind::kIfExp:
      return "conditional expression";
    case Kind::kNamedExpr:
      return "named expression";
    case Kind::kConstant:
      switch (At(node->first).kind) {
        case TK_NONE:
          return "None";
        case TK_TRUE:
          return "True";
        case TK_FALSE:
          return "False";
        case TK_ELLIPSIS:
          return "ellipsis";
        default:
          return "literal";
      }
    default:
      return "expression";
  }
}

// ---------------------------------------------------------------------------------------------------------------------
// The ways in

void DiagnosisParser::Run(int start, uint32_t first, bool invalid_rules) {
  invalid_rules_ = invalid_rules;
  memory_.clear();
  pos_ = first;
  switch (start) {
    case TK_START_FILE:
      Statements();
      break;
    case TK_START_SINGLE:
      Statement();
      break;
    case TK_START_EVAL:
      Expressions();
      break;
    default:
      StarExpressions();
      break;
  }
}

void DiagnosisParser::Diagnose(int start, uint32_t first) {
  Run(start, first, false);
  if (!found_) Run(start, first, true);
}

namespace {

// Where the diagnosis of a file may begin: at a statement of the outermost level that ends before
// the one with the error. What stands before it has been parsed and is right.
uint32_t FirstSuspect(const TokenStream& tokens, uint32_t last_token) {
  uint32_t starts[2] = {0, 0};
  int depth = 0;
  bool line_start = true;
  bool decorated = false;
  for (uint32_t i = 0; i <= last_token; ++i) {
    switch (tokens.tokens[i].kind) {
      case TK_NEWLINE:
        line_start = true;
        continue;
      case TK_INDENT:
        ++depth;
        continue;
      case TK_DEDENT:
        --depth;
        continue;
      case TK_ELSE:
      case TK_ELIF:
      case TK_EXCEPT:
      case TK_FINALLY:
        line_start = false;
        continue;
      default:
        break;
    }
    if (!line_start) continue;
    line_start = false;
    if (depth > 0) continue;
    const bool was_decorated = decorated;
    decorated = tokens.tokens[i].kind == TK_AT;
    if (was_decorated) continue;
    starts[0] = starts[1];
    starts[1] = i;
  }
  return starts[0];
}

}  // namespace

Diagnosis Diagnose(const TokenStream& tokens, uint32_t last_token, int start) {
  DiagnosisParser parser(tokens, last_token);
  parser.Diagnose(start, start == TK_START_FILE ? FirstSuspect(tokens, last_token) : 0);
  if (parser.found()) return {parser.error(), parser.furthest()};
  const Token& token = tokens.tokens[last_token];
  if (token.kind == TK_INDENT || token.kind == TK_DEDENT) {
    const char* message = token.kind == TK_INDENT ? "unexpected indent" : "unexpected unindent";
    return {MakeSyntaxErrorAt(tokens, token, token, message, SyntaxErrorType::kIndentationError),
            last_token};
  }
  const Token& last = tokens.tokens[std::max(last_token, parser.reached_by_match())];
  SyntaxError error = MakeSyntaxErrorAt(tokens, last, last, "invalid syntax");
  // CPython adds no newline to an expression: then the end of its line has no place.
  const bool no_place =
      start == TK_START_EVAL && last.kind == TK_NEWLINE && tokens.source->newline_added;
  if (last.kind == TK_YYEOF || no_place) error.offset = error.end_offset = 0;
  return {error, parser.furthest()};
}

}  // namespace gila::compiler
