#include "frontend/BlameUnits.h"
#include "frontend/CheckContext.h"
#include "frontend/UnitTable.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"

#include <set>

using namespace snn;

namespace {

/// A finding, whatever its words: under a hypothesis, an error that stays may show another unit.
using Place = std::pair<DiagnosticCode, const char *>;

struct Explanation {
  DimensionHypothesis hypothesis;
  std::set<Place> ended; ///< errors that there would not be
};

class Search {
public:
  Search(const ast::File &file, Recheck recheck, size_t first, Diagnostics &diagnostics);
  void run();

private:
  void mention(llvm::SMRange range);
  std::optional<Explanation> tryHypothesis(const DimensionHypothesis &hypothesis);
  void report(const Explanation &explanation, bool isOnlyDimension);

  Recheck recheck;
  Diagnostics &diagnostics;
  std::set<Place> errors;
  size_t textSize;
  llvm::StringSet<> mentioned; ///< words of the lines in which errors and their notes are
  std::vector<const ast::VariableStmt *> parameters;
};

} // namespace

/// Text is checked again at most this often, counted in characters: some tens of milliseconds.
static constexpr size_t mostText = 1'000'000;

/// Errors that another dimension may end.
static bool isAboutDimensions(DiagnosticCode code) {
  switch (code) {
  case DiagnosticCode::U1:
  case DiagnosticCode::U2:
  case DiagnosticCode::U3:
  case DiagnosticCode::U5:
  case DiagnosticCode::C5:
  case DiagnosticCode::C6:
    return true;
  default:
    return false;
  }
}

/// A number with or without a unit: what the parameter is said to be, rather than what follows from others.
static const ast::NumberExpr *literalOf(const ast::VariableStmt &variable) {
  const ast::Expr *value = variable.value;
  if (auto *unary = llvm::dyn_cast_or_null<ast::UnaryExpr>(value))
    value = unary->operand;
  return llvm::dyn_cast_or_null<ast::NumberExpr>(value);
}

/// The line of the source text around `place`.
static llvm::StringRef lineAround(const char *place, llvm::StringRef text) {
  size_t offset = place - text.begin();
  size_t begin = text.rfind('\n', offset), end = text.find('\n', offset);
  return text.slice(begin == llvm::StringRef::npos ? 0 : begin + 1, end);
}

void Search::mention(llvm::SMRange range) {
  unsigned buffer = range.isValid() ? diagnostics.sourceManager().FindBufferContainingLoc(range.Start) : 0;
  if (buffer == 0)
    return;
  llvm::StringRef text = diagnostics.sourceManager().getMemoryBuffer(buffer)->getBuffer();
  llvm::StringRef line = lineAround(range.Start.getPointer(), text);
  while (!line.empty()) {
    llvm::StringRef word = line.take_while([](char c) { return llvm::isAlnum(c) || c == '_'; });
    mentioned.insert(word);
    line = line.drop_front(std::max<size_t>(word.size(), 1));
  }
}

/// Of the errors from number `first` on.
static std::set<Place> placesOf(const Diagnostics &diagnostics, size_t first = 0) {
  std::set<Place> places;
  for (const Diagnostic &found : llvm::drop_begin(diagnostics.all(), first))
    if (found.severity == Severity::Error)
      places.insert({found.code, found.range.Start.getPointer()});
  return places;
}

Search::Search(const ast::File &file, Recheck recheck, size_t first, Diagnostics &diagnostics)
    : recheck(recheck), diagnostics(diagnostics), errors(placesOf(diagnostics, first)),
      textSize(diagnostics.sourceManager().getMemoryBuffer(file.bufferId)->getBufferSize()) {
  for (const Diagnostic &found : diagnostics.all())
    if (found.severity == Severity::Error && isAboutDimensions(found.code)) {
      mention(found.range);
      for (const DiagnosticNote &note : found.notes)
        mention(note.range);
    }
  for (const ast::Stmt *item : file.items)
    if (auto *definition = llvm::dyn_cast<ast::DefinitionStmt>(item))
      for (const ast::Stmt *statement : definition->body.statements) {
        auto *variable = llvm::dyn_cast<ast::VariableStmt>(statement);
        if (variable && !variable->dimension && literalOf(*variable) && mentioned.contains(variable->name.text))
          parameters.push_back(variable);
      }
}

