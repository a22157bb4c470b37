#include "compiler/ast_dump.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "compiler/source.h"
#include "compiler/unicode_names.h"

namespace gila::compiler {
namespace {

using namespace ast;  // NOLINT: the table's names

// repr() of a float: the shortest digits that read back as the same number.
std::string FloatRepr(double value) {
  if (std::isinf(value)) return "inf";
  std::string text;
  for (int digits = 1; digits <= 17; ++digits) {
    text = absl::StrFormat("%.*e", digits - 1, value);
    if (std::strtod(text.c_str(), nullptr) == value) break;
  }
  const size_t e = text.find('e');
  const int exponent = std::atoi(text.c_str() + e + 1);
  std::string digits = text.substr(0, 1);
  if (e > 2) digits += text.substr(2, e - 2);
  if (exponent < -4 || exponent >= 16) {
    std::string result = digits.substr(0, 1);
    if (digits.size() > 1) absl::StrAppend(&result, ".", digits.substr(1));
    return absl::StrFormat("%se%s%02d", result, exponent < 0 ? "-" : "+", std::abs(exponent));
  }
  if (exponent < 0) return absl::StrCat("0.", std::string(-exponent - 1, '0'), digits);
  while (static_cast<int>(digits.size()) <= exponent) digits += '0';
  std::string fraction = digits.substr(exponent + 1);
  return absl::StrCat(digits.substr(0, exponent + 1), ".", fraction.empty() ? "0" : fraction);
}

char ChooseQuote(std::string_view text) {
  const bool single = text.find('\'') != std::string_view::npos;
  return single && text.find('"') == std::string_view::npos ? '"' : '\'';
}

void AppendEscaped(uint32_t c, char quote, bool bytes, std::string* out) {
  if (c == static_cast<uint32_t>(quote) || c == '\\') {
    out->push_back('\\');
    out->push_back(static_cast<char>(c));
  } else if (c == '\t') {
    *out += "\\t";
  } else if (c == '\n') {
    *out += "\\n";
  } else if (c == '\r') {
    *out += "\\r";
  } else if (c < ' ' || c == 0x7F || (bytes && c >= 0x80)) {
    absl::StrAppendFormat(out, "\\x%02x", c);
  } else if (c < 0x80 || IsPrintable(c)) {
    AppendUtf8(c, out);
  } else if (c < 0x100) {
    absl::StrAppendFormat(out, "\\x%02x", c);
  } else if (c < 0x10000) {
    absl::StrAppendFormat(out, "\\u%04x", c);
  } else {
    absl::StrAppendFormat(out, "\\U%08x", c);
  }
}

std::string StrRepr(std::string_view text) {
  const char quote = ChooseQuote(text);
  std::string result(1, quote);
  for (size_t at = 0; at < text.size();)
    AppendEscaped(NextCodePoint(text, &at), quote, false, &result);
  return result + quote;
}

std::string BytesRepr(std::string_view text) {
  const char quote = ChooseQuote(text);
  std::string result = "b";
  result += quote;
  for (const char c : text) AppendEscaped(static_cast<uint8_t>(c), quote, true, &result);
  return result + quote;
}

std::string ConstantRepr(const ConstantValue& value) {
  switch (value.kind) {
    case ConstantKind::kNone:
      return "None";
    case ConstantKind::kTrue:
      return "True";
    case ConstantKind::kFalse:
      return "False";
    case ConstantKind::kEllipsis:
      return "Ellipsis";
    case ConstantKind::kInt:
      return absl::StrCat(value.int_value);
    case ConstantKind::kBigInt:
      return absl::StrCat("0x", absl::string_view(value.text.data(), value.text.size()));
    case ConstantKind::kFloat:
      return FloatRepr(value.float_value);
    case ConstantKind::kImaginary: {
      std::string text = FloatRepr(value.float_value);
      if (text.size() > 2 && text.substr(text.size() - 2) == ".0") text.resize(text.size() - 2);
      return text + "j";
    }
    case ConstantKind::kStr:
      return StrRepr(value.text);
    case ConstantKind::kBytes:
      return BytesRepr(value.text);
  }
  return "";
}

const char* OperatorName(Operator op) {
  static constexpr const char* kNames[] = {"Add",    "Sub",    "Mult",    "MatMult", "Div",
                                           "Mod",    "Pow",    "LShift",  "RShift",  "BitOr",
                                           "BitXor", "BitAnd", "FloorDiv"};
  return kNames[static_cast<int>(op)];
}

const char* OperatorName(BoolOperator op) { return op == BoolOperator::kAnd ? "And" : "Or"; }

const char* OperatorName(UnaryOperator op) {
  static constexpr const char* kNames[] = {"Invert", "Not", "UAdd", "USub"};
  return kNames[static_cast<int>(op)];
}

const char* OperatorName(CompareOperator op) {
  static constexpr const char* kNames[] = {"Eq",  "NotEq", "Lt",    "LtE", "Gt",
                                           "GtE", "Is",    "IsNot", "In",  "NotIn"};
  return kNames[static_cast<int>(op)];
}

const char* OperatorName(ExprContext context) {
  static constexpr const char* kNames[] = {"Load", "Store", "Del"};
  return kNames[static_cast<int>(context)];
}

// Recursion is bounded by kMaxTreeDepth.
class Dumper {
 public:
  explicit Dumper(bool attributes) : attributes_(attributes) {}

