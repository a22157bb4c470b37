// The second parser, which runs only over text that the first one refused: it finds CPython's
// words.
//
// CPython's special messages are alternatives of its parsing-expression grammar, and which of them
// is seen first follows from the order in which a backtracking parser tries things. So the
// diagnosis tries the same things in the same order: one function a rule, each of which returns a
// node or null and leaves `pos_` where it was on failure. Rules with "Invalid" in their name report
// an error when they match. Results are remembered by rule and position, so that backtracking stays
// linear; nesting is limited by kMaxDepth, beyond it the answer is a plain "invalid syntax".
//
// Nodes are lighter than the tree's: a class, a range of tokens, and what messages look at.
#ifndef GILA_COMPILER_DIAGNOSIS_PARSER_H_
#define GILA_COMPILER_DIAGNOSIS_PARSER_H_

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "compiler/syntax_error.h"
#include "compiler/token.h"

namespace gila::compiler {

class DiagnosisParser {
 public:
  DiagnosisParser(const TokenStream& tokens, uint32_t last_token)
      : tokens_(tokens), last_token_(last_token), furthest_(last_token) {}

  // Parses from token `first` on: first with the few rules that CPython always tries, then with
  // all. Afterwards found() and error() tell the result.
  void Diagnose(int start, uint32_t first);

  bool found() const { return found_; }
  const SyntaxError& error() const { return error_; }
  uint32_t furthest() const { return furthest_; }
  uint32_t reached_by_match() const { return reached_by_match_; }

 private:
  using Kind = ast::ExprKind;

  // What an assignment, a deletion and a `for` may have as target.
  enum class Targets : uint8_t { kStar, kDelete, kFor };

  struct Node {
    Kind kind;
    uint32_t first;  // tokens, both inclusive
    uint32_t last;
    std::vector<const Node*>* items =
        nullptr;                 // of tuples, lists; positional arguments; the value of a Starred
    const Node* left = nullptr;  // of a comparison whose first operator is `in`
    bool unpacks = false;        // arguments with `**x`
  };
  using Result = const Node*;
  using Rule = Result (DiagnosisParser::*)();
  // What distinguishes the parameters of a def from those of a lambda.
  struct ParameterStyle {
    int closing;
    bool annotations;
    const char* parenthesized;
  };

  enum RuleId : uint8_t {
    kStarExpression,
    kNamedExpression,
    kInvalidNamedExpression,
    kExpression,
    kDisjunction,
    kConjunction,
    kInversion,
    kBitOr,
    kFactor,
    kPrimary,
    kAtom,
    kArguments,
    kStarTarget,
    kForIfClauses,
  };

  static constexpr int kMaxDepth = 3000;

  // --- tokens ---

  const Token& At(uint32_t index) const {
    return tokens_.tokens[std::min<size_t>(index, tokens_.tokens.size() - 1)];
  }
  // The kind of the next token as rules see it: soft keywords are names.
  int Peek(uint32_t ahead = 0);
  bool Is(int kind) { return !found_ && Peek() == kind; }
  bool IsOneOf(std::initializer_list<int> kinds);
  bool Accept(int kind);
  bool AcceptOneOf(std::initializer_list<int> kinds);
  bool AcceptWord(std::string_view word);
  // Accepts, or reports "expected 'text'" at the next token.
  bool Force(int kind, const char* text);
  std::string_view TextAt(uint32_t index) const { return tokens_.Text(At(index)); }
  bool IsSoftKeyword();

  // --- nodes and memory ---

  Result Make(Kind kind, uint32_t first, std::vector<const Node*> items = {});
  Result MakeToken(uint32_t index) { return Make(Kind::kConstant, index); }
  Result Remember(RuleId id, Rule rule);
  Result Fail(uint32_t start) {
    pos_ = start;
    return nullptr;
  }
  // Items with commas between them; `*trailing` (when asked for) accepts a last comma.
  bool Gather(Rule item, std::vector<const Node*>* items, bool trailing);
  bool LooksAhead(Rule rule);

  void Run(int start, uint32_t first, bool invalid_rules);

  // --- reporting. Report() always does; the others only while CPython's rules for invalid syntax
  // are on ---

  Result Report(uint32_t first, uint32_t last, std::string message);
  // From a token to where CPython's tokenizer stands.
  Result ReportFrom(uint32_t first, std::string message);
  Result RaiseRange(uint32_t first, uint32_t last, std::string message);
  Result RaiseAt(Result node, std::string message) {
    return RaiseRange(node->first, node->last, std::move(message));
  }
  Result RaiseAtToken(uint32_t index, std::string message) {
    return RaiseRange(index, index, std::move(message));
  }
  Result RaiseFrom(uint32_t first, std::string message) {
    return invalid_rules_ ? ReportFrom(first, std::move(message)) : nullptr;
  }
  Result RaiseLast(std::string message, SyntaxErrorType type = SyntaxErrorType::kSyntaxError);
  Result RaiseTarget(Result node, Targets targets);
  void GiveUp();
  const char* NameOf(Result node) const;
  static Result InvalidTarget(Result node, Targets targets);
  // "expected an indented block after <what> on line <line of the keyword>", if a line with a colon
  // ends here.
  bool CheckIndent(const char* what, uint32_t keyword);

