// What the grammar's actions call: it makes the nodes, and rejects what the
// grammar lets through but Python does not.
//
// A rejected program is not described here: the builder only remembers that it
// failed, and diagnosis.cc finds the words. Errors inside literals are the
// exception, they are reported where they are found. After a failure
// NextToken() ends the input, so that the parser stops soon; every function
// still returns something sound until then.
#ifndef GILA_COMPILER_TREE_BUILDER_H_
#define GILA_COMPILER_TREE_BUILDER_H_

#include <algorithm>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "compiler/ast.h"
#include "compiler/syntax_error.h"
#include "compiler/token.h"

namespace gila::compiler {

// A list that grows in the arena, at its end.
template <typename T>
struct ListBuilder {
  T* data = nullptr;
  uint32_t size = 0;
  uint32_t capacity = 0;

  void Push(Arena& arena, const T& item) {
    if (size == capacity) {
      const uint32_t larger = capacity == 0 ? 1 : capacity * 2;
      T* moved = static_cast<T*>(arena.Allocate(larger * sizeof(T)));
      std::copy(data, data + size, moved);
      data = moved;
      capacity = larger;
    }
    data[size++] = item;
  }
};

enum class ParameterKind : uint8_t { kPlain, kSlash, kBareStar, kStar, kDoubleStar };
enum class ArgumentKind : uint8_t { kPositional, kKeyword, kStar, kDoubleStar };

namespace grammar {

struct CompareChain {
  ast::ExprNode* left;
  ListBuilder<ast::CompareOperator> ops;
  ListBuilder<ast::ExprNode*> comparators;
};

struct ParameterItem {
  ParameterKind kind;
  ast::Arg* arg;
  ast::ExprNode* default_value;
};

struct ArgumentItem {
  ArgumentKind kind;
  ast::Span span;
  ast::Identifier name;
  ast::ExprNode* value;
};

struct DictItem {
  ast::ExprNode* key;  // null for `**value`
  ast::ExprNode* value;
};

struct MappingItem {
  ast::ExprNode* key;  // null for `**rest`
  ast::PatternNode* pattern;
  ast::Identifier rest;
};

struct ClassPatternItem {
  ast::Identifier name;  // missing for a positional pattern
  ast::PatternNode* pattern;
};

struct TargetAndMark {
  ast::ExprNode* target;
  int mark;  // the operator of `op=`; whether an annotated name is bare
};

struct WithParenItem {
  ast::ExprNode* value;
  ast::ExprNode* target;
  bool plain;  // may stand as an item of a parenthesised `with`
};

}  // namespace grammar

// Height of a subtree, computed from the fields of its root.
struct DepthOfFields {
  int deepest = 0;

  void Add(int depth) { deepest = std::max(deepest, depth); }
  template <typename T>
  auto AddNode(const T* node) -> decltype(node->depth, void()) {
    if (node != nullptr) Add(node->depth);
  }
  template <typename T>
  void operator()(const char*, T* node) {
    AddNode(node);
  }
  template <typename T>
  void operator()(const char*, const Seq<T*>& nodes) {
    for (const T* node : nodes) AddNode(node);
  }
  template <typename T>
  void operator()(const char*, const T&) {}
};

class TreeBuilder {
 public:
  using ExprNode = ast::ExprNode;
  using StmtNode = ast::StmtNode;
  using PatternNode = ast::PatternNode;
  using Span = ast::Span;
  using Identifier = ast::Identifier;

  TreeBuilder(Arena* arena, const TokenStream* tokens, int start_token)
      : arena_(arena), tokens_(tokens), start_token_(start_token) {}

  // --- for the parser ---

  int NextToken(const Token** token, Span* span);
  void ParserFailed(std::string_view message);
  void Finish(ListBuilder<StmtNode*>* statements);
  void FinishSingle(ListBuilder<StmtNode*>* statements, bool simple);
  void FinishExpression(ExprNode* expression);

  // --- results ---

  // The program means nothing, or `error` is set.
  bool failed() const { return failed_; }
  bool has_error() const { return has_error_; }
  const SyntaxError& error() const { return error_; }
  const std::vector<CompileWarning>& warnings() const { return warnings_; }
  const ast::Module& module() const { return module_; }
  // Index of the last token that the parser looked at.
  uint32_t last_token() const { return next_ == 0 ? 0 : next_ - 1; }
  // A line of interactive input is complete; what follows may be wrong.
  bool single_done() const { return single_done_; }

  // --- nodes ---

