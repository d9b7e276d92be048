// What writes a network once for many populations: index sets, tables, `for`, `if`, and parts.

#include "frontend/ParserImpl.h"

#include "llvm/Support/SaveAndRestore.h"

namespace snn {

using namespace ast;

Stmt *Parser::parseIndex() {
  llvm::SMLoc begin = here();
  advance();
  return parseIndexSet(begin);
}

/// `layer = L23E, L23I`, behind `index` or behind the `;` after another set.
Stmt *Parser::parseIndexSet(llvm::SMLoc begin) {
  auto *index = make<IndexStmt>(current().range());
  index->name = parseName("the name of the index set");
  expect(TokenKind::Equal, "behind the name of the index set");
  llvm::SmallVector<Name, 8> members;
  do
    members.push_back(parseName("the name of a member"));
  while (!condition.recovering && accept(TokenKind::Comma));
  index->members = keep(members);
  index->range = rangeFrom(begin);
  if (index->name)
    return index;
  return nullptr;
}

Stmt *Parser::parseTable() {
  auto *table = make<TableStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  table->name = parseName("the name of the table");
  llvm::SmallVector<TableAxis, 2> axes;
  if (expect(TokenKind::LeftBracket, "and the index sets behind the name of the table")) {
    do {
      TableAxis axis;
      axis.set = parseName("an index set");
      if (acceptWord("in")) {
        axis.bound = axis.set;
        axis.set = parseName("an index set behind `in`");
      }
      axes.push_back(axis);
    } while (!condition.recovering && accept(TokenKind::Comma));
    expect(TokenKind::RightBracket, "behind the index sets");
  }
  table->axes = keep(axes);
  expect(TokenKind::Equal, "behind the index sets of the table");
  table->value = parseExpr();
  table->range = rangeFrom(begin);
  if (table->name)
    return table;
  return nullptr;
}

/// `for a in layer, b in layer`, at the `for`.
llvm::ArrayRef<Binder> Parser::parseBinders() {
  advance();
  llvm::SmallVector<Binder, 2> binders;
  do {
    Binder binder;
    binder.name = parseName("a name for the members of an index set");
    if (!acceptWord("in"))
      reportExpected("`in` and an index set, as in `for a in layer`");
    binder.set = parseName("an index set");
    binders.push_back(binder);
  } while (!condition.recovering && accept(TokenKind::Comma));
  return keep(binders);
}

Stmt *Parser::parseFor() {
  auto *loop = make<ForStmt>(current().range());
  llvm::SMLoc begin = here();
  loop->binders = parseBinders();
  if (acceptWord("if"))
    loop->condition = parseExpr();
  loop->body = parseBlock(&Parser::parseCopiedStatement);
  loop->range = rangeFrom(begin);
  return loop;
}

Stmt *Parser::parseIf() {
  auto *choice = make<IfStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  choice->condition = parseExpr();
  if (atWord("then"))
    report(DiagnosticCode::P1, current().range(), "the `if` of a network has no `then` before its block");
  choice->then = parseBlock(&Parser::parseCopiedStatement);
  if (acceptWord("else")) {
    if (atWord("if")) {
      // These chains are read and walked one inside the other, without a bracket that would bound them.
      llvm::SaveAndRestore deeper(depth, depth + 1);
      if (depth > Expr::maxHeight) {
        report(DiagnosticCode::P5, current().range(),
               "more than " + llvm::Twine(Expr::maxHeight) + " branches of one `if`");
        return choice;
      }
      llvm::SMLoc nested = here();
      const Stmt *statement = parseIf();
      choice->otherwise.statements = keep(llvm::SmallVector<const Stmt *, 1>{statement});
      choice->otherwise.range = rangeFrom(nested);
    } else {
      choice->otherwise = parseBlock(&Parser::parseCopiedStatement);
    }
  }
  choice->range = rangeFrom(begin);
  return choice;
}

/// A statement in a `for` or `if`, which holds what a network is made of, and no values.
Stmt *Parser::parseCopiedStatement() {
  for (llvm::StringRef value : {"param", "const", "let", "index", "table"})
    if (atKeyword(value) && peek().is(TokenKind::Identifier)) {
      report(DiagnosticCode::P3, current().range(),
             "`" + value +
                 "` stands in the network itself, not in a `for` or `if`; a value for every member is a `table`");
      return nullptr;
    }
  return parseStructure("a `for` or `if`");
}

Stmt *Parser::parsePart() {
  auto *part = make<PartStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  part->name = parseName("the name of the part");
  part->indices = parseIndices();
  expect(TokenKind::Equal, "behind the name of the part");
  part->network = parseModelUse();
  part->range = rangeFrom(begin);
  if (part->name)
    return part;
  return nullptr;
}

/// `[a, b]` behind the name of what there are several of; nothing where there is one.
Indices Parser::parseIndices() {
  if (!at(TokenKind::LeftBracket))
    return {};
  advance();
  llvm::SmallVector<Name, 2> indices;
  do
    indices.push_back(parseName("a member of an index set, or a name that a `for` gives it"));
  while (!condition.recovering && accept(TokenKind::Comma));
  expect(TokenKind::RightBracket, "behind the members");
  return keep(indices);
}

} // namespace snn
