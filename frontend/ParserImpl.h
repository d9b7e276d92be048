// The recursive descent parser, internal to the front end. One file per group of functions:
//
//   Parser.cpp           cursor, reporting and recovery
//   ParseBlock.cpp       blocks, documentation, names
//   ParseFile.cpp        top level
//   ParseExpr.cpp        operators, `if`, calls, draws
//   ParseOperand.cpp     literals, names, members, subscripts, lists
//   ParseModel.cpp       bodies of neurons, synapses, outputs and membrane mechanisms
//   ParseDynamics.cpp    equations, methods, spikes, handlers
//   ParseVariable.cpp    declarations of variables
//   ParseNetwork.cpp     populations, groups, projections
//   ParseIndex.cpp       index sets, tables, `for`, `if`, parts
//   ParseExperiment.cpp  `simulate`
//   ParseTraining.cpp    `train`, surrogates
//   ParseProtocol.cpp    what an experiment repeats, changes and ends with: `set`, `at`, `then for`, `stop when`
//
// Recovery. The first error in a statement sets `recovering`, and everything up to the end of that statement is silent.
// Functions go on as well as they can meanwhile: an expression that is not there is an `ErrorExpr` and takes no token.
// A statement ends where its line does, since the lexer has balanced the brackets. What is left of a faulty statement is
// the name it declares, so that its mistake is not reported a second time wherever that name is used. A misspelt keyword
// is read as the one that was meant.

#ifndef SNN_FRONTEND_PARSERIMPL_H
#define SNN_FRONTEND_PARSERIMPL_H

#include "frontend/Parser.h"

#include "llvm/ADT/SmallVector.h"

#include <optional>

namespace snn {

class Parser {
public:
  Parser(const TokenList &list, ast::File &file, Diagnostics &diagnostics)
      : list(list), tokens(list.tokens), file(file), diagnostics(diagnostics) {}

  void parseFile();

private:
  /// Parses one statement of some kind of block. Null: there is nothing to keep of it.
  using StatementParser = ast::Stmt *(Parser::*)();

  // Cursor.
  const Token &current() const { return tokens[position]; }
  const Token &previous() const { return tokens[position - 1]; }
  /// The token `distance` ahead; the last one where the file ends before.
  const Token &peek(size_t distance = 1) const { return tokens[std::min(position + distance, tokens.size() - 1)]; }
  bool at(TokenKind kind) const { return current().is(kind); }
  /// The name or keyword at the cursor, or the keyword that it is taken for; else empty.
  llvm::StringRef word() const {
    return position == assumedPosition ? assumedWord : at(TokenKind::Identifier) ? current().text : llvm::StringRef();
  }
  bool atWord(llvm::StringRef wanted) const { return word() == wanted; }
  bool atWords(llvm::StringRef first, llvm::StringRef second) const { return atWord(first) && peek().isWord(second); }
  bool atStatementEnd() const;
  /// True at a word that stands alone, as a keyword does, and not at the name in `word = ...` or `word.member`.
  bool atKeyword(llvm::StringRef word) const;
  void advance();
  bool accept(TokenKind kind);
  bool acceptWord(llvm::StringRef word);
  llvm::SMLoc here() const { return current().range().Start; }
  /// From `begin` to the end of the last token taken.
  llvm::SMRange rangeFrom(llvm::SMLoc begin) const;

  // Reporting.
  /// Null if nothing is to be said any more in this statement.
  Diagnostic *report(DiagnosticCode code, llvm::SMRange range, const llvm::Twine &message);
  /// "expected ..., found ..." at the current token.
  void reportExpected(const llvm::Twine &expected);
  bool expect(TokenKind kind, const llvm::Twine &where);
  /// Reports a `construct` of plasticity rules and passes over its statement.
  ast::Stmt *skipMisplaced(llvm::StringRef construct);
  /// A statement that begins with none of `keywords`, in a block called `where`.
  ast::Stmt *rejectStatement(const llvm::Twine &where, llvm::ArrayRef<llvm::StringRef> keywords);
  std::string foundText() const;
  void skipStatement(size_t start);

