// The syntax tree that the parser makes and the scopes and the code generator read.
//
// The node classes stand in ast_nodes.def, named after the classes of Python's `ast` module; this
// file turns the table into plain structs without virtual functions:
//
//   ast::StmtNode, ast::ExprNode, ast::PatternNode   the bases, each with a kind, a span and the
//   height of its subtree ast::BinOp, ast::While, ...                       the nodes;
//   `node->As<ast::BinOp>()` once `kind` has been looked at ast::VisitFields(node, visitor) calls
//   visitor("field name", field) for each field of the table
//
// All of it lives in the Arena that was given to the parser, and is freed with it. No tree is
// higher than kMaxTreeDepth (the parser refuses it), so a pass may recurse over it as long as it
// needs less than about 1 KB of stack a level. Lines count from 1, columns from 0 in UTF-8 bytes,
// ends are exclusive, all as CPython has them.
#ifndef GILA_COMPILER_AST_H_
#define GILA_COMPILER_AST_H_

#include <cstdint>
#include <string_view>

#include "compiler/arena.h"

namespace gila::compiler::ast {

// Interned in the arena and NFKC-normalised; data() is null where an optional name is missing.
using Identifier = std::string_view;

// The height at which CPython's compiler gives up too ("maximum recursion depth exceeded during
// compilation").
inline constexpr int kMaxTreeDepth = 3000;

struct Span {
  int32_t line = 0;
  int32_t column = 0;
  int32_t end_line = 0;
  int32_t end_column = 0;
};

enum class ExprContext : uint8_t { kLoad, kStore, kDel };

enum class BoolOperator : uint8_t { kAnd, kOr };

enum class Operator : uint8_t {
  kAdd,
  kSub,
  kMult,
  kMatMult,
  kDiv,
  kMod,
  kPow,
  kLShift,
  kRShift,
  kBitOr,
  kBitXor,
  kBitAnd,
  kFloorDiv,
};

enum class UnaryOperator : uint8_t { kInvert, kNot, kUAdd, kUSub };

enum class CompareOperator : uint8_t {
  kEq,
  kNotEq,
  kLt,
  kLtE,
  kGt,
  kGtE,
  kIs,
  kIsNot,
  kIn,
  kNotIn
};

enum class ConstantKind : uint8_t {
  kNone,
  kTrue,
  kFalse,
  kEllipsis,
  kInt,        // int_value
  kBigInt,     // text: lower-case base-16 digits without prefix or leading zero; more than int64
               // holds, never negative
  kFloat,      // float_value
  kImaginary,  // float_value is the imaginary part
  kStr,        // text: UTF-8, a lone surrogate as its three-byte sequence
  kBytes,      // text: the bytes
};

struct ConstantValue {
  ConstantKind kind = ConstantKind::kNone;
  int64_t int_value = 0;
  double float_value = 0;
  std::string_view text;
};

enum class StmtKind : uint8_t {
#define GILA_STMT(name, fields) k##name,
#include "compiler/ast_nodes.def"
};

enum class ExprKind : uint8_t {
#define GILA_EXPR(name, fields) k##name,
#include "compiler/ast_nodes.def"
};

enum class PatternKind : uint8_t {
#define GILA_PATTERN(name, fields) k##name,
#include "compiler/ast_nodes.def"
};

// What the three families share. `depth` is the height of the subtree: 1 for a leaf.
template <typename Kind>
struct NodeBase {
  Kind kind;
  uint16_t depth = 1;
  Span span;

