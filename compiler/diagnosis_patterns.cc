// The diagnosis of match statements: see diagnosis_parser.h.
#include "compiler/diagnosis_parser.h"

namespace gila::compiler {

using Kind = ast::ExprKind;

DiagnosisParser::Result DiagnosisParser::SubjectExpression() {
  const uint32_t start = pos_;
  if (Result first = StarNamedExpression()) {
    if (Accept(TK_COMMA)) {
      const uint32_t end = pos_;
      if (!StarNamedExpressions()) pos_ = end;
      return Make(Kind::kTuple, start, {first});
    }
  }
  pos_ = start;
  return found_ ? nullptr : NamedExpression();
}

bool DiagnosisParser::MatchStatement() {
  const uint32_t keyword = pos_++;
  if (!SubjectExpression()) return false;
  // The grammar took a line without a colon at its end for an expression; CPython has read it as
  // this statement, too.
  reached_by_match_ = Is(TK_COLON) ? pos_ + 1 : pos_;
  if (Is(TK_NEWLINE)) {
    RaiseLast("expected ':'");
    return false;
  }
  if (!CheckIndent("'match' statement", keyword)) return false;
  if (!Accept(TK_COLON) || !Accept(TK_NEWLINE) || !Accept(TK_INDENT)) return false;
  bool any = false;
  uint32_t end = pos_;
  for (; CaseBlock(); end = pos_) any = true;
  pos_ = end;
  return any && Accept(TK_DEDENT);
}

bool DiagnosisParser::CaseBlock() {
  const uint32_t keyword = pos_;
  if (!AcceptWord("case") || !Patterns()) return false;
  if (Accept(TK_IF) && !NamedExpression()) return false;
  if (!HeaderEnd() || !CheckIndent("'case' statement", keyword)) return false;
  return Accept(TK_COLON) && Block();
}

DiagnosisParser::Result DiagnosisParser::Patterns() {
  const uint32_t start = pos_;
  std::vector<const Node*> items;
  if (!Gather(&DiagnosisParser::MaybeStarPattern, &items, true)) return Fail(start);
  const bool sequence = items.size() > 1 || At(pos_ - 1).kind == TK_COMMA;
  if (!sequence && items[0]->kind == Kind::kStarred) return Fail(start);
  return items[0];
}

DiagnosisParser::Result DiagnosisParser::MaybeStarPattern() {
  const uint32_t start = pos_;
  if (Accept(TK_STAR)) return Accept(TK_NAME) ? Make(Kind::kStarred, start) : Fail(start);
  return Pattern();
}

DiagnosisParser::Result DiagnosisParser::Pattern() {
  const uint32_t start = pos_;
  Result pattern = OrPattern();
  if (pattern == nullptr || !Is(TK_AS)) return pattern;
  const uint32_t end = pos_++;
  if (Is(TK_NAME)) {
    if (TextAt(pos_) != "_") {
      ++pos_;
      // A target goes on with neither a dot nor a bracket.
      return Make(Kind::kName, start);
    }
    return RaiseAtToken(pos_, "cannot use '_' as a target");
  }
  if (Result target = Expression()) return RaiseAt(target, "invalid pattern target");
  pos_ = end;
  return found_ ? nullptr : pattern;
}

DiagnosisParser::Result DiagnosisParser::OrPattern() {
  const uint32_t start = pos_;
  if (++depth_ > kMaxDepth) GiveUp();
  Result first = ClosedPattern();
  while (first != nullptr && Is(TK_PIPE)) {
    const uint32_t end = pos_++;
    if (ClosedPattern() == nullptr) {
      pos_ = end;
      break;
    }
  }
  --depth_;
  if (first == nullptr || found_) return Fail(start);
  return Make(Kind::kName, start);
}

DiagnosisParser::Result DiagnosisParser::LiteralPattern() {
  const uint32_t start = pos_;
  if (Is(TK_STRING)) return Strings();
  if (AcceptOneOf({TK_NONE, TK_TRUE, TK_FALSE})) return Make(Kind::kConstant, start);
  const auto imaginary = [this](uint32_t index) {
    const char last = TextAt(index).back();
    return last == 'j' || last == 'J';
  };
  Accept(TK_MINUS);
  const uint32_t real = pos_;
  if (!Accept(TK_NUMBER)) return Fail(start);
  if (IsOneOf({TK_PLUS, TK_MINUS}) && Peek(1) == TK_NUMBER) {
    if (imaginary(real)) return Report(real, real, "real number required in complex literal");
    if (!imaginary(pos_ + 1))
      return Report(pos_ + 1, pos_ + 1, "imaginary number required in complex literal");
    pos_ += 2;
  }
  return Make(Kind::kConstant, start);
}

DiagnosisParser::Result DiagnosisParser::NameOrAttribute() {
  const uint32_t start = pos_;
  return DottedName() ? Make(Kind::kName, start) : Fail(start);
}

DiagnosisParser::Result DiagnosisParser::MaybeSequence() {
  const uint32_t start = pos_;
  std::vector<const Node*> items;
  if (!Gather(&DiagnosisParser::MaybeStarPattern, &items, true)) return Fail(start);
  return Make(Kind::kTuple, start, items);
}

DiagnosisParser::Result DiagnosisParser::MappingItem() {
  const uint32_t start = pos_;
  if (Accept(TK_DOUBLE_STAR)) return Accept(TK_NAME) ? Make(Kind::kName, start) : Fail(start);
  Result key = LiteralPattern();
  if (key == nullptr && !found_) key = NameOrAttribute();
  if (key == nullptr || !Accept(TK_COLON) || !Pattern()) return Fail(start);
  return Make(Kind::kDict, start);
}

DiagnosisParser::Result DiagnosisParser::KeywordPattern() {
  const uint32_t start = pos_;
  if (Accept(TK_NAME) && Accept(TK_EQUAL) && Pattern()) return Make(Kind::kName, start);
  return Fail(start);
}

// Behind the bracket of a class pattern.
DiagnosisParser::Result DiagnosisParser::ClassPattern(uint32_t start) {
  std::vector<const Node*> items;
  std::vector<const Node*> late;
  bool keywords = false;
  while (!found_ && !Is(TK_RPAREN)) {
    const bool keyword = Peek() == TK_NAME && Peek(1) == TK_EQUAL;
    Result item = keyword ? KeywordPattern() : Pattern();
    if (item == nullptr) return Fail(start);
    if (keyword && !late.empty()) break;
    keywords = keywords || keyword;
    if (keywords && !keyword) late.push_back(item);
    if (!Accept(TK_COMMA)) break;
  }
  if (found_) return nullptr;
  if (!late.empty()) {
    return RaiseRange(late.front()->first, late.back()->last,
                      "positional patterns follow keyword patterns");
  }
  return Accept(TK_RPAREN) ? Make(Kind::kCall, start) : Fail(start);
}

DiagnosisParser::Result DiagnosisParser::ClosedPattern() {
  const uint32_t start = pos_;
  if (Result literal = LiteralPattern()) return literal;
  if (found_) return nullptr;
  if (NameOrAttribute()) {
    if (Accept(TK_LPAREN)) return ClassPattern(start);
    return Make(Kind::kName, start);
  }
  if (Accept(TK_LPAREN)) {
    if (Accept(TK_RPAREN)) return Make(Kind::kTuple, start);
    Result inner = MaybeSequence();
    if (inner == nullptr || !Accept(TK_RPAREN)) return Fail(start);
    return Make(Kind::kTuple, start);
  }
  if (Accept(TK_LBRACKET)) {
    if (!Is(TK_RBRACKET) && !MaybeSequence()) return Fail(start);
    return Accept(TK_RBRACKET) ? Make(Kind::kList, start) : Fail(start);
  }
  if (Accept(TK_LBRACE)) {
    std::vector<const Node*> items;
    if (!Is(TK_RBRACE) && !Gather(&DiagnosisParser::MappingItem, &items, true)) return Fail(start);
    return Accept(TK_RBRACE) ? Make(Kind::kDict, start) : Fail(start);
  }
  return Fail(start);
}

}  // namespace gila::compiler