  // Statements and blocks.
  void parseStatements(StatementParser parseStatement, llvm::SmallVectorImpl<const ast::Stmt *> &statements,
                       bool &incomplete, bool &lacksNames);
  /// One statement with its documentation; whatever happens, the cursor is at its end afterwards.
  ast::Stmt *parseToEnd(StatementParser parseStatement);
  /// What is left of a faulty statement: null unless it declares a name.
  ast::Stmt *poisoned(ast::Stmt *statement);
  /// True if the lexer has reported something between here and the end of the statement or its block.
  bool hasLexicalError() const;
  /// With `documentation`, the comment at the start of the block describes the block rather than its first statement.
  ast::Block parseBlock(StatementParser parseStatement, llvm::StringRef *documentation = nullptr);
  /// A block if there is one; else one without a valid range.
  ast::Block parseOptionalBlock(StatementParser parseStatement);
  ast::Name parseName(const llvm::Twine &what);
  /// A name that may be of a part: `V`, `na.m`.
  ast::Name parsePath(const llvm::Twine &what);
  llvm::StringRef takeDocumentation();
  llvm::StringRef takeBlockDocumentation();
  ast::Stmt *parseTopLevelStatement();
  ast::Stmt *parseDefinition(ast::DefinitionKeyword keyword);
  ast::Stmt *parseFunction();
  ast::Stmt *parseNetwork();
  ast::Stmt *parseImport();
  ast::Stmt *parseExperiment(StatementParser parseStatement);
  void parseVersion();

  // Expressions.
  ast::Expr *parseExpr();
  ast::Expr *parseArithmetic();
  ast::Expr *parseBinary(unsigned weakest);
  void reportChain(const ast::Expr &first);
  ast::Expr *parseUnary();
  ast::Expr *parsePower();
  ast::Expr *parsePostfix();
  ast::Expr *parseSubscripts(const ast::Expr *base);
  ast::Subscript parseSubscript();
  ast::Expr *parsePrimary();
  ast::Expr *parseIfExpr();
  ast::Expr *parseNumber();
  ast::Expr *parseList();
  bool atSignedLiteral(size_t offset) const;
  bool atListLiteral() const;
  ast::Expr *parseListElement();
  ast::Expr *parseNameOrCall();
  ast::Expr *parseComprehension(const ast::Name &callee, const ast::Expr &value);
  llvm::ArrayRef<ast::Argument> parseArguments();
  llvm::ArrayRef<ast::Argument> parseArgumentList();
  ast::Argument parseArgument();
  ast::Expr *parseDraw();
  /// `= value` or `~ distribution`.
  ast::Expr *parseValueOrDraw();
  ast::Expr *makeBinary(ast::BinaryOp op, llvm::SMRange opRange, const ast::Expr *left, const ast::Expr *right);
  /// Sets the height of a node from its operands'; an `ErrorExpr` in its place if that is too high.
  ast::Expr *bounded(ast::Expr *node, std::initializer_list<const ast::Expr *> operands);
  ast::Expr *missing();
  const ast::UnitExpr *parseUnitToken();
  const ast::UnitExpr *parseDimension();
  const ast::UnitExpr *makeUnit(llvm::StringRef text, llvm::ArrayRef<struct ScannedFactor> factors);

  // Bodies of models.
  ast::Stmt *parseNeuronStatement();
  ast::Stmt *parseSynapseStatement();
  ast::Stmt *parseOutputStatement();
  ast::Stmt *parseCurrentStatement();
  static StatementParser parserOf(ast::DefinitionKeyword kind);
  ast::Stmt *parsePlasticityStatement();
  ast::Stmt *parseModelStatement(ast::DefinitionKeyword kind);
  ast::Stmt *parseKeywordStatement(llvm::StringRef keyword);
  ast::Stmt *parseEquation();
  ast::Stmt *parseSpike();
  ast::Stmt *parseRefractory();
  ast::Stmt *parseMethod();
  ast::MethodClause parseMethodClause();
  ast::Stmt *parseHandler();
  ast::Stmt *parsePeriodic();
  ast::Stmt *parseUse();
  ast::Stmt *parseGuard(StatementParser parseStatement);
  ast::Stmt *parseResult();
  ast::Stmt *parseAssignment();
  ast::Stmt *parseHandlerStatement();
  ast::Stmt *parseSynapticHandler(StatementParser parseStatement);
  ast::Stmt *parseRuleHandlerStatement();
  ast::Stmt *parseKeep();
  ast::Stmt *parseSettingsStatement();
  bool atAssignment() const;

