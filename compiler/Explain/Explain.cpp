#include "compiler/Explain/Explain.h"

#include "llvm/Support/Path.h"

using namespace mlir;

namespace snn {
namespace {

class Explainer {
public:
  Explainer(ir::ProgramOp program, ArrayRef<Finding> findings, const llvm::SourceMgr &sources);
  Explanation run();

private:
  void addBodies();
  void addPopulations();
  void addProjections();
  ExplainedBody describe(ir::BodyOp body);
  void addFindings(ir::BodyOp body, ExplainedBody &described);
  void addSynapses(ir::RouteOp route, ExplainedProjection &projection);
  SourcePlace placeOf(Location where) const;
  double valueOf(StringRef setting) const { return settings.lookup(setting); }
  uint32_t bytesOf(ir::FieldOp field) const { return field.getType().isF64() ? realBytes : field.getType().getIntOrFloatBitWidth() / 8; }

  ir::ProgramOp program;
  ArrayRef<Finding> findings;
  const llvm::SourceMgr &sources;
  SymbolTable symbols;
  llvm::StringMap<double> settings;
  uint32_t realBytes;
  Explanation explanation;
};

} // namespace

Explainer::Explainer(ir::ProgramOp program, ArrayRef<Finding> findings, const llvm::SourceMgr &sources)
    : program(program), findings(findings), sources(sources), symbols(program),
      realBytes(program.getPrecision() == ir::Precision::F32 ? 4 : 8) {
  for (auto setting : program.getBody().getOps<ir::SettingOp>())
    settings[setting.getSymName()] = setting.getValue().convertToDouble();
}

Explanation Explainer::run() {
  explanation.network = program.getSymName().str();
  explanation.precision = stringifyPrecision(program.getPrecision()).str();
  explanation.dt = valueOf("dt");
  explanation.duration = valueOf("duration");
  addPopulations();
  addProjections();
  addBodies();
  return std::move(explanation);
}

SourcePlace Explainer::placeOf(Location where) const {
  auto range = where->findInstanceOf<FileLineColRange>();
  if (!range)
    return {};
  SourcePlace place{(llvm::sys::path::filename(range.getFilename().strref()) + ":" + Twine(range.getStartLine())).str(), ""};
  for (unsigned buffer = 1; buffer <= sources.getNumBuffers(); ++buffer) {
    if (sources.getMemoryBuffer(buffer)->getBufferIdentifier() != range.getFilename().strref())
      continue;
    // FindLocForLineAndColumn only looks, but is not declared so.
    auto &mutableSources = const_cast<llvm::SourceMgr &>(sources);
    llvm::SMLoc begin = mutableSources.FindLocForLineAndColumn(buffer, range.getStartLine(), range.getStartColumn());
    llvm::SMLoc end = mutableSources.FindLocForLineAndColumn(buffer, range.getEndLine(), range.getEndColumn());
    if (begin.isValid() && end.isValid())
      place.text = StringRef(begin.getPointer(), end.getPointer() - begin.getPointer()).take_until([](char c) { return c == '\n'; });
    break;
  }
  return place;
}

//===-- Populations and projections -------------------------------------------------------------------------------------===//

void Explainer::addPopulations() {
  for (auto instance : program.getBody().getOps<ir::InstanceOp>()) {
    auto body = symbols.lookup<ir::BodyOp>(instance.getOf());
    ExplainedPopulation population;
    population.name = instance.getSymName().str();
    population.model = body.getModel().str();
    population.size = static_cast<uint64_t>(valueOf(instance.getSize()));
    population.isAnonymous = instance.getAnonymous();
    for (auto field : body.getBody().getOps<ir::FieldOp>())
      population.bytes += bytesOf(field) * population.size;
    explanation.populations.push_back(std::move(population));
  }
}

/// The expected number of synapses of a rule between so many neurons.
static std::optional<double> expectedSynapses(ir::Rule rule, double number, double sources, double targets, bool excludesOne) {
  double pairs = sources * (excludesOne ? targets - 1 : targets);
  switch (rule) {
  case ir::Rule::OneToOne: return std::min(sources, targets);
  case ir::Rule::AllToAll: return pairs;
  case ir::Rule::Bernoulli: return number * pairs;
  case ir::Rule::FixedIndegree: return number * targets;
  case ir::Rule::FixedOutdegree: return number * sources;
  case ir::Rule::FixedTotal: return number;
  case ir::Rule::Pairs: return std::nullopt;
  case ir::Rule::PairBernoulli: return std::nullopt;
  }
  llvm_unreachable("covered switch");
}

/// How many there are and what they take: a 16-bit target each, an amount unless it is the same for all, the fields that are
/// theirs, and the beginning of each source's row.
void Explainer::addSynapses(ir::RouteOp route, ExplainedProjection &projection) {
  double sources = valueOf(route.getSourceEnd()) - valueOf(route.getSourceBegin());
  double targets = valueOf(route.getTargetEnd()) - valueOf(route.getTargetBegin());
  double number = route.getNumber() ? valueOf(*route.getNumber()) : 0;
  bool excludesOne = !route.getAutapses() && route.getSource() == route.getTarget();
  bool isReversed = route.getMirrors() && *route.getMirrors() != route.getSymName(); // the rule is that of the other projection
  const bool differs = route.getRule() == ir::Rule::PairBernoulli;
  projection.rule = differs ? "bernoulli of every pair" : stringifyRule(route.getRule()).str();
  projection.synapses = expectedSynapses(route.getRule(), number, isReversed ? targets : sources, isReversed ? sources : targets, excludesOne);
  auto connector = symbols.lookup<ir::ConnectorOp>(route.getConnector());
  if (route.getProcedural()) {
    projection.rule += ", drawn again for every spike";
    return;
  }
  projection.bytesPerSynapse = 2 + (connector.getAmountStored() ? realBytes : 0);
  double bytesOfSources = 0;
  for (auto own : program.getBody().getOps<ir::SynapsesOp>()) {
    if (own.getRoute() != route.getSymName())
      continue;
    projection.advancesSynapses = !own.getTargetStates();
    uint32_t bytes = 0;
    for (auto field : symbols.lookup<ir::BodyOp>(own.getOf()).getBody().getOps<ir::FieldOp>())
      bytes += bytesOf(field);
    if (own.getAlignment() == ir::Alignment::Connection)
      projection.bytesPerSynapse += bytes;
    else
      bytesOfSources = bytes * sources;
  }
  double blocks = std::ceil(targets / 65536);
  if (projection.synapses)
    projection.bytes = *projection.synapses * projection.bytesPerSynapse + bytesOfSources + blocks * (sources + 1) * 8;
}

void Explainer::addProjections() {
  for (const Finding &finding : findings) {
    if (finding.kind != "alignment")
      continue;
    ExplainedProjection projection;
    projection.name = finding.get("projection").str();
    projection.alignment = finding.get("alignment").str();
    projection.why = finding.get("why").str();
    projection.mergedInto = finding.get("merged into").str();
    projection.place = placeOf(finding.where);
    if (auto route = symbols.lookup<ir::RouteOp>(projection.name))
      addSynapses(route, projection);
    for (const Finding &other : findings)
      if (other.kind == "every step" && other.get("projection") == projection.name) {
        projection.advancesSynapses = true;
        projection.whyRulesAdvance = other.get("why").str();
      }
    explanation.projections.push_back(std::move(projection));
  }
}

//===-- Bodies ----------------------------------------------------------------------------------------------------------===//

static StringRef nameOf(ir::FieldKind kind) {
  switch (kind) {
  case ir::FieldKind::State: return "state";
  case ir::FieldKind::Parameter: return "parameter";
  case ir::FieldKind::Constant: return "constant";
  case ir::FieldKind::Hold: return "refractory counter";
  case ir::FieldKind::Arrivals: return "arrivals";
  case ir::FieldKind::Tap: return "recorded value";
  case ir::FieldKind::External: return "external input";
  case ir::FieldKind::History: return "history";
  case ir::FieldKind::Supplied: return "data over time";
  }
  llvm_unreachable("covered switch");
}

void Explainer::addFindings(ir::BodyOp body, ExplainedBody &described) {
  for (const Finding &finding : findings) {
    if (finding.get("body") != body.getSymName())
      continue;
    auto text = [&](StringRef name) { return finding.get(name).str(); };
    if (finding.kind == "method")
      described.equations.push_back({text("state"), placeOf(finding.where), text("method"), text("why"), text("update"),
                                     text("rate"), text("rest")});
    else if (finding.kind == "hoisted")
      described.hoisted.push_back({text("formula"), finding.get("per") == "element"});
    else if (finding.kind == "part")
      described.parts.push_back({text("prefix"), text("clause")});
  }
}

ExplainedBody Explainer::describe(ir::BodyOp body) {
  ExplainedBody described;
  described.model = body.getModel().str();
  for (auto field : body.getBody().getOps<ir::FieldOp>())
    described.buffers.push_back({field.getSymName().str(), nameOf(field.getKind()).str(), bytesOf(field)});
  for (auto instance : program.getBody().getOps<ir::InstanceOp>())
    if (instance.getOf() == body.getSymName())
      described.owners.push_back(instance.getSymName().str());
  for (auto synapses : program.getBody().getOps<ir::SynapsesOp>())
    if (synapses.getOf() == body.getSymName())
      described.owners.push_back(synapses.getRoute().str());
  addFindings(body, described);
  return described;
}

void Explainer::addBodies() {
  auto timeLoop = *program.getBody().getOps<ir::TimeLoopOp>().begin();
  for (auto body : program.getBody().getOps<ir::BodyOp>()) {
    ExplainedBody described = describe(body);
    for (Operation &phase : timeLoop.getBody().front()) {
      auto of = phase.getAttrOfType<FlatSymbolRefAttr>("of");
      bool isAside = isa<ir::RespondOp, ir::EmitOp>(phase) || phase.hasAttr("aside");
      if (of && of.getValue() == body.getSymName() && phase.getNumRegions() && !isAside)
        described.step = costOf(phase.getRegion(0).front(), body, realBytes);
    }
    explanation.bodies.push_back(std::move(described));
  }
}

Explanation explain(ir::ProgramOp program, ArrayRef<Finding> findings, const llvm::SourceMgr &sources) {
  return Explainer(program, findings, sources).run();
}

} // namespace snn
