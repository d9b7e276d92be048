#include "compiler/Target/LiveSettings.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallBitVector.h"

using namespace mlir;

namespace snn {

namespace {

/// Follows the arguments of a body from `prepare` through `initialise` into the fields that are never computed again.
class KeptArguments {
public:
  explicit KeptArguments(ir::BodyOp body) : body(body) {
    for (Operation &op : body.getBody().front())
      if (isa<ir::PrepareOp, ir::InitialiseOp>(op))
        op.walk<WalkOrder::PreOrder>([&](Operation *inner) { follow(inner); });
  }

  llvm::SmallBitVector kept;

private:
  void follow(Operation *op);

  ir::BodyOp body;
  llvm::DenseMap<Value, llvm::SmallBitVector> ofValues;
  llvm::StringMap<llvm::SmallBitVector> ofSlots;
};

} // namespace

static void add(llvm::SmallBitVector &to, const llvm::SmallBitVector &more) {
  if (to.size() < more.size())
    to.resize(more.size());
  to |= more;
}

void KeptArguments::follow(Operation *op) {
  llvm::SmallBitVector arguments;
  for (Value operand : op->getOperands())
    add(arguments, ofValues.lookup(operand));
  if (auto argument = dyn_cast<ir::ArgumentOp>(op)) {
    arguments.resize(argument.getIndex() + 1);
    arguments.set(argument.getIndex());
  } else if (auto read = dyn_cast<ir::ReadOp>(op)) {
    add(arguments, ofSlots[read.getSlot()]);
  } else if (auto write = dyn_cast<ir::WriteOp>(op)) {
    add(ofSlots[write.getSlot()], arguments);
    auto field = dyn_cast<ir::FieldOp>(SymbolTable::lookupSymbolIn(body, write.getSlot()));
    if (field && (field.getKind() == ir::FieldKind::Parameter || field.getKind() == ir::FieldKind::Constant))
      add(kept, arguments);
  }
  for (Value result : op->getResults())
    ofValues[result] = arguments;
}

/// Adds the arguments that occur in `region`.
static void addArguments(llvm::StringSet<> &to, Region &region, ArrayAttr arguments) {
  region.walk([&](ir::ArgumentOp argument) {
    to.insert(cast<FlatSymbolRefAttr>(arguments[argument.getIndex()]).getValue());
  });
}

/// Adds the settings that an operation names one by one; what bodies and connectors take is a list.
static void addNamed(llvm::StringSet<> &to, Operation *op, SymbolTable &symbols) {
  for (NamedAttribute attribute : op->getAttrs())
    if (auto name = dyn_cast<FlatSymbolRefAttr>(attribute.getValue()); name && symbols.lookup<ir::SettingOp>(name.getValue()))
      to.insert(name.getValue());
}

llvm::StringSet<> connectingSettings(ir::ProgramOp program) {
  llvm::StringSet<> connecting;
  SymbolTable symbols(program);
  connecting.insert("dt"); // in which delays are counted
  program.getBody().walk([&](Operation *op) {
    if (isa<ir::InstanceOp, ir::RouteOp>(op))
      addNamed(connecting, op, symbols);
    if (auto total = dyn_cast<ir::TotalOp>(op))
      addArguments(connecting, symbols.lookup<ir::ConnectorOp>(total.getConnector()).getAmount(), total.getArguments());
    auto route = dyn_cast<ir::RouteOp>(op);
    if (!route)
      return;
    auto connector = symbols.lookup<ir::ConnectorOp>(route.getConnector());
    if (connector.getAmountStored())
      addArguments(connecting, connector.getAmount(), route.getArguments());
    addArguments(connecting, connector.getDelay(), route.getArguments());
    addArguments(connecting, connector.getProbability(), route.getArguments());
  });
  return connecting;
}

llvm::StringSet<> keptSettings(ir::ProgramOp program) {
  llvm::StringSet<> kept = connectingSettings(program);
  SymbolTable symbols(program);
  kept.insert("duration");
  program.getBody().walk([&](Operation *op) {
    if (isa<ir::RangeOp, ir::ProbeOp, ir::ChangeOp, ir::LimitOp, ir::SpikeTimesOp, ir::SupplyOp>(op))
      addNamed(kept, op, symbols);
    if (isa<ir::InstanceOp, ir::SynapsesOp>(op)) {
      auto body = symbols.lookup<ir::BodyOp>(cast<FlatSymbolRefAttr>(op->getAttr("of")).getValue());
      auto arguments = op->getAttrOfType<ArrayAttr>("arguments");
      KeptArguments of(body);
      for (unsigned index : of.kept.set_bits())
        kept.insert(cast<FlatSymbolRefAttr>(arguments[index]).getValue());
    }
  });
  return kept;
}

} // namespace snn
