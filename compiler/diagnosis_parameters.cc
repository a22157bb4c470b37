// The diagnosis of parameter lists, of def and of lambda: see diagnosis_parser.h.
#include <algorithm>

#include "compiler/diagnosis_parser.h"

namespace gila::compiler {

// A parameter's name, with its annotation.
bool DiagnosisParser::Parameter(const ParameterStyle& style) {
  const uint32_t start = pos_;
  if (!Accept(TK_NAME)) return false;
  if (style.annotations && Is(TK_COLON)) {
    const uint32_t end = pos_++;
    if (!Expression()) pos_ = end;
  }
  if (!found_) return true;
  pos_ = start;
  return false;
}

// A comma, or the end of the list ahead.
bool DiagnosisParser::ParameterEnd(const ParameterStyle& style) {
  return Accept(TK_COMMA) || Is(style.closing);
}

bool DiagnosisParser::ParameterDefault(const ParameterStyle& style) {
  const uint32_t start = pos_;
  if (!Accept(TK_EQUAL)) return false;
  if (Expression()) return true;
  pos_ = start + 1;
  if (invalid_rules_ && IsOneOf({style.closing, TK_COMMA}))
    RaiseAtToken(start, "expected default value expression");
  pos_ = start;
  return false;
}

bool DiagnosisParser::ParameterNoDefault(const ParameterStyle& style) {
  const uint32_t start = pos_;
  if (Parameter(style) && ParameterEnd(style)) return true;
  pos_ = start;
  return false;
}

bool DiagnosisParser::ParameterWithDefault(const ParameterStyle& style) {
  const uint32_t start = pos_;
  if (Parameter(style) && ParameterDefault(style) && ParameterEnd(style)) return true;
  pos_ = start;
  return false;
}

bool DiagnosisParser::ParameterMaybeDefault(const ParameterStyle& style) {
  const uint32_t start = pos_;
  if (Parameter(style)) {
    ParameterDefault(style);
    if (ParameterEnd(style)) return true;
  }
  pos_ = start;
  return false;
}

bool DiagnosisParser::SlashNoDefault(const ParameterStyle& style) {
  const uint32_t start = pos_;
  bool any = false;
  while (ParameterNoDefault(style)) any = true;
  if (any && Accept(TK_SLASH) && ParameterEnd(style)) return true;
  pos_ = start;
  return false;
}

bool DiagnosisParser::SlashWithDefault(const ParameterStyle& style) {
  const uint32_t start = pos_;
  while (ParameterNoDefault(style)) {
  }
  bool any = false;
  while (ParameterWithDefault(style)) any = true;
  if (any && Accept(TK_SLASH) && ParameterEnd(style)) return true;
  pos_ = start;
  return false;
}

void DiagnosisParser::InvalidParameters(const ParameterStyle& style) {
  const uint32_t start = pos_;
  // A default, and then a parameter without one.
  while (ParameterNoDefault(style)) {
  }
  uint32_t before = pos_;
  bool defaults = SlashWithDefault(style);
  if (!defaults) {
    pos_ = before;
    while (ParameterWithDefault(style)) defaults = true;
  }
  if (defaults) {
    before = pos_;
    if (ParameterNoDefault(style)) {
      // The comma belongs to the parameter in the grammar, yet the mark ends before it.
      uint32_t last = pos_ - 1;
      if (At(last).kind == TK_COMMA) --last;
      RaiseRange(before, last, "non-default argument follows default argument");
      return;
    }
  }
  pos_ = start;
  while (ParameterNoDefault(style)) {
  }
  before = pos_;
  if (Accept(TK_LPAREN)) {
    bool any = false;
    while (Accept(TK_NAME)) {
      any = true;
      if (!Accept(TK_COMMA)) break;
    }
    if (any && Is(TK_RPAREN)) {
      RaiseRange(before, pos_, style.parenthesized);
      return;
    }
  }
  pos_ = start;
  if (Is(TK_SLASH) && Peek(1) == TK_COMMA) {
    RaiseAtToken(pos_, "at least one argument must precede /");
    return;
  }
  const auto slash = [&] { return SlashNoDefault(style) || SlashWithDefault(style); };
  if (slash()) {
    while (ParameterMaybeDefault(style)) {
    }
    if (Is(TK_SLASH)) {
      RaiseAtToken(pos_, "/ may appear only once");
      return;
    }
  }
  pos_ = start;
  slash();
  while (ParameterMaybeDefault(style)) {
  }
  if (Accept(TK_STAR) && (Accept(TK_COMMA) || ParameterNoDefault(style))) {
    while (ParameterMaybeDefault(style)) {
    }
    if (Is(TK_SLASH)) {
      RaiseAtToken(pos_, "/ must be ahead of *");
      return;
    }
  }
  pos_ = start;
  bool any = false;
  while (ParameterMaybeDefault(style)) any = true;
  if (any && Accept(TK_SLASH) && Is(TK_STAR)) RaiseAtToken(pos_, "expected comma between / and *");
  pos_ = start;
}

void DiagnosisParser::InvalidStarEtc(const ParameterStyle& style) {
  const uint32_t start = pos_;
  if (!Accept(TK_STAR)) return;
  if (Is(style.closing) ||
      (Is(TK_COMMA) && (Peek(1) == style.closing || Peek(1) == TK_DOUBLE_STAR))) {
    if (style.annotations) {
      RaiseAtToken(start, "named arguments must follow bare *");
    } else {
      RaiseAtToken(Is(TK_COMMA) ? pos_ + 1 : pos_, "named arguments must follow bare *");
    }
    return;
  }
  if (Parameter(style) && Is(TK_EQUAL)) {
    RaiseAtToken(pos_, "var-positional argument cannot have default value");
    return;
  }
  pos_ = start + 1;
  if (ParameterNoDefault(style) || Accept(TK_COMMA)) {
    while (ParameterMaybeDefault(style)) {
    }
    if (Is(TK_STAR)) {
      const uint32_t star = pos_++;
      if (ParameterNoDefault(style) || Is(TK_COMMA))
        RaiseAtToken(star, "* argument may appear only once");
    }
  }
  pos_ = start;
}

bool DiagnosisParser::DoubleStarParameter(const ParameterStyle& style) {
  const uint32_t start = pos_;
  if (!Accept(TK_DOUBLE_STAR)) return false;
  if (invalid_rules_ && Parameter(style)) {
    if (Is(TK_EQUAL)) {
      RaiseAtToken(pos_, "var-keyword argument cannot have default value");
    } else if (Accept(TK_COMMA)) {
      const uint32_t next = pos_;
      if (Parameter(style)) {
        RaiseRange(next, pos_ - 1, "arguments cannot follow var-keyword argument");
      } else if (IsOneOf({TK_STAR, TK_DOUBLE_STAR, TK_SLASH})) {
        RaiseAtToken(next, "arguments cannot follow var-keyword argument");
      }
    }
  }
  pos_ = start + 1;
  if (ParameterNoDefault(style)) return true;
  pos_ = start;
  return false;
}

bool DiagnosisParser::StarEtc(const ParameterStyle& style) {
  const uint32_t start = pos_;
  if (invalid_rules_) {
    InvalidStarEtc(style);
    pos_ = start;
  }
  if (Accept(TK_STAR)) {
    bool good = false;
    if (ParameterNoDefault(style)) {
      while (ParameterMaybeDefault(style)) {
      }
      good = true;
    } else if (style.annotations && Accept(TK_NAME) && Accept(TK_COLON) && StarExpression() &&
               ParameterEnd(style)) {
      while (ParameterMaybeDefault(style)) {
      }
      good = true;
    } else {
      pos_ = start + 1;
      if (Accept(TK_COMMA)) {
        while (ParameterMaybeDefault(style)) good = true;
      }
    }
    if (good) {
      DoubleStarParameter(style);
      return !found_;
    }
    pos_ = start;
  }
  return DoubleStarParameter(style);
}

bool DiagnosisParser::Parameters(const ParameterStyle& style) {
  const uint32_t start = pos_;
  if (invalid_rules_) {
    InvalidParameters(style);
    if (found_) return false;
    pos_ = start;
  }
  bool any = false;
  if (SlashNoDefault(style)) {
    any = true;
    while (ParameterNoDefault(style)) {
    }
    while (ParameterWithDefault(style)) {
    }
  } else if (SlashWithDefault(style)) {
    any = true;
    while (ParameterWithDefault(style)) {
    }
  } else {
    while (ParameterNoDefault(style)) any = true;
    while (ParameterWithDefault(style)) any = true;
  }
  return (StarEtc(style) || any) && !found_;
}

}  // namespace gila::compiler