  template <typename T, typename... Fields>
  T* Make(const Span& span, Fields... fields) {
    using Base = typename T::Base;
    return Finished(arena_->New<T>(Base{{T::kKind, 1, span}}, fields...));
  }
  template <typename T, typename... Fields>
  T* MakeHelper(const Span& span, Fields... fields) {
    return Finished(arena_->New<T>(uint16_t{1}, span, fields...));
  }
  template <typename T, typename... Fields>
  T* MakePlain(Fields... fields) {
    return Finished(arena_->New<T>(uint16_t{1}, fields...));
  }
  static ExprNode* NoExpr() { return nullptr; }
  static Span Join(const Span& first, const Span& last) {
    return {first.line, first.column, last.end_line, last.end_column};
  }

  // --- lists ---

  template <typename T, typename... More>
  auto* List(T first, More... more) {
    using Item = decltype(ItemType(first));
    auto* list = arena_->New<ListBuilder<Item>>();
    list->Push(*arena_, first);
    (list->Push(*arena_, more), ...);
    return list;
  }
  template <typename T, typename U>
  ListBuilder<T>* Append(ListBuilder<T>* list, U item) {
    if (list == nullptr) list = arena_->New<ListBuilder<T>>();
    list->Push(*arena_, item);
    return list;
  }
  template <typename T>
  ListBuilder<T>* AppendAll(ListBuilder<T>* list, const ListBuilder<T>* more) {
    for (uint32_t i = 0; i < more->size; ++i) list->Push(*arena_, more->data[i]);
    return list;
  }
  // The list as it stands in a node; null is the empty list.
  template <typename T>
  static Seq<T> Done(const ListBuilder<T>* list) {
    return list == nullptr ? Seq<T>() : Seq<T>(list->data, list->size);
  }

  // --- names and literals ---

  Identifier NameOf(const Token* token);
  Identifier Dotted(const ListBuilder<Identifier>* names);
  ExprNode* MakeName(const Span& span, const Token* token);
  ExprNode* MakeNumber(const Span& span, const Token* token);
  ExprNode* MakeStrings(const Span& span, const ListBuilder<const Token*>* tokens);
  ExprNode* MakeConstant(const Span& span, ast::ConstantKind kind);

  // --- expressions ---

  ExprNode* TupleOf(const Span& span, const ListBuilder<ExprNode*>* items);
  ExprNode* MakeStarred(const Span& span, ExprNode* value);
  ExprNode* MakeNamed(const Span& span, const Token* name, const Span& name_span, ExprNode* value);
  ExprNode* MakeUnary(const Span& span, ast::UnaryOperator op, ExprNode* operand);
  ExprNode* MakeAttribute(const Span& span, ExprNode* value, const Token* name);
  ExprNode* MakeCall(const Span& span, ExprNode* function,
                     const ListBuilder<grammar::ArgumentItem*>* arguments);
  ExprNode* MakeCallOfGenerator(const Span& span, ExprNode* function, ExprNode* generator);
  ExprNode* MakeDict(const Span& span, const ListBuilder<grammar::DictItem*>* items);
  grammar::CompareChain* StartCompare(ExprNode* left, int op, ExprNode* right);
  grammar::CompareChain* GoOnCompare(grammar::CompareChain* chain, int op, ExprNode* right);
  ExprNode* MakeCompare(const Span& span, const grammar::CompareChain* chain);
  grammar::DictItem* DictPair(ExprNode* key, ExprNode* value);
  grammar::ArgumentItem* Argument(const Span& span, ArgumentKind kind, const Token* name,
                                  ExprNode* value);

  // Makes an expression a target of an assignment; rejects what cannot be one.
  ExprNode* Target(ExprNode* expression);

  // --- parameters ---

  grammar::ParameterItem* Parameter(const Span& span, const Token* name, ExprNode* annotation,
                                    ExprNode* default_value);
  grammar::ParameterItem* ParameterMark(ParameterKind kind);
  grammar::ParameterItem* StarParameter(const Span& span, ParameterKind kind, const Token* name,
                                        ExprNode* annotation);
  ast::Arguments* MakeParameters(const ListBuilder<grammar::ParameterItem*>* items);

  // --- statements ---

  StmtNode* MakeAssign(const Span& span, const ListBuilder<ExprNode*>* targets, ExprNode* value);
  // `target op=` and `target:`, as far as they have been read.
  grammar::TargetAndMark* AugmentedTarget(ExprNode* target, int op);
  grammar::TargetAndMark* AnnotatedTarget(ExprNode* target, const Span& span);
  StmtNode* MakeAugAssign(const Span& span, const grammar::TargetAndMark* target, ExprNode* value);
  StmtNode* MakeAnnAssign(const Span& span, const grammar::TargetAndMark* target,
                          ExprNode* annotation, ExprNode* value);
  StmtNode* MakeDelete(const Span& span, const ListBuilder<ExprNode*>* targets);
  StmtNode* MakeClass(const Span& span, const Token* name,
                      const ListBuilder<grammar::ArgumentItem*>* arguments,
                      const ListBuilder<StmtNode*>* body);
  StmtNode* Decorate(const ListBuilder<ExprNode*>* decorators, StmtNode* definition);
  // The asynchronous twin of a def, for or with; `span` is where it begins.
  StmtNode* MakeAsync(const Span& span, StmtNode* statement);
  ast::Alias* StarAlias(const Span& span);
  grammar::WithParenItem* ParenItem(ExprNode* value, ExprNode* target, bool plain);
  StmtNode* MakeParenWith(const Span& span, const ListBuilder<grammar::WithParenItem*>* items,
                          bool trailing_comma, const Span& bracket_span,
                          const ListBuilder<StmtNode*>* body);
  StmtNode* MakeWithOne(const Span& span, ExprNode* value, const ListBuilder<StmtNode*>* body);

