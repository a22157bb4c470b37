// The diagnosis of statements: see diagnosis_parser.h. Each function returns whether its statement
// was matched.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "compiler/diagnosis_parser.h"

namespace gila::compiler {

using Kind = ast::ExprKind;

bool DiagnosisParser::Statements() {
  bool any = false;
  while (!found_ && !IsOneOf({TK_YYEOF, TK_DEDENT, TK_INDENT}) && Statement()) {
    any = true;
    memory_.clear();
  }
  return any && !found_;
}

bool DiagnosisParser::Statement() {
  const uint32_t start = pos_;
  bool keyword = false;
  if (CompoundStatement(&keyword)) return true;
  pos_ = start;
  return !found_ && SimpleStatements();
}

bool DiagnosisParser::CompoundStatement(bool* matched) {
  *matched = true;
  const int second = Peek(1);
  switch (Peek()) {
    case TK_AT:
      return Decorated();
    case TK_DEF:
      return FunctionDefinition();
    case TK_CLASS:
      return ClassDefinition();
    case TK_ASYNC:
      if (second == TK_DEF) return FunctionDefinition();
      if (second == TK_FOR) return ForStatement();
      if (second == TK_WITH) return WithStatement();
      return false;
    case TK_IF:
      return IfStatement();
    case TK_WHILE:
      return WhileStatement();
    case TK_FOR:
      return ForStatement();
    case TK_WITH:
      return WithStatement();
    case TK_TRY:
      return TryStatement();
    case TK_NAME:
      return TextAt(pos_) == "match" && MatchStatement();
    default:
      *matched = false;
      return false;
  }
}

// --- simple statements ---

bool DiagnosisParser::SimpleStatements() {
  const uint32_t start = pos_;
  if (!SimpleStatement()) return false;
  while (Accept(TK_SEMICOLON)) {
    if (Is(TK_NEWLINE)) break;
    if (!SimpleStatement()) break;
  }
  if (Accept(TK_NEWLINE)) return true;
  pos_ = start;
  return false;
}

bool DiagnosisParser::SimpleStatement() {
  const uint32_t start = pos_;
  if (Assignment()) return true;
  pos_ = start;
  if (found_) return false;
  if (StarExpressions()) return true;
  pos_ = start;
  if (found_) return false;
  switch (Peek()) {
    case TK_PASS:
    case TK_BREAK:
    case TK_CONTINUE:
      ++pos_;
      return true;
    case TK_RETURN:
      ++pos_;
      if (!StarExpressions()) pos_ = start + 1;
      return !found_;
    case TK_RAISE:
      ++pos_;
      if (Expression()) {
        const uint32_t end = pos_;
        if (!Accept(TK_FROM) || !Expression()) pos_ = end;
      } else {
        pos_ = start + 1;
      }
      return !found_;
    case TK_IMPORT:
      return ImportName();
    case TK_FROM:
      return ImportFrom();
    case TK_DEL: {
      ++pos_;
      if (DeleteTargets() && IsOneOf({TK_SEMICOLON, TK_NEWLINE})) return true;
      pos_ = start + 1;
      Result targets = found_ ? nullptr : StarExpressions();
      if (targets != nullptr) RaiseTarget(targets, Targets::kDelete);
      return false;
    }
    case TK_YIELD:
      return YieldExpression() != nullptr;
    case TK_ASSERT: {
      ++pos_;
      if (!Expression()) return false;
      const uint32_t end = pos_;
      if (Accept(TK_COMMA) && !Expression()) pos_ = end;
      return !found_;
    }
    case TK_GLOBAL:
    case TK_NONLOCAL:
      ++pos_;
      if (!Accept(TK_NAME)) return false;
      while (Is(TK_COMMA) && Peek(1) == TK_NAME) pos_ += 2;
      return true;
    default:
      return false;
  }
}

bool DiagnosisParser::AugmentedOperator() {
  return AcceptOneOf({TK_PLUS_EQUAL, TK_MINUS_EQUAL, TK_STAR_EQUAL, TK_AT_EQUAL, TK_SLASH_EQUAL,
                      TK_PERCENT_EQUAL, TK_AMPERSAND_EQUAL, TK_PIPE_EQUAL, TK_CARET_EQUAL,
                      TK_LEFT_SHIFT_EQUAL, TK_RIGHT_SHIFT_EQUAL, TK_DOUBLE_STAR_EQUAL,
                      TK_DOUBLE_SLASH_EQUAL});
}

DiagnosisParser::Result DiagnosisParser::RightSide() {
  if (Result yield = YieldExpression()) return yield;
  return found_ ? nullptr : StarExpressions();
}

bool DiagnosisParser::Assignment() {
  const uint32_t start = pos_;
  const auto annotation = [&] {
    if (!Accept(TK_COLON) || !Expression()) return false;
    const uint32_t end = pos_;
    if (!Accept(TK_EQUAL) || !RightSide()) pos_ = end;
    return !found_;
  };
  if (Accept(TK_NAME) && annotation()) return true;
  pos_ = start;
  if (!found_ && SingleTarget() && annotation()) return true;
  pos_ = start;
  uint32_t end = pos_;
  while (!found_ && StarTargets() && Accept(TK_EQUAL)) end = pos_;
  pos_ = end;
  if (end != start && !found_ && RightSide() && !Is(TK_EQUAL)) return true;
  pos_ = start;
  if (!found_ && SingleTarget() && AugmentedOperator()) return RightSide() != nullptr;
  pos_ = start;
  if (invalid_rules_ && !found_) InvalidAssignment();
  pos_ = start;
  return false;
}

DiagnosisParser::Result DiagnosisParser::InvalidAnnotatedTarget() {
  const uint32_t start = pos_;
  if (Result list = ListAtom()) return list;
  if (Result tuple = TupleAtom()) return tuple;
  if (Accept(TK_LPAREN)) {
    Result inner = InvalidAnnotatedTarget();
    if (inner != nullptr && Accept(TK_RPAREN)) return inner;
  }
  return Fail(start);
}

void DiagnosisParser::InvalidAssignment() {
  const uint32_t start = pos_;
  if (Result target = InvalidAnnotatedTarget()) {
    if (Accept(TK_COLON) && Expression()) {
      RaiseAt(target,
              absl::StrFormat("only single target (not %s) can be annotated", NameOf(target)));
      return;
    }
  }
  pos_ = start;
  if (Result first = StarNamedExpression()) {
    if (Accept(TK_COMMA)) {
      while (StarNamedExpressions()) {
      }
      if (Accept(TK_COLON) && Expression()) {
        RaiseAt(first, "only single target (not tuple) can be annotated");
        return;
      }
    }
  }
  pos_ = start;
  if (Result target = Expression()) {
    if (Accept(TK_COLON) && Expression()) {
      RaiseAt(target, "illegal target for annotation");
      return;
    }
  }
  pos_ = start;
  uint32_t end = pos_;
  while (!found_ && StarTargets() && Accept(TK_EQUAL)) end = pos_;
  pos_ = end;
  if (Result target = StarExpressions()) {
    if (Accept(TK_EQUAL)) {
      RaiseTarget(target, Targets::kStar);
      if (found_) return;
    }
  }
  pos_ = end;
  if (Result yield = YieldExpression()) {
    if (Accept(TK_EQUAL)) {
      RaiseAt(yield, "assignment to yield expression not possible");
      return;
    }
  }
  pos_ = start;
  if (Result target = StarExpressions()) {
    if (AugmentedOperator() && RightSide()) {
      RaiseAt(target, absl::StrFormat("'%s' is an illegal expression for augmented assignment",
                                      NameOf(target)));
    }
  }
}

bool DiagnosisParser::DottedName() {
  if (!Accept(TK_NAME)) return false;
  while (Is(TK_DOT) && Peek(1) == TK_NAME) pos_ += 2;
  return true;
}

bool DiagnosisParser::ImportName() {
  ++pos_;
  while (DottedName()) {
    if (Is(TK_AS) && Peek(1) == TK_NAME) pos_ += 2;
    if (!Is(TK_COMMA) || Peek(1) != TK_NAME) return true;
    ++pos_;
  }
  return false;
}

bool DiagnosisParser::ImportNames() {
  if (!Accept(TK_NAME)) return false;
  while (true) {
    if (Is(TK_AS) && Peek(1) == TK_NAME) pos_ += 2;
    if (!Is(TK_COMMA) || Peek(1) != TK_NAME) return true;
    pos_ += 2;
  }
}

bool DiagnosisParser::ImportFrom() {
  ++pos_;
  bool dots = false;
  while (AcceptOneOf({TK_DOT, TK_ELLIPSIS})) dots = true;
  if (!DottedName() && !dots) return false;
  if (!Accept(TK_IMPORT)) return false;
  if (Accept(TK_STAR)) return true;
  if (Accept(TK_LPAREN)) {
    if (!ImportNames()) return false;
    Accept(TK_COMMA);
    return Accept(TK_RPAREN);
  }
  if (!ImportNames()) return false;
  if (!Is(TK_COMMA)) return true;
  if (invalid_rules_ && Peek(1) == TK_NEWLINE) {
    RaiseLast("trailing comma not allowed without surrounding parentheses");
  }
  return false;
}

// --- blocks ---

bool DiagnosisParser::Block() {
  const uint32_t start = pos_;
  if (Accept(TK_NEWLINE)) {
    if (Accept(TK_INDENT)) {
      if (Statements() && Accept(TK_DEDENT)) return true;
      pos_ = start;
      return false;
    }
    if (!found_) RaiseLast("expected an indented block", SyntaxErrorType::kIndentationError);
    return false;
  }
  return SimpleStatements();
}

bool DiagnosisParser::CheckIndent(const char* what, uint32_t keyword) {
  if (!invalid_rules_) return !found_;
  if (!Is(TK_COLON) || Peek(1) != TK_NEWLINE || Peek(2) == TK_INDENT || found_) return !found_;
  RaiseLast(
      absl::StrFormat("expected an indented block after %s on line %d", what, At(keyword).line),
      SyntaxErrorType::kIndentationError);
  return false;
}

// A line that ends where its colon should stand.
bool DiagnosisParser::HeaderEnd() {
  if (!invalid_rules_ || !Is(TK_NEWLINE)) return !found_;
  RaiseLast("expected ':'");
  return false;
}

bool DiagnosisParser::Decorated() {
  while (Accept(TK_AT)) {
    if (!NamedExpression() || !Accept(TK_NEWLINE)) return false;
  }
  if (Is(TK_CLASS)) return ClassDefinition();
  return IsOneOf({TK_DEF, TK_ASYNC}) && FunctionDefinition();
}

bool DiagnosisParser::FunctionDefinition() {
  static constexpr ParameterStyle kStyle = {TK_RPAREN, true,
                                            "Function parameters cannot be parenthesized"};
  Accept(TK_ASYNC);
  const uint32_t keyword = pos_;
  if (!Accept(TK_DEF) || !Accept(TK_NAME) || !Force(TK_LPAREN, "(")) return false;
  if (!Is(TK_RPAREN)) {
    const uint32_t before = pos_;
    if (!Parameters(kStyle)) pos_ = before;
  }
  if (!Accept(TK_RPAREN)) return false;
  const uint32_t before_arrow = pos_;
  if (Accept(TK_ARROW) && !Expression()) pos_ = before_arrow;
  if (!CheckIndent("function definition", keyword)) return false;
  return Force(TK_COLON, ":") && Block();
}

bool DiagnosisParser::ClassDefinition() {
  const uint32_t keyword = pos_;
  if (!Accept(TK_CLASS) || !Accept(TK_NAME)) return false;
  if (Is(TK_LPAREN)) {
    const uint32_t bracket = pos_++;
    if (!Is(TK_RPAREN)) Arguments();
    if (!Accept(TK_RPAREN)) pos_ = bracket;
  }
  if (!HeaderEnd() || !CheckIndent("class definition", keyword)) return false;
  return Accept(TK_COLON) && Block();
}

bool DiagnosisParser::IfStatement() {
  const char* what = "'if' statement";
  while (true) {
    const uint32_t keyword = pos_;
    if (!AcceptOneOf({TK_IF, TK_ELIF})) return false;
    if (!NamedExpression() || !HeaderEnd() || !CheckIndent(what, keyword)) return false;
    if (!Accept(TK_COLON) || !Block()) return false;
    if (!Is(TK_ELIF)) return ElseBlock();
    what = "'elif' statement";
  }
}

bool DiagnosisParser::ElseBlock() {
  const uint32_t keyword = pos_;
  if (!Accept(TK_ELSE)) return !found_;
  if (!CheckIndent("'else' statement", keyword)) return false;
  return Force(TK_COLON, ":") && Block();
}

bool DiagnosisParser::WhileStatement() {
  const uint32_t keyword = pos_++;
  if (!NamedExpression() || !HeaderEnd() || !CheckIndent("'while' statement", keyword))
    return false;
  return Accept(TK_COLON) && Block() && ElseBlock();
}

bool DiagnosisParser::ForStatement() {
  Accept(TK_ASYNC);
  const uint32_t keyword = pos_++;
  Result targets = StarTargets();
  if (targets != nullptr && Accept(TK_IN)) {
    if (!StarExpressions() || !HeaderEnd() || !CheckIndent("'for' statement", keyword))
      return false;
    return Accept(TK_COLON) && Block() && ElseBlock();
  }
  pos_ = keyword + 1;
  if (found_) return false;
  if (Result bad = StarExpressions()) RaiseTarget(bad, Targets::kFor);
  return false;
}

// --- with ---

bool DiagnosisParser::WithItem() {
  const uint32_t start = pos_;
  if (Expression() && Accept(TK_AS) && StarTarget() && IsOneOf({TK_COMMA, TK_RPAREN, TK_COLON}))
    return true;
  pos_ = start;
  if (found_) return false;
  if (Expression() && Accept(TK_AS)) {
    Result target = Expression();
    if (target != nullptr && IsOneOf({TK_COMMA, TK_RPAREN, TK_COLON})) {
      RaiseTarget(target, Targets::kStar);
      if (found_) return false;
    }
  }
  pos_ = start;
  return Expression() != nullptr;
}

// `strict` items are those of a right statement; the others are what CPython looks at for a missing
// colon.
bool DiagnosisParser::WithItems(bool parenthesised, bool strict) {
  while (true) {
    if (strict) {
      if (!WithItem()) return false;
    } else {
      if (!(parenthesised ? Expressions() : Expression())) return false;
      const uint32_t end = pos_;
      if (Accept(TK_AS) && !StarTarget()) pos_ = end;
    }
    if (!Is(TK_COMMA) || (parenthesised && Peek(1) == TK_RPAREN)) break;
    ++pos_;
  }
  if (parenthesised) {
    Accept(TK_COMMA);
    return Accept(TK_RPAREN);
  }
  return !found_;
}

bool DiagnosisParser::WithStatement() {
  Accept(TK_ASYNC);
  const uint32_t keyword = pos_++;
  const uint32_t items = pos_;
  const auto header = [&](bool strict) {
    pos_ = items;
    if (Accept(TK_LPAREN) && WithItems(true, strict) && IsOneOf({TK_COLON, TK_NEWLINE}))
      return true;
    pos_ = items;
    return !found_ && WithItems(false, strict);
  };
  // First what is wrong with the line as a whole.
  pos_ = items;
  if (WithItems(false, false) && Is(TK_COLON) && !CheckIndent("'with' statement", keyword))
    return false;
  pos_ = items;
  if (!found_ && Accept(TK_LPAREN) && WithItems(true, false) && Is(TK_COLON) &&
      !CheckIndent("'with' statement", keyword)) {
    return false;
  }
  if (found_) return false;
  if (header(true) && Is(TK_COLON)) {
    ++pos_;
    return Block();
  }
  pos_ = items;
  if (!found_ && WithItems(false, false) && !HeaderEnd()) return false;
  pos_ = items;
  if (!found_ && Accept(TK_LPAREN) && WithItems(true, false)) HeaderEnd();
  return false;
}

// --- try ---

bool DiagnosisParser::TryStatement() {
  const uint32_t keyword = pos_++;
  if (!CheckIndent("'try' statement", keyword)) return false;
  if (!Force(TK_COLON, ":") || !Block()) return false;
  if (!IsOneOf({TK_EXCEPT, TK_FINALLY})) {
    if (!found_) RaiseLast("expected 'except' or 'finally' block");
    return false;
  }
  if (Is(TK_FINALLY)) return FinallyBlock();
  const bool star = Peek(1) == TK_STAR;
  while (Is(TK_EXCEPT)) {
    if ((Peek(1) == TK_STAR) != star) {
      const uint32_t except = pos_;
      pos_ += star ? 1 : 2;
      if (Expression()) {
        if (Is(TK_AS) && Peek(1) == TK_NAME) pos_ += 2;
      } else {
        pos_ = except + 1;
      }
      if (Is(TK_COLON)) {
        RaiseRange(except, star ? except : except + 1,
                   "cannot have both 'except' and 'except*' on the same 'try'");
      }
      pos_ = except + (star ? 1 : 2);
      if (!found_) InvalidExcept();
      return false;
    }
    if (!ExceptBlock(star)) return false;
  }
  if (found_ || !ElseBlock()) return false;
  return Is(TK_FINALLY) ? FinallyBlock() : !found_;
}

bool DiagnosisParser::FinallyBlock() {
  const uint32_t keyword = pos_++;
  if (!CheckIndent("'finally' statement", keyword)) return false;
  return Force(TK_COLON, ":") && Block();
}

bool DiagnosisParser::ExceptBlock(bool star) {
  const uint32_t start = pos_++;
  const char* what = star ? "'except*' statement" : "'except' statement";
  if (star) ++pos_;
  const uint32_t type = pos_;
  if (!star && Is(TK_COLON)) {
    if (Peek(1) == TK_NEWLINE && Peek(2) != TK_INDENT) {
      CheckIndent(what, start);
      return false;
    }
    ++pos_;
    return Block();
  }
  if (Expression()) {
    if (Is(TK_AS) && Peek(1) == TK_NAME) pos_ += 2;
    if (!CheckIndent(what, start)) return false;
    if (Accept(TK_COLON)) return Block();
  }
  if (found_) return false;
  pos_ = type;
  InvalidExcept();
  return false;
}

// Behind `except` or `except*`.
void DiagnosisParser::InvalidExcept() {
  const uint32_t start = pos_;
  const bool star = At(pos_ - 1).kind == TK_STAR;
  if (Result type = Expression()) {
    const uint32_t after = pos_;
    if (Accept(TK_COMMA) && Expressions()) {
      if (Is(TK_AS) && Peek(1) == TK_NAME) pos_ += 2;
      if (Accept(TK_COLON)) {
        RaiseFrom(type->first, "multiple exception types must be parenthesized");
        return;
      }
    }
    pos_ = after;
    if (Is(TK_AS) && Peek(1) == TK_NAME) pos_ += 2;
    HeaderEnd();
    return;
  }
  pos_ = start;
  if (star && IsOneOf({TK_NEWLINE, TK_COLON})) {
    RaiseLast("expected one or more exception types");
  } else if (!star) {
    HeaderEnd();
  }
}

}  // namespace gila::compiler
