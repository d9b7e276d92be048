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

llvm::StringSet<> keptSettings(ir::ProgramOp program) {
  llvm::StringSet<> kept;
  auto keep = [&](Attribute setting) { kept.insert(cast<FlatSymbolRefAttr>(setting).getValue()); };
  auto keepArguments = [&](Region &region, ArrayAttr arguments) {
    region.walk([&](ir::ArgumentOp argument) { keep(arguments[argument.getIndex()]); });
  };
  SymbolTable symbols(program);
  kept.insert("dt");
  kept.insert("duration");
  program.getBody().walk([&](Operation *op) {
    // Sizes, borders, numbers and times are named one by one; bodies and connectors take theirs as a list.
    if (isa<ir::InstanceOp, ir::RouteOp, ir::RangeOp, ir::ProbeOp>(op))
      for (NamedAttribute attribute : op->getAttrs())
        if (auto name = dyn_cast<FlatSymbolRefAttr>(attribute.getValue()); name && symbols.lookup<ir::SettingOp>(name.getValue()))
          keep(name);
    if (auto route = dyn_cast<ir::RouteOp>(op)) {
      auto connector = symbols.lookup<ir::ConnectorOp>(route.getConnector());
      if (connector.getAmountStored())
        keepArguments(connector.getAmount(), route.getArguments());
      keepArguments(connector.getDelay(), route.getArguments());
    } else if (isa<ir::InstanceOp, ir::SynapsesOp>(op)) {
      auto body = symbols.lookup<ir::BodyOp>(cast<FlatSymbolRefAttr>(op->getAttr("of")).getValue());
      auto arguments = op->getAttrOfType<ArrayAttr>("arguments");
      KeptArguments of(body);
      for (unsigned index : of.kept.set_bits())
        keep(arguments[index]);
    }
  });
  return kept;
}

} // namespace snn