  // The node as its own class. Precondition: kind == T::kKind.
  template <typename T>
  T* As() {
    return static_cast<T*>(static_cast<typename T::Base*>(this));
  }
  template <typename T>
  const T* As() const {
    return static_cast<const T*>(static_cast<const typename T::Base*>(this));
  }
  // The node as its own class, or null if it is of another one.
  template <typename T>
  T* DynAs() {
    return kind == T::kKind ? As<T>() : nullptr;
  }
  template <typename T>
  const T* DynAs() const {
    return kind == T::kKind ? As<T>() : nullptr;
  }
};

struct StmtNode : NodeBase<StmtKind> {};
struct ExprNode : NodeBase<ExprKind> {};
struct PatternNode : NodeBase<PatternKind> {};

#define GILA_HANDLER_NODE(name, fields) struct name;
#define GILA_PLAIN_NODE(name, fields) struct name;
#include "compiler/ast_nodes.def"

#define F(type, name) type name{};
#define OPT(type, name) type name{};
#define GILA_STMT(name, fields)                          \
  struct name : StmtNode {                               \
    using Base = StmtNode;                               \
    static constexpr StmtKind kKind = StmtKind::k##name; \
    fields                                               \
  };
#define GILA_EXPR(name, fields)                          \
  struct name : ExprNode {                               \
    using Base = ExprNode;                               \
    static constexpr ExprKind kKind = ExprKind::k##name; \
    fields                                               \
  };
#define GILA_PATTERN(name, fields)                             \
  struct name : PatternNode {                                  \
    using Base = PatternNode;                                  \
    static constexpr PatternKind kKind = PatternKind::k##name; \
    fields                                                     \
  };
#define GILA_HANDLER_NODE(name, fields) \
  struct name {                         \
    uint16_t depth = 1;                 \
    Span span;                          \
    fields                              \
  };
#define GILA_PLAIN_NODE(name, fields) \
  struct name {                       \
    uint16_t depth = 1;               \
    fields                            \
  };
#include "compiler/ast_nodes.def"
#undef F
#undef OPT

enum class ModuleKind : uint8_t {
  kModule,       // `body`
  kInteractive,  // `body`: one statement line or one compound statement
  kExpression,   // `expression`
};

// The root of a tree: Module, Interactive or Expression, by the mode of the parse.
struct Module {
  ModuleKind kind = ModuleKind::kModule;
  Seq<StmtNode*> body;
  ExprNode* expression = nullptr;
};

// A new node of class T with its kind and span set and every field empty. Whoever fills the fields
// by hand (a pass that makes nodes of its own) also keeps `depth` right: one more than the largest
// of the children.
template <typename T>
T* NewNode(Arena& arena, const Span& span) {
  T* node = arena.New<T>();
  if constexpr (requires { T::kKind; }) node->kind = T::kKind;
  if constexpr (requires { node->span; }) node->span = span;
  return node;
}

// Calls visit("name", node->name) for each field of the node's class, in the table's order.
// `Visitor` must accept every field type of the table (a template or an overload set).
#define F(type, name) visit(#name, node->name);
#define OPT(type, name) visit(#name, node->name);
#define GILA_STMT(name, fields)                                                     \
  template <typename Visitor>                                                       \
  void VisitFields([[maybe_unused]] name* node, [[maybe_unused]] Visitor&& visit) { \
    fields                                                                          \
  }
#define GILA_EXPR GILA_STMT
#define GILA_PATTERN GILA_STMT
#define GILA_HANDLER_NODE GILA_STMT
#define GILA_PLAIN_NODE GILA_STMT
#include "compiler/ast_nodes.def"
#undef F
#undef OPT

// The same for a node known by its base alone.
template <typename Visitor>
void VisitFields(StmtNode* node, Visitor&& visit) {
  switch (node->kind) {
#define GILA_STMT(name, fields) \
  case StmtKind::k##name:       \
    return VisitFields(node->As<name>(), visit);
#include "compiler/ast_nodes.def"
  }
}

template <typename Visitor>
void VisitFields(ExprNode* node, Visitor&& visit) {
  switch (node->kind) {
#define GILA_EXPR(name, fields) \
  case ExprKind::k##name:       \
    return VisitFields(node->As<name>(), visit);
#include "compiler/ast_nodes.def"
  }
}

template <typename Visitor>
void VisitFields(PatternNode* node, Visitor&& visit) {
  switch (node->kind) {
#define GILA_PATTERN(name, fields) \
  case PatternKind::k##name:       \
    return VisitFields(node->As<name>(), visit);
#include "compiler/ast_nodes.def"
  }
}

}  // namespace gila::compiler::ast

#endif  // GILA_COMPILER_AST_H_