/// Dimensions that parameters of models have.
static std::vector<Dimension> usualDimensions() {
  std::vector<Dimension> dimensions;
  for (const NamedDimension &named : dimensionTable())
    dimensions.push_back(named.dimension);
  Dimension area = Dimension::length().pow(2);
  for (const Dimension &quantity : {Dimension::current(), Dimension::conductance(), Dimension::capacitance()})
    dimensions.push_back(quantity / area);
  for (const Dimension &quantity : {Dimension::voltage(), Dimension::current(), Dimension::conductance()})
    dimensions.push_back(quantity / Dimension::time());
  return dimensions;
}

static bool meet(const std::set<Place> &a, const std::set<Place> &b) {
  return llvm::any_of(a, [&](const Place &place) { return b.count(place) != 0; });
}

std::optional<Explanation> Search::tryHypothesis(const DimensionHypothesis &hypothesis) {
  Diagnostics anew(diagnostics.sourceManager());
  recheck(hypothesis, anew);
  std::set<Place> left = placesOf(anew);
  if (left.size() >= errors.size() || !std::includes(errors.begin(), errors.end(), left.begin(), left.end()))
    return std::nullopt;
  Explanation explanation{hypothesis, {}};
  std::set_difference(errors.begin(), errors.end(), left.begin(), left.end(),
                      std::inserter(explanation.ended, explanation.ended.end()));
  return explanation;
}

void Search::run() {
  static const std::vector<Dimension> dimensions = usualDimensions();
  if (parameters.size() * dimensions.size() * textSize > mostText)
    return;
  std::vector<Explanation> explanations;
  for (const ast::VariableStmt *parameter : parameters)
    for (const Dimension &dimension : dimensions)
      if (std::optional<Explanation> found = tryHypothesis({parameter, dimension}))
        explanations.push_back(std::move(*found));
  llvm::stable_sort(explanations, [](const Explanation &a, const Explanation &b) { return a.ended.size() > b.ended.size(); });
  // The more errors an explanation ends the better; two parameters that explain the same ones as well explain nothing.
  std::set<Place> explained;
  for (const Explanation &explanation : explanations) {
    if (meet(explanation.ended, explained))
      continue;
    auto isAsGood = [&](const Explanation &other) {
      return other.ended.size() == explanation.ended.size() && meet(other.ended, explanation.ended);
    };
    bool isOnlyParameter = llvm::none_of(explanations, [&](const Explanation &other) {
      return isAsGood(other) && other.hypothesis.variable != explanation.hypothesis.variable;
    });
    bool isOnlyDimension = llvm::count_if(explanations, isAsGood) == 1;
    explained.insert(explanation.ended.begin(), explanation.ended.end());
    if (isOnlyParameter)
      report(explanation, isOnlyDimension);
  }
}

void Search::report(const Explanation &explanation, bool isOnlyDimension) {
  const ast::VariableStmt &parameter = *explanation.hypothesis.variable;
  std::string fits = isOnlyDimension ? explanation.hypothesis.dimension.describe() : "another dimension";
  std::vector<Diagnostic *> ended;
  for (Diagnostic &found : diagnostics.all())
    if (found.severity == Severity::Error && explanation.ended.count({found.code, found.range.Start.getPointer()}))
      ended.push_back(&found);
  std::string name = "`" + parameter.name.text.str() + "`";
  if (ended.size() == 1) {
    ended[0]->note(parameter.value->range, name + " is given here; it would fit if it were " + fits);
    return;
  }
  std::vector<DiagnosticNote> notes;
  for (const Diagnostic *found : ended)
    notes.push_back({found->underlined.isValid() ? found->underlined : found->range, "here, " + found->message});
  diagnostics.remove(ended);
  diagnostics.error(DiagnosticCode::U2, parameter.name.range,
                    name + " is given as " + quoted(*parameter.value) + ", but fits where it is used only as " + fits)
      .underline(parameter.value->range)
      .notes = std::move(notes);
}

void snn::blameUnits(const ast::File &file, Recheck recheck, size_t first, Diagnostics &diagnostics) {
  bool isPerhapsUnits = llvm::any_of(llvm::drop_begin(diagnostics.all(), first), [](const Diagnostic &found) {
    return found.severity == Severity::Error && isAboutDimensions(found.code);
  });
  if (isPerhapsUnits && !diagnostics.isFull())
    Search(file, recheck, first, diagnostics).run();
}
