// Answers about the name at a place: what it is, where it is declared and used, and what else could stand there.

#include "compiler/tools/language-server/Answers.h"
#include "compiler/tools/language-server/Hover.h"
#include "compiler/tools/language-server/NameLookup.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace snn;
using namespace snn::editor;
namespace lsp = llvm::lsp;
using llvm::StringRef;

std::optional<lsp::Hover> editor::hover(Document &document, const lsp::Position &position) {
  const Token *word = document.wordAt(document.offsetOf(position));
  std::optional<Symbol> symbol = word ? NameLookup(document).meaning(*word) : std::nullopt;
  if (!symbol)
    return std::nullopt;
  lsp::Hover answer(document.rangeOf(word->range()));
  answer.contents.value = hoverText(*symbol);
  return answer;
}

std::vector<lsp::Location> editor::declaration(Document &document, const lsp::URIForFile &uri, const lsp::Position &position) {
  const Token *word = document.wordAt(document.offsetOf(position));
  std::optional<Symbol> symbol = word ? NameLookup(document).meaning(*word) : std::nullopt;
  if (!symbol)
    return {};
  if (document.contains(symbol->name.range.Start))
    return {lsp::Location(uri, document.rangeOf(symbol->name.range))};
  std::optional<lsp::Location> place = document.locationInLibrary(symbol->name.range);
  return place ? std::vector{*place} : std::vector<lsp::Location>();
}

/// The words that stand for the declaration whose name begins at `name`.
static std::vector<const Token *> usesOf(const ast::Name &name, NameLookup &lookup, const Document &document) {
  std::vector<const Token *> found;
  for (const Token &word : document.tokens().tokens)
    if (word.isWord(name.text))
      if (std::optional<Symbol> symbol = lookup.meaning(word); symbol && symbol->name.range.Start == name.range.Start)
        found.push_back(&word);
  return found;
}

std::vector<lsp::Range> editor::uses(Document &document, const lsp::Position &position) {
  NameLookup lookup(document);
  const Token *word = document.wordAt(document.offsetOf(position));
  std::optional<Symbol> symbol = word ? lookup.meaning(*word) : std::nullopt;
  std::vector<lsp::Range> ranges;
  if (symbol)
    for (const Token *use : usesOf(symbol->name, lookup, document))
      ranges.push_back(document.rangeOf(use->range()));
  return ranges;
}

static llvm::Error refusal(const llvm::Twine &message) {
  return llvm::make_error<lsp::LSPError>(message.str(), lsp::ErrorCode::InvalidRequest);
}

static bool isName(StringRef text) {
  return !text.empty() && !llvm::isDigit(text.front()) &&
         llvm::all_of(text, [](char c) { return llvm::isAlnum(c) || c == '_'; });
}

llvm::Expected<std::vector<lsp::TextEdit>> editor::rename(Document &document, const lsp::Position &position, StringRef newName) {
  NameLookup lookup(document);
  const Token *word = document.wordAt(document.offsetOf(position));
  std::optional<Symbol> symbol = word ? lookup.meaning(*word) : std::nullopt;
  if (!symbol)
    return refusal("there is no name that this file declares");
  if (!document.contains(symbol->name.range.Start))
    return refusal("`" + symbol->name.text + "` is declared in the library");
  if (llvm::isa<ast::DataStmt>(symbol->declaration))
    return refusal("`" + symbol->name.text + "` is what an array is called in its file");
  if (!isName(newName))
    return refusal("`" + newName + "` is not a name: letters, digits and `_`, no digit first");
  std::vector<const Token *> places = usesOf(symbol->name, lookup, document);
  // Where it is used, the new name must not stand for something else already.
  for (const Token *place : places) {
    size_t offset = place->text.begin() - document.text().begin();
    for (const Symbol &other : lookup.namesAt(offset))
      if (other.name.text == newName && document.contains(other.name.range.Start))
        return refusal("`" + newName + "` is already declared as `" + signatureOf(other) + "`");
  }
  std::vector<lsp::TextEdit> edits;
  for (const Token *place : places)
    edits.push_back({document.rangeOf(place->range()), newName.str()});
  return edits;
}

