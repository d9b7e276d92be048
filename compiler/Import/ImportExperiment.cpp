// Inputs, records, changes and ends of a run.

#include "compiler/Import/Importer.h"

using namespace mlir;

namespace snn {

/// "V of N[:5]": how a record is called in files and messages.
static std::string recordName(const model::Record &record) {
  using What = model::Record::What;
  std::string variable = record.what == What::Spikes           ? "spikes"
                         : record.what == What::Rate           ? "rate"
                         : record.what == What::SynapseCurrent ? "current"
                         : record.what == What::Weight         ? "w"
                                                               : record.variable->name;
  if (record.isMean)
    variable = "mean " + variable;
  if (record.firstSynapse || record.endSynapse) {
    std::string begin = record.firstSynapse ? std::to_string(record.firstSynapse) : "";
    std::string end = record.endSynapse ? std::to_string(*record.endSynapse) : "";
    return variable + " of " + record.projection->name + "[" + begin + ":" + end + "]";
  }
  if (record.projection)
    return variable + " of " + record.projection->name;
  const model::Group &group = record.group;
  std::string step = record.stride > 1 ? ":" + std::to_string(record.stride) : "";
  if (!group.name.empty())
    return variable + " of " + group.name + (step.empty() ? "" : "[:" + step + "]");
  std::string begin = group.begin ? std::to_string(group.begin) : "";
  return variable + " of " + group.population->name + "[" + begin + ":" + std::to_string(group.end) + step + "]";
}

void Importer::importRecord(const model::Record &record) {
  auto milliseconds = [&](const model::Expr *expr) { return expr ? builder.getF64FloatAttr(expr->number) : FloatAttr(); };
  bool isWeight = record.what == model::Record::What::Weight;
  bool isOfElements = isWeight || record.what == model::Record::What::SynapseState; // synapses, or whatever the state is kept for
  ir::RecordOp::create(builder, locate(record.range), string(recordName(record)), reference(record.group.population->name),
                       number(isOfElements ? record.firstSynapse : record.group.begin),
                       number(isOfElements ? record.endSynapse.value_or(UINT64_MAX) : record.group.end), number(record.stride),
                       record.variable ? reference(record.variable->name) : FlatSymbolRefAttr(),
                       record.projection ? reference(record.projection->name) : FlatSymbolRefAttr(),
                       flag(record.what == model::Record::What::SynapseCurrent), flag(record.what == model::Record::What::Rate),
                       flag(record.isMean), milliseconds(record.every), milliseconds(record.from), milliseconds(record.until),
                       FlatSymbolRefAttr(), flag(isWeight));
}

void Importer::importChange(const model::WeightChange &change) {
  auto op = ir::ReweighOp::create(builder, locate(change.range), reference(change.projection->name), real(change.time->number));
  expressions.enterDeclaration("change");
  fillExpression(op.getValue(), change.value);
  fillExpression(op.getCondition(), change.condition);
}

void Importer::importStop(const model::StopRule &stop) {
  using model::Op;
  std::string group = stop.group.name.empty() ? stop.group.population->name + "[" + std::to_string(stop.group.begin) + ":" +
                                                    std::to_string(stop.group.end) + "]"
                                              : stop.group.name;
  bool below = stop.relation == Op::Less || stop.relation == Op::LessEqual;
  bool inclusive = stop.relation == Op::LessEqual || stop.relation == Op::GreaterEqual;
  ir::StopOp::create(builder, locate(stop.range), string(group), reference(stop.group.population->name), number(stop.group.begin),
                     number(stop.group.end), real(stop.window->number), builder.getBoolAttr(below), builder.getBoolAttr(inclusive),
                     real(stop.limit->number));
}

void Importer::importSpikes(const model::SpikeTimes &spikes) {
  ir::GivenSpikesOp::create(builder, locate(spikes.range), reference(spikes.group.population->name), number(spikes.group.begin),
                            number(spikes.group.end), reference(spikes.input->name),
                            spikes.data ? string(spikes.data->path) : StringAttr(),
                            string(spikes.data ? spikes.data->dataSet : ""),
                            spikes.data ? DenseF64ArrayAttr() : builder.getDenseF64ArrayAttr(spikes.times));
}

void Importer::importExperiment(const model::Experiment &experiment) {
  auto op = ir::SimulateOp::create(builder, locate(experiment.range), experiment.network->name,
                                   llvm::APFloat(experiment.dt), llvm::APFloat(experiment.duration), experiment.seed,
                                   static_cast<ir::Precision>(experiment.precision), methodOf(experiment.integration.method),
                                   experiment.integration.steps, llvm::APFloat(experiment.integration.tolerance));
  fill(op.getBody(), [&] {
    for (const model::Drive &drive : experiment.drives) {
      const std::string &population = drive.group.population->name;
      expressions.enterDeclaration("drive." + drive.variable->name);
      auto driveOp = ir::DriveOp::create(builder, locate(drive.range), reference(population), number(drive.group.begin),
                                         number(drive.group.end), reference(drive.variable->name), flag(drive.adds),
                                         string(drive.unit.text), real(drive.unit.scale),
                                         drive.every ? builder.getF64FloatAttr(drive.every->number) : FloatAttr());
      fillExpression(driveOp.getExpression(), drive.value);
    }
    for (const model::Record &record : experiment.records)
      importRecord(record);
    for (const model::WeightChange &change : experiment.changes)
      importChange(change);
    for (const model::StopRule &stop : experiment.stops)
      importStop(stop);
    for (const model::SpikeTimes &spikes : experiment.spikes)
      importSpikes(spikes);
  });
}

} // namespace snn
