#include "compiler/Target/ProfilePhases.h"

#include "compiler/Target/ProgramLowering.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace snn {

Value readClock(ImplicitLocOpBuilder &b) {
  return LLVM::CallIntrinsicOp::create(b, b.getI64Type(), b.getStringAttr("llvm.readcyclecounter"), ValueRange())
      .getResults();
}

void addToCounter(ImplicitLocOpBuilder &b, Value address, Value amount) {
  Value sum = arith::AddIOp::create(b, LLVM::LoadOp::create(b, amount.getType(), address), amount);
  LLVM::StoreOp::create(b, sum, address);
}

Value ProgramLowering::counterAddress(ImplicitLocOpBuilder &b, Value worker, unsigned counter, Value owner) {
  Value counters = abi::loadMember(b, worker, abi::Struct::Worker, abi::worker::Profile);
  if (!owner)
    return abi::memberAddress(b, counters, abi::Struct::Profile, counter);
  return abi::elementAddress(b, abi::loadMember(b, counters, abi::Struct::Profile, counter), owner, i64);
}

void ProgramLowering::timed(ImplicitLocOpBuilder &b, Value worker, unsigned counter, Value owner, Content content) {
  if (!profile)
    return content(b);
  Value begin = readClock(b);
  content(b);
  Value spent = arith::SubIOp::create(b, readClock(b), begin);
  addToCounter(b, counterAddress(b, worker, counter, owner), spent);
}

void ProgramLowering::timedIntegration(ImplicitLocOpBuilder &b, Value worker, Value row, Content content) {
  if (!profile)
    return content(b);
  timed(b, worker, abi::profile::Integrate, abi::loadElement(b, row, Owner, i32), content);
}

void ProgramLowering::timedArrival(ImplicitLocOpBuilder &b, Value worker, Value row, Content content) {
  if (!profile)
    return content(b);
  Value projection = abi::loadElement(b, row, Owner, i32);
  Value before = abi::loadMember(b, worker, abi::Struct::Worker, abi::worker::Events);
  timed(b, worker, abi::profile::Arrive, projection, content);
  Value after = abi::loadMember(b, worker, abi::Struct::Worker, abi::worker::Events);
  addToCounter(b, counterAddress(b, worker, abi::profile::Events, projection), arith::SubIOp::create(b, after, before));
}

} // namespace snn
