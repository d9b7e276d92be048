// What tells instances of a body, or of a connector, apart: numbers in tables that their common code is given.

#include "compiler/Import/Stream.h"
#include "compiler/Target/ProgramLowering.h"

#include "snn/abi.h"

using namespace mlir;

namespace snn {

TableIndices::TableIndices(ir::ProgramOp program) {
  auto count = [&](ir::BodyOp body, auto kind) {
    uint32_t n = 0;
    for (auto op : body.getBody().getOps<decltype(kind)>())
      (void)op, ++n;
    return n;
  };
  SymbolTable symbols(program);
  for (Operation &op : program.getBody().front()) {
    if (auto setting = dyn_cast<ir::SettingOp>(op)) {
      uint32_t next = settings.size();
      settings[setting.getSymName()] = next;
    } else if (auto route = dyn_cast<ir::RouteOp>(op)) {
      uint32_t next = routes.size();
      routes[route.getSymName()] = next;
    } else if (auto instance = dyn_cast<ir::InstanceOp>(op)) {
      uint32_t next = populations.size();
      populations[instance.getSymName()] = next;
      auto body = symbols.lookup<ir::BodyOp>(instance.getOf());
      firstFields[instance.getSymName()] = fields;
      firstUniforms[instance.getSymName()] = uniforms;
      fields += count(body, ir::FieldOp());
      uniforms += count(body, ir::UniformOp());
    } else if (auto synapses = dyn_cast<ir::SynapsesOp>(op)) {
      firstUniforms[synapses.getRoute()] = uniforms;
      uniforms += count(symbols.lookup<ir::BodyOp>(synapses.getOf()), ir::UniformOp());
    }
  }
}

ProgramLowering::InstanceTable ProgramLowering::addTable(StringRef name, const std::vector<std::vector<uint32_t>> &rows) {
  std::vector<uint32_t> flat;
  for (const auto &row : rows)
    flat.insert(flat.end(), row.begin(), row.end());
  OpBuilder b = OpBuilder::atBlockEnd(module.getBody());
  auto values = DenseElementsAttr::get(RankedTensorType::get({static_cast<int64_t>(flat.size())}, i32), ArrayRef<uint32_t>(flat));
  auto type = LLVM::LLVMArrayType::get(i32, flat.size());
  LLVM::GlobalOp::create(b, program.getLoc(), type, /*isConstant=*/true, LLVM::Linkage::Internal, name, values);
  return {name.str(), static_cast<uint32_t>(rows.size()), static_cast<uint32_t>(rows.front().size())};
}

ProgramLowering::InstanceTable ProgramLowering::bodyTable(ir::BodyOp body) {
  std::vector<std::vector<uint32_t>> rows;
  for (auto instance : program.getBody().getOps<ir::InstanceOp>()) {
    if (instance.getOf() != body.getSymName())
      continue;
    StringRef name = instance.getSymName();
    rows.push_back({indices.population(name), indices.firstField(name), indices.firstUniform(name), streamOf(name)});
    for (Attribute argument : instance.getArguments())
      rows.back().push_back(indices.setting(cast<FlatSymbolRefAttr>(argument).getValue()));
    rows.back().push_back(indices.setting(instance.getSize()));
  }
  return addTable((body.getSymName() + ".instances").str(), rows);
}

/// Does every source reach every target once, by one weight for all?
static bool joinsEveryPair(ir::RouteOp route, const SymbolTable &symbols) {
  bool leavesOut = route.getMirrors() || (!route.getAutapses() && route.getSource() == route.getTarget());
  return route.getRule() == ir::Rule::AllToAll && !leavesOut && !symbols.lookup<ir::ConnectorOp>(route.getConnector()).getAmountStored();
}

ProgramLowering::InstanceTable ProgramLowering::synapseTable(ir::BodyOp body) {
  SymbolTable symbols(program);
  std::vector<std::vector<uint32_t>> rows;
  for (auto synapses : program.getBody().getOps<ir::SynapsesOp>()) {
    if (synapses.getOf() != body.getSymName())
      continue;
    auto route = symbols.lookup<ir::RouteOp>(synapses.getRoute());
    auto target = symbols.lookup<ir::InstanceOp>(route.getTarget());
    auto fieldOfTarget = [&](StringRef name) {
      return *cast<ir::FieldOp>(SymbolTable::lookupSymbolIn(symbols.lookup(target.getOf()), name)).getIndex();
    };
    StringRef name = route.getSymName();
    rows.push_back({indices.route(name), indices.firstField(route.getTarget()) + fieldOfTarget(route.getField()), indices.firstUniform(name),
                    streamOf(name)});
    for (Attribute argument : synapses.getArguments())
      rows.back().push_back(indices.setting(cast<FlatSymbolRefAttr>(argument).getValue()));
    auto slope = route.getSlope();
    rows.back().push_back(slope ? indices.firstField(route.getTarget()) + fieldOfTarget(*slope) : SNN_NONE);
    rows.back().push_back(joinsEveryPair(route, symbols));
    for (NamedAttribute modulator : synapses.getModulators().value_or(DictionaryAttr::get(context))) {
      auto who = cast<ArrayAttr>(modulator.getValue()).getAsRange<FlatSymbolRefAttr>();
      auto entry = who.begin();
      rows.back().push_back(indices.population((*entry).getValue()));
      for (int border = 0; border < 2; ++border)
        rows.back().push_back(indices.setting((*++entry).getValue()));
    }
    for (auto [end, name] : joinedFields[body.getSymName()]) {
      StringRef population = end == ir::End::Source ? route.getSource() : route.getTarget();
      if (end == ir::End::Modulator) { // its name stands in front
        auto who = cast<ArrayAttr>(synapses.getModulators()->get(name.split('.').first));
        population = cast<FlatSymbolRefAttr>(who[0]).getValue();
        name = name.split('.').second;
      }
      auto owner = symbols.lookup<ir::BodyOp>(symbols.lookup<ir::InstanceOp>(population).getOf());
      auto joined = cast<ir::FieldOp>(SymbolTable::lookupSymbolIn(owner, name));
      rows.back().push_back(indices.firstField(population) + *joined.getIndex());
    }
    for (uint32_t entry : {indices.population(route.getTarget()), indices.population(route.getSource()), indices.setting(target.getSize())})
      rows.back().push_back(entry);
  }
  return addTable((body.getSymName() + ".instances").str(), rows);
}

/// Projections are numbered from `first` on; if that is not 0, they are the only ones.
ProgramLowering::InstanceTable ProgramLowering::connectorTable(ir::ConnectorOp connector, uint32_t first) {
  std::vector<std::vector<uint32_t>> rows;
  for (auto route : program.getBody().getOps<ir::RouteOp>()) {
    if (route.getConnector() != connector.getSymName())
      continue;
    rows.push_back({first + indices.route(route.getSymName()), streamOf(route.getSource()), streamOf(route.getTarget()),
                    streamOf(route.getSymName())});
    for (Attribute argument : route.getArguments())
      rows.back().push_back(indices.setting(cast<FlatSymbolRefAttr>(argument).getValue()));
  }
  if (first > 0)
    return addTable((connector.getSymName() + ".per_weight.instances").str(), rows);
  SymbolTable symbols(program);
  // What else is computed for synapses is counted behind the projections: changes, then amounts per weight, then sums for targets.
  const uint32_t routes = llvm::range_size(program.getBody().getOps<ir::RouteOp>());
  uint32_t owner = routes;
  auto addRow = [&](auto op) {
    if (op.getConnector() == connector.getSymName()) {
      auto route = symbols.lookup<ir::RouteOp>(op.getRoute());
      rows.push_back({owner, streamOf(route.getSource()), streamOf(route.getTarget()), streamOf(route.getSymName())});
      for (Attribute argument : op.getArguments())
        rows.back().push_back(indices.setting(cast<FlatSymbolRefAttr>(argument).getValue()));
    }
    ++owner;
  };
  for (auto change : program.getBody().getOps<ir::ChangeOp>())
    addRow(change);
  owner += routes;
  for (auto total : program.getBody().getOps<ir::TotalOp>())
    addRow(total);
  return addTable((connector.getSymName() + ".instances").str(), rows);
}

} // namespace snn