  // Variables.
  std::optional<ast::VariableKeyword> variableKeyword() const;
  bool atInheritedVariable() const;
  ast::Stmt *parseVariable(ast::VariableKeyword keyword);
  void parseVariableValue(ast::VariableStmt &variable);
  llvm::ArrayRef<ast::BoundClause> parseBounds();

  // Index sets, and what is written once for several of their members.
  ast::Stmt *parseIndex();
  ast::Stmt *parseIndexSet(llvm::SMLoc begin);
  void inheritNothing() {
    inherited.reset();
    inheritsIndex = false;
  }
  ast::Stmt *parseTable();
  ast::Stmt *parseFor();
  ast::Stmt *parseIf();
  ast::Stmt *parsePart();
  ast::Stmt *parseCopiedStatement();
  ast::Stmt *parseStructure(llvm::StringRef where);
  llvm::ArrayRef<ast::Binder> parseBinders();
  ast::Indices parseIndices();

  // Networks.
  ast::Stmt *parseNetworkStatement();
  ast::Stmt *parsePopulation();
  ast::Stmt *parseSource();
  bool atIndices() const;
  ast::Stmt *parseGroup();
  ast::Stmt *parseProjection();
  ast::Stmt *parseProjectionStatement();
  ast::Stmt *parseClause(ast::ClauseKeyword keyword);
  const ast::Expr *parseTotal();
  ast::Stmt *parseModulator();
  ast::Expr *parseConnect();
  ast::Stmt *parsePosition();
  ast::ModelUse parseModelUse(const llvm::Twine &what = "the name of a model");
  ast::Expr *parseGroupExpr();

  // Experiments.
  ast::Stmt *parseExperimentStatement();
  ast::Stmt *parseOption(ast::OptionKeyword keyword);
  ast::Stmt *parseRecord();
  void parseRecordModifiers(ast::RecordStmt &record);

  // Protocols.
  ast::Stmt *parseSet();
  llvm::ArrayRef<const ast::Expr *> parseSetTargets();
  llvm::ArrayRef<const ast::Expr *> parseSetValues(size_t targets);
  ast::Stmt *parseStop();
  ast::Stmt *parseTimed(ast::TimedKeyword keyword);
  ast::Stmt *parseTimedStatement();
  ast::Stmt *parseWeightFile(bool loads);

  // Training.
  ast::Stmt *parseTrainingStatement();
  ast::Stmt *parseData();
  ast::DataEntry parseDataEntry();
  ast::Stmt *parseObjective(bool isMetric);
  ast::Stmt *parseOptimizer();
  ast::Stmt *parseSurrogate();

  // Arena.
  template <typename Node> Node *make(llvm::SMRange range) { return new (file.arena()) Node(range); }
  template <typename T> llvm::ArrayRef<T> keep(const llvm::SmallVectorImpl<T> &elements) {
    return llvm::ArrayRef<T>(elements).copy(file.arena());
  }

  const TokenList &list;
  const std::vector<Token> &tokens;
  ast::File &file;
  Diagnostics &diagnostics;
  size_t position = 0;
  size_t nextDocComment = 0;

  /// How the statement being read fares.
  struct Condition {
    bool recovering = false; ///< an error has been reported, and nothing is known about what follows
    bool silent = false;     ///< another phase has reported an error
    bool faulty = false;     ///< what has been read is not what was meant
  };
  Condition condition;
  bool nameIsLost = false; ///< the statement just read may have declared a name, and has not been kept
  size_t assumedPosition = ~size_t(0); ///< of a misspelt keyword
  llvm::StringRef assumedWord;         ///< what it is taken for
  bool afterLexicalError = false; ///< a line that makes no sense may belong to a bracket that was never closed
  bool inEndlessBlock = false;    ///< a `}` was forgotten
  unsigned depth = 0;             ///< of the expression being parsed
  std::optional<ast::VariableKeyword> inherited; ///< what `; name = value` declares
  bool inheritsShared = false;                   ///< and whether it is `shared`
  bool inheritsIndex = false;                    ///< it declares an index set
};

} // namespace snn

#endif // SNN_FRONTEND_PARSERIMPL_H