  std::string TakeText() { return std::move(out_); }

  void Node(StmtNode* node) {
    switch (node->kind) {
#define GILA_STMT(name, fields) \
  case StmtKind::k##name:       \
    return Plain(#name, node->As<name>());
#include "compiler/ast_nodes.def"
    }
  }
  void Node(ExprNode* node) {
    switch (node->kind) {
#define GILA_EXPR(name, fields) \
  case ExprKind::k##name:       \
    return Plain(#name, node->As<name>());
#include "compiler/ast_nodes.def"
    }
  }
  void Node(PatternNode* node) {
    switch (node->kind) {
#define GILA_PATTERN(name, fields) \
  case PatternKind::k##name:       \
    return Plain(#name, node->As<name>());
#include "compiler/ast_nodes.def"
    }
  }
  void Node(Comprehension* node) { Plain("comprehension", node); }
  void Node(ExceptHandler* node) { Plain("ExceptHandler", node); }
  void Node(Arguments* node) { Plain("arguments", node); }
  void Node(Arg* node) { Plain("arg", node); }
  void Node(Keyword* node) { Plain("keyword", node); }
  void Node(Alias* node) { Plain("alias", node); }
  void Node(WithItem* node) { Plain("withitem", node); }
  void Node(MatchCase* node) { Plain("match_case", node); }

  void Root(const Module& module) {
    if (module.kind == ModuleKind::kExpression) {
      out_ += "Expression(body=";
      Node(module.expression);
      out_ += ")";
      return;
    }
    const bool whole = module.kind == ModuleKind::kModule;
    out_ += whole ? "Module(body=" : "Interactive(body=";
    Value(module.body);
    out_ += whole ? ", type_ignores=[])" : ")";
  }

 private:
  // Not inlined: Node() would hold the locals of every class, and a deep tree would need too much
  // stack.
  template <typename T>
  [[gnu::noinline]] void Plain(const char* name, T* node) {
    absl::StrAppend(&out_, name, "(");
    const bool outer_first = first_;
    first_ = true;
    VisitFields(node, [this](const char* field, const auto& value) { this->Field(field, value); });
    if constexpr (requires { node->span; }) {
      if (attributes_) {
        absl::StrAppendFormat(&out_, "%slineno=%d, col_offset=%d, end_lineno=%d, end_col_offset=%d",
                              first_ ? "" : ", ", node->span.line, node->span.column,
                              node->span.end_line, node->span.end_column);
      }
    }
    first_ = outer_first;
    out_ += ")";
  }

  void Label(const char* field) {
    absl::StrAppend(&out_, first_ ? "" : ", ", field, "=");
    first_ = false;
  }
  template <typename T>
  void Field(const char* field, T* const& node) {
    if (node == nullptr) return;
    Label(field);
    Node(node);
  }
  template <typename T>
  void Field(const char* field, const T& value) {
    Label(field);
    Value(value);
  }
  void Field(const char* field, const Identifier& name) {
    if (name.data() == nullptr) return;
    Label(field);
    out_ += StrRepr(name);
  }
  void Value(int number) { absl::StrAppend(&out_, number); }
  void Value(const Identifier& name) { out_ += StrRepr(name); }
  void Value(const ConstantValue& value) { out_ += ConstantRepr(value); }
  void Value(Operator op) { absl::StrAppend(&out_, OperatorName(op), "()"); }
  void Value(BoolOperator op) { absl::StrAppend(&out_, OperatorName(op), "()"); }
  void Value(UnaryOperator op) { absl::StrAppend(&out_, OperatorName(op), "()"); }
  void Value(CompareOperator op) { absl::StrAppend(&out_, OperatorName(op), "()"); }
  void Value(ExprContext context) { absl::StrAppend(&out_, OperatorName(context), "()"); }
  template <typename T>
  void Value(T* const& node) {
    if (node == nullptr) {
      out_ += "None";
    } else {
      Node(node);
    }
  }
  template <typename T>
  void Value(const Seq<T>& items) {
    out_ += "[";
    for (size_t i = 0; i < items.size(); ++i) {
      if (i > 0) out_ += ", ";
      Value(items[i]);
    }
    out_ += "]";
  }

  const bool attributes_;
  bool first_ = true;
  std::string out_;
};

}  // namespace

std::string DumpAst(const ast::Module& module, bool include_attributes) {
  Dumper dumper(include_attributes);
  dumper.Root(module);
  return dumper.TakeText();
}

std::string DumpAst(ast::ExprNode* node, bool include_attributes) {
  Dumper dumper(include_attributes);
  dumper.Node(node);
  return dumper.TakeText();
}

}  // namespace gila::compiler
