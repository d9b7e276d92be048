// The statements of `train`, and what a neuron says for it.

#include "frontend/ParserImpl.h"

namespace snn {

using namespace ast;

Stmt *Parser::parseTrainingStatement() {
  if (atInheritedVariable())
    return parseVariable(*inherited);
  for (OptionKeyword keyword : {OptionKeyword::Dt, OptionKeyword::Duration, OptionKeyword::Seed,
                                OptionKeyword::Precision, OptionKeyword::Batch, OptionKeyword::Epochs})
    if (atKeyword(spelling(keyword)))
      return parseOption(keyword);
  if (atKeyword("method"))
    return parseMethod();
  if (atWord("let") && variableKeyword())
    return parseVariable(VariableKeyword::Let);
  if (atKeyword("data"))
    return parseData();
  if (atKeyword("loss") || atKeyword("metric"))
    return parseObjective(atKeyword("metric"));
  if (atKeyword("optimizer"))
    return parseOptimizer();
  if (atKeyword("save"))
    return parseWeightFile(/*loads=*/false);
  if (atAssignment())
    return parseAssignment();
  return rejectStatement("a training", {"dt", "duration", "seed", "precision", "batch", "epochs", "method", "let",
                                        "data", "loss", "metric", "optimizer", "save"});
}

/// `data x -> inp.spikes, y from load("digits.npz") split 0.8`
Stmt *Parser::parseData() {
  auto *data = make<DataStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  llvm::SmallVector<DataEntry, 4> entries;
  do
    entries.push_back(parseDataEntry());
  while (!condition.recovering && accept(TokenKind::Comma));
  data->entries = keep(entries);
  if (!condition.recovering && !acceptWord("from"))
    reportExpected("`from` and a file, as in `from load(\"digits.npz\")`");
  data->file = parseExpr();
  if (acceptWord("split"))
    data->split = parseExpr();
  data->range = rangeFrom(begin);
  return data;
}

/// `x -> inp.spikes` or `y`
DataEntry Parser::parseDataEntry() {
  DataEntry entry;
  entry.array = parseName("the name of an array of the file");
  if (accept(TokenKind::Arrow))
    entry.target = parseGroupExpr();
  return entry;
}

Stmt *Parser::parseObjective(bool isMetric) {
  auto *objective = make<ObjectiveStmt>(current().range());
  llvm::SMLoc begin = here();
  objective->isMetric = isMetric;
  advance();
  objective->value = parseExpr();
  objective->range = rangeFrom(begin);
  return objective;
}

Stmt *Parser::parseOptimizer() {
  auto *optimizer = make<OptimizerStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  optimizer->method = parseModelUse("the name of an optimizer, as in `optimizer adam(learning_rate = 1e-3)`");
  optimizer->range = rangeFrom(begin);
  return optimizer;
}

/// `surrogate relu(alpha = 0.3) of (V - V_th) / (10 mV)`
Stmt *Parser::parseSurrogate() {
  auto *surrogate = make<SurrogateStmt>(current().range());
  llvm::SMLoc begin = here();
  advance();
  surrogate->function = parseModelUse("the name of a surrogate, as in `surrogate sigmoid(alpha = 4)`");
  if (acceptWord("of"))
    surrogate->argument = parseExpr();
  surrogate->range = rangeFrom(begin);
  return surrogate;
}

} // namespace snn