  // --- patterns ---

  // The name a pattern binds; missing for `_`.
  Identifier CaptureName(const Token* name);
  PatternNode* MakeCapture(const Span& span, const Token* name);
  PatternNode* MakeAsPattern(const Span& span, PatternNode* pattern, const Token* name);
  PatternNode* MakeSingleton(const Span& span, ast::ConstantKind kind);
  PatternNode* MakeSequencePattern(const Span& span, const ListBuilder<PatternNode*>* items);
  PatternNode* MakeMappingPattern(const Span& span,
                                  const ListBuilder<grammar::MappingItem*>* items);
  PatternNode* MakeClassPattern(const Span& span, ExprNode* cls,
                                const ListBuilder<grammar::ClassPatternItem*>* items);
  ExprNode* MakeComplex(const Span& span, ExprNode* real, ast::Operator op, ExprNode* imaginary);
  grammar::MappingItem* MappingPair(ExprNode* key, PatternNode* pattern);
  grammar::MappingItem* MappingRest(const Token* name);
  grammar::ClassPatternItem* ClassItem(const Token* name, PatternNode* pattern);

  // --- failing ---

  // The program means nothing; diagnosis.cc says why.
  void Reject() { failed_ = true; }
  // An error at the last token that was read.
  void FailAtLastToken(std::string message);
  // An error at a certain token.
  void FailAtToken(const Token& token, std::string message);
  // An error without a place.
  void Fail(SyntaxErrorType type, std::string message);
  // An error that has been described already.
  void Fail(SyntaxError error);

  // A DeprecationWarning about a certain token.
  void Warn(const Token& token, std::string message);
  // Where the expressions of f-strings put theirs.
  std::vector<CompileWarning>* mutable_warnings() { return &warnings_; }

  Arena* arena() const { return arena_; }
  const TokenStream& tokens() const { return *tokens_; }

 private:
  // The type that a list holds for an item: nodes go by their base.
  static StmtNode* ItemType(StmtNode*);
  static ExprNode* ItemType(ExprNode*);
  static PatternNode* ItemType(PatternNode*);
  template <typename T>
    requires(!std::is_base_of_v<StmtNode, std::remove_pointer_t<T>> &&
             !std::is_base_of_v<ExprNode, std::remove_pointer_t<T>> &&
             !std::is_base_of_v<PatternNode, std::remove_pointer_t<T>>)
  static T ItemType(T);

  template <typename T>
  T* Finished(T* node) {
    DepthOfFields depth;
    ast::VisitFields(node, depth);
    if (depth.deepest >= ast::kMaxTreeDepth) TooDeep();
    node->depth = static_cast<uint16_t>(std::min(depth.deepest + 1, 0xFFFF));
    return node;
  }
  void TooDeep();
  bool SetContext(ExprNode* node, ast::ExprContext context, bool star_allowed);
  void SortArguments(const ListBuilder<grammar::ArgumentItem*>* items, Seq<ExprNode*>* positional,
                     Seq<ast::Keyword*>* keywords);

  Arena* const arena_;
  const TokenStream* const tokens_;
  const int start_token_;
  bool started_ = false;
  uint32_t next_ = 0;
  Span last_span_;
  bool failed_ = false;
  bool has_error_ = false;
  bool single_done_ = false;
  SyntaxError error_;
  std::vector<CompileWarning> warnings_;
  ast::Module module_;
};

// Runs the generated parser: 0, or not 0 for a failure that `builder` knows
// about.
int RunGrammar(TreeBuilder* builder);

// A name as the tree holds it: interned, in normal form.
ast::Identifier InternName(std::string_view text, Arena* arena);

// The value of a number's text, underscores and all. On failure writes the
// words of a SyntaxError.
bool ParseNumber(std::string_view text, Arena* arena, ast::ConstantValue* value,
                 std::string* error);

}  // namespace gila::compiler

#endif  // GILA_COMPILER_TREE_BUILDER_H_
