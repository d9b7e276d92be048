// The top level of a file: definitions, functions, networks, experiments.

#include "frontend/ParserImpl.h"

namespace snn {

using namespace ast;

void Parser::parseFile() {
  accept(TokenKind::EndOfStatement);
  parseVersion();
  llvm::SmallVector<const Stmt *, 16> items;
  parseStatements(&Parser::parseTopLevelStatement, items, file.incomplete, file.lacksNames);
  file.items = keep(items);
}

void Parser::parseVersion() {
  if (!atWord("snn") || !peek().is(TokenKind::Number))
    return;
  advance();
  if (current().text != "1")
    report(DiagnosticCode::P7, current().range(),
           "the file is written for version " + current().text + " of the language, but this compiler knows version 1");
  advance();
}

Stmt *Parser::parseTopLevelStatement() {
  if (atWord("neuron"))
    return parseDefinition(DefinitionKeyword::Neuron);
  if (atWord("synapse"))
    return parseDefinition(DefinitionKeyword::Synapse);
  if (atWord("output"))
    return parseDefinition(DefinitionKeyword::Output);
  if (atKeyword("current"))
    return parseDefinition(DefinitionKeyword::Current);
  if (atWord("plasticity"))
    return parseDefinition(DefinitionKeyword::Plasticity);
  if (atWord("function"))
    return parseFunction();
  if (atWord("network"))
    return parseNetwork();
  if (atWord("simulate"))
    return parseExperiment(&Parser::parseExperimentStatement);
  if (atWord("train"))
    return parseExperiment(&Parser::parseTrainingStatement);
  if (atKeyword("import"))
    return parseImport();
  return rejectStatement("a file", {"neuron", "synapse", "output", "current", "plasticity", "function", "network", "simulate", "train", "import"});
}

Stmt *Parser::parseDefinition(DefinitionKeyword keyword) {
  llvm::SMLoc begin = here();
  advance();
  Name name = parseName("the name of the model");
  if (accept(TokenKind::Equal)) {
    auto *derived = make<DerivedDefinitionStmt>({begin, begin});
    derived->keyword = keyword;
    derived->name = name;
    derived->base = parseName("the model to derive from");
    derived->settings = parseOptionalBlock(&Parser::parseSettingsStatement);
    derived->range = rangeFrom(begin);
    return derived;
  }
  auto *definition = make<DefinitionStmt>({begin, begin});
  definition->keyword = keyword;
  definition->name = name;
  if (acceptWord("extends"))
    definition->base = parseName("the model to extend");
  definition->body = parseBlock(parserOf(keyword), &definition->documentation);
  definition->range = rangeFrom(begin);
  return definition;
}

Stmt *Parser::parseFunction() {
  auto *function = make<FunctionStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  function->name = parseName("the name of the function");
  expect(TokenKind::LeftParen, "before the parameters");
  llvm::SmallVector<Name, 4> parameters;
  if (!at(TokenKind::RightParen)) {
    do
      parameters.push_back(parseName("the name of a parameter"));
    while (accept(TokenKind::Comma));
  }
  function->parameters = keep(parameters);
  expect(TokenKind::RightParen, "behind the parameters");
  expect(TokenKind::Equal, "");
  function->value = parseExpr();
  function->range = rangeFrom(begin);
  return function;
}

Stmt *Parser::parseNetwork() {
  auto *network = make<NetworkStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  network->name = parseName("the name of the network");
  network->body = parseBlock(&Parser::parseNetworkStatement, &network->documentation);
  network->range = rangeFrom(begin);
  return network;
}

Stmt *Parser::parseImport() {
  auto *import = make<ImportStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  if (at(TokenKind::Text)) {
    import->path = current().text.drop_front().drop_back();
    import->pathRange = current().range();
    advance();
  } else {
    reportExpected("the file to import, as in `import \"columns.snn\"`");
  }
  import->range = rangeFrom(begin);
  return import;
}

Stmt *Parser::parseExperiment(StatementParser parseStatement) {
  auto *experiment = make<ExperimentStmt>(current().range());
  llvm::SMLoc begin = here();
  experiment->trains = atWord("train");
  advance();
  experiment->network = parseName("the name of the network");
  experiment->body = parseBlock(parseStatement, &experiment->documentation);
  experiment->range = rangeFrom(begin);
  return experiment;
}

} // namespace snn