  // --- expressions ---

  Result StarExpressions();
  Result StarExpression();
  Result StarExpressionRaw();
  Result StarredExpression();
  Result StarNamedExpression();
  Result StarNamedExpressions();
  Result AssignmentExpression();
  Result NamedExpression();
  Result NamedExpressionRaw();
  Result InvalidNamedExpression();
  Result InvalidNamedExpressionRaw();
  Result Expression();
  Result ExpressionRaw();
  Result Expressions();
  Result ExpressionWithoutInvalid();
  Result Conditional();
  Result InvalidExpression();
  Result InvalidLegacyExpression();
  Result YieldExpression();
  Result Disjunction();
  Result DisjunctionRaw();
  Result Conjunction();
  Result ConjunctionRaw();
  Result Inversion();
  Result InversionRaw();
  Result Comparison();
  bool CompareOperator(bool* is_in);
  Result BitOr();
  Result BitOrRaw();
  Result Binary(int level);
  Result Factor();
  Result FactorRaw();
  Result Power();
  Result Primary();
  Result PrimaryRaw();
  Result Atom();
  Result AtomRaw();
  Result Strings();
  Result TupleAtom();
  Result Group();
  Result GeneratorExpression();
  Result ListAtom();
  Result ListComprehension();
  Result DictAtom();
  Result SetAtom();
  Result DictComprehension();
  Result SetComprehension();
  Result KeyValue();
  Result DoubleStarredKeyValue();
  Result InvalidKeyValue();
  Result InvalidDictItems();
  Result InvalidComprehension();
  Result ForIfClauses();
  Result ForIfClausesRaw();
  Result ForIfClause();
  Result PlainOrAssignment();
  Result Arguments();
  Result ArgumentsRaw();
  Result ArgumentList();
  Result PositionalArgument();
  bool KeywordArguments(std::vector<const Node*>* positional, bool* unpacks);
  Result KeywordOrStarred();
  Result KeywordOrDoubleStarred();
  Result InvalidKeyword();
  Result InvalidArguments();
  Result Slices();
  Result Slice();
  Result SliceOrStarred();
  Result Lambda();

  // --- parameters ---

  bool Parameters(const ParameterStyle& style);
  bool Parameter(const ParameterStyle& style);
  bool ParameterEnd(const ParameterStyle& style);
  bool ParameterDefault(const ParameterStyle& style);
  bool ParameterNoDefault(const ParameterStyle& style);
  bool ParameterWithDefault(const ParameterStyle& style);
  bool ParameterMaybeDefault(const ParameterStyle& style);
  bool SlashNoDefault(const ParameterStyle& style);
  bool SlashWithDefault(const ParameterStyle& style);
  void InvalidParameters(const ParameterStyle& style);
  bool StarEtc(const ParameterStyle& style);
  void InvalidStarEtc(const ParameterStyle& style);
  bool DoubleStarParameter(const ParameterStyle& style);

  // --- targets ---

  Result StarTargets();
  Result StarTarget();
  Result StarTargetRaw();
  Result TargetWithStarAtom();
  Result StarAtom();
  Result SingleTarget();
  Result DeleteTargets();
  Result DeleteTarget();

  // --- statements ---

  bool Statements();
  bool Statement();
  bool CompoundStatement(bool* matched);
  bool SimpleStatements();
  bool SimpleStatement();
  bool Assignment();
  bool AugmentedOperator();
  void InvalidAssignment();
  Result InvalidAnnotatedTarget();
  Result RightSide();
  bool ImportName();
  bool ImportFrom();
  bool ImportNames();
  bool DottedName();
  bool Block();
  bool HeaderEnd();
  bool Decorated();
  bool FunctionDefinition();
  bool ClassDefinition();
  bool IfStatement();
  bool ElseBlock();
  bool WhileStatement();
  bool ForStatement();
  bool WithStatement();
  bool WithItem();
  bool WithItems(bool parenthesised, bool strict);
  bool TryStatement();
  bool FinallyBlock();
  bool ExceptBlock(bool star);
  void InvalidExcept();

  // --- match ---

  bool MatchStatement();
  bool CaseBlock();
  Result SubjectExpression();
  Result Patterns();
  Result Pattern();
  Result OrPattern();
  Result ClosedPattern();
  Result MaybeStarPattern();
  Result MaybeSequence();
  Result LiteralPattern();
  Result MappingItem();
  Result ClassPattern(uint32_t start);
  Result KeywordPattern();
  Result NameOrAttribute();

  const TokenStream& tokens_;
  const uint32_t last_token_;
  uint32_t furthest_;  // the last token that either parser has looked at
  uint32_t reached_by_match_ =
      0;  // the last token of a line that begins with `match` which the rule for the statement read
  uint32_t pos_ = 0;
  int depth_ = 0;
  bool invalid_rules_ = true;
  bool found_ = false;
  SyntaxError error_;
  struct Memory {
    Result result;
    uint32_t end;
  };
  absl::flat_hash_map<uint64_t, Memory> memory_;
  std::vector<std::unique_ptr<Node>> nodes_;
  std::vector<std::unique_ptr<std::vector<const Node*>>> item_lists_;
};

}  // namespace gila::compiler

#endif  // GILA_COMPILER_DIAGNOSIS_PARSER_H_