static lsp::CompletionItemKind completionKind(const Symbol &symbol) {
  switch (symbol.kind()) {
  case lsp::SymbolKind::Class:
    return lsp::CompletionItemKind::Class;
  case lsp::SymbolKind::Function:
    return lsp::CompletionItemKind::Function;
  case lsp::SymbolKind::Module:
    return lsp::CompletionItemKind::Module;
  case lsp::SymbolKind::Constant:
    return lsp::CompletionItemKind::Constant;
  default:
    return lsp::CompletionItemKind::Variable;
  }
}

/// Words that begin statements and clauses, wherever they may stand: the editor narrows them down as one types.
static constexpr llvm::StringLiteral keywords[] = {
    "neuron",  "synapse", "output",    "function", "network",    "simulate", "param",   "const",      "state",  "input",
    "let",     "weight",  "pre",       "post",     "spike when", "crosses",  "spike at rate", "refractory", "holding", "method",
    "on pre",  "then",    "population", "group",   "project",    "connect",  "delay",   "one_to_one", "all_to_all", "bernoulli",
    "fixed_indegree", "fixed_outdegree", "fixed_total", "pairs", "dt", "duration", "seed", "precision", "record", "spikes of",
    "every",   "from",    "where",     "if",       "else",       "and",      "or",      "not",        "plasticity", "current",
    "shared",  "use",     "keep",      "release",  "deliver",    "on post",  "on step", "extends",    "modulator", "gap_junction",
    "index",   "table",   "for",       "part",     "import",     "batch",    "set",     "sweep",      "stop when", "at", "until",
    "position in", "periodic", "save weights of", "load weights of",
    "train",   "source",  "surrogate", "trainable",  "epochs",     "data",    "loss",    "metric",     "optimizer", "save weights", "split",
};

static constexpr llvm::StringLiteral functions[] = {
    "abs",  "sign", "min",  "max",  "clip",   "floor",   "ceil",    "round", "sqrt",  "exp",   "log",     "log10", "exprel",
    "expm1", "log1p", "sin", "cos", "tan",    "sinh",    "cosh",    "tanh",  "erf",   "pow",   "heaviside", "rand", "randn",
    "poisson", "normal", "uniform", "lognormal", "exponential", "truncated_normal", "gamma", "weibull", "beta",
    "cross_entropy", "binary_cross_entropy", "mse", "mae", "accuracy", "softmax", "max_over_time", "min_over_time",
    "mean_over_time", "sum_over_time", "last", "max_over_neurons", "min_over_neurons", "mean_over_neurons", "sum_over_neurons",
    "sum", "mean",
};

lsp::CompletionList editor::completions(Document &document, const lsp::Position &position) {
  size_t offset = document.offsetOf(position);
  lsp::CompletionList list;
  llvm::StringSet<> seen;
  for (const Symbol &symbol : NameLookup(document).namesAt(offset)) {
    if (!seen.insert(symbol.name.text).second)
      continue;
    lsp::CompletionItem &item = list.items.emplace_back(symbol.name.text, completionKind(symbol), "1" + symbol.name.text.str());
    item.detail = signatureOf(symbol);
    if (!symbol.declaration->documentation.empty())
      item.documentation = lsp::MarkupContent{lsp::MarkupKind::Markdown, symbol.declaration->documentation.str()};
  }
  bool isMember = withoutLastName(document.text().take_front(offset)).ends_with(".");
  if (isMember)
    return list;
  for (StringRef word : functions)
    list.items.emplace_back(word, lsp::CompletionItemKind::Function, "2" + word.str());
  for (StringRef word : keywords)
    list.items.emplace_back(word, lsp::CompletionItemKind::Keyword, "3" + word.str());
  return list;
}
