// Generated code finds the members of the structs of snn/abi.h where the C compiler of the runtime puts them.

#include "compiler/Target/AbiTypes.h"
#include "compiler/Target/Machine.h"

#include "snn/abi.h"

#include "mlir/Target/LLVMIR/TypeToLLVM.h"

#include "llvm/IR/DataLayout.h"
#include "llvm/IR/DerivedTypes.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/Target/TargetMachine.h"

#include <gtest/gtest.h>

#include <cstddef>

namespace snn::test {
namespace {

class Abi : public testing::Test {
protected:
  void SetUp() override {
    context.loadDialect<mlir::LLVM::LLVMDialect>();
    auto made = createMachine("x86-64-v3");
    ASSERT_TRUE(static_cast<bool>(made)) << llvm::toString(made.takeError());
    machine = std::move(*made);
  }

  /// Size of the struct, then the offset of each member.
  std::vector<uint64_t> layout(abi::Struct which) {
    llvm::LLVMContext llvmContext;
    mlir::LLVM::TypeToLLVMIRTranslator translator(llvmContext);
    auto *type = llvm::cast<llvm::StructType>(translator.translateType(abi::typeOf(&context, which)));
    const llvm::DataLayout data = machine->createDataLayout();
    const llvm::StructLayout *found = data.getStructLayout(type);
    std::vector<uint64_t> result = {found->getSizeInBytes()};
    for (unsigned member = 0; member < type->getNumElements(); ++member)
      result.push_back(found->getElementOffset(member));
    return result;
  }

  mlir::MLIRContext context{mlir::MLIRContext::Threading::DISABLED};
  std::unique_ptr<llvm::TargetMachine> machine;
};

} // namespace

#define OFFSETS_EQUAL(layout, type, member, index)                                                                     \
  EXPECT_EQ((layout).at(1 + (index)), offsetof(type, member)) << #member

TEST_F(Abi, Share) {
  auto l = layout(abi::Struct::Share);
  ASSERT_EQ(l.size(), 1 + 3u);
  EXPECT_EQ(l[0], sizeof(snn_share));
  OFFSETS_EQUAL(l, snn_share, begin, abi::share::Begin);
  OFFSETS_EQUAL(l, snn_share, count, abi::share::Count);
  OFFSETS_EQUAL(l, snn_share, padded, abi::share::Padded);
}

TEST_F(Abi, Spikes) {
  auto l = layout(abi::Struct::Spikes);
  ASSERT_EQ(l.size(), 1 + 2u);
  EXPECT_EQ(l[0], sizeof(snn_spikes));
  OFFSETS_EQUAL(l, snn_spikes, index, abi::spikes::Index);
  OFFSETS_EQUAL(l, snn_spikes, first, abi::spikes::First);
}

TEST_F(Abi, Block) {
  auto l = layout(abi::Struct::Block);
  ASSERT_EQ(l.size(), 1 + 11u);
  EXPECT_EQ(l[0], sizeof(snn_block));
  OFFSETS_EQUAL(l, snn_block, first_target, abi::block::FirstTarget);
  OFFSETS_EQUAL(l, snn_block, start, abi::block::Start);
  OFFSETS_EQUAL(l, snn_block, target, abi::block::Target);
  OFFSETS_EQUAL(l, snn_block, amount, abi::block::Amount);
  OFFSETS_EQUAL(l, snn_block, segment, abi::block::Segment);
  OFFSETS_EQUAL(l, snn_block, fields, abi::block::Fields);
  OFFSETS_EQUAL(l, snn_block, incoming_start, abi::block::IncomingStart);
  OFFSETS_EQUAL(l, snn_block, incoming, abi::block::Incoming);
  OFFSETS_EQUAL(l, snn_block, incoming_source, abi::block::IncomingSource);
  OFFSETS_EQUAL(l, snn_block, incoming_delay, abi::block::IncomingDelay);
  OFFSETS_EQUAL(l, snn_block, n_targets, abi::block::Targets);
}

TEST_F(Abi, History) {
  auto l = layout(abi::Struct::History);
  ASSERT_EQ(l.size(), 1 + 2u);
  EXPECT_EQ(l[0], sizeof(snn_history));
  OFFSETS_EQUAL(l, snn_history, values, abi::history::Values);
  OFFSETS_EQUAL(l, snn_history, stride, abi::history::Stride);
}

TEST_F(Abi, Rows) {
  auto l = layout(abi::Struct::Rows);
  ASSERT_EQ(l.size(), 1 + 6u);
  EXPECT_EQ(l[0], sizeof(snn_rows));
  OFFSETS_EQUAL(l, snn_rows, source_begin, abi::rows::SourceBegin);
  OFFSETS_EQUAL(l, snn_rows, source_end, abi::rows::SourceEnd);
  OFFSETS_EQUAL(l, snn_rows, min_delay, abi::rows::MinDelay);
  OFFSETS_EQUAL(l, snn_rows, max_delay, abi::rows::MaxDelay);
  OFFSETS_EQUAL(l, snn_rows, n_blocks, abi::rows::BlockCount);
  OFFSETS_EQUAL(l, snn_rows, blocks, abi::rows::Blocks);
}

TEST_F(Abi, Worker) {
  auto l = layout(abi::Struct::Worker);
  ASSERT_EQ(l.size(), 1 + 11u);
  EXPECT_EQ(l[0], sizeof(snn_worker));
  OFFSETS_EQUAL(l, snn_worker, index, abi::worker::Index);
  OFFSETS_EQUAL(l, snn_worker, shares, abi::worker::Shares);
  OFFSETS_EQUAL(l, snn_worker, fields, abi::worker::Fields);
  OFFSETS_EQUAL(l, snn_worker, spikes, abi::worker::Spikes);
  OFFSETS_EQUAL(l, snn_worker, rows, abi::worker::Rows);
  OFFSETS_EQUAL(l, snn_worker, next_record, abi::worker::NextRecord);
  OFFSETS_EQUAL(l, snn_worker, events, abi::worker::Events);
  OFFSETS_EQUAL(l, snn_worker, failed_step, abi::worker::FailedStep);
  OFFSETS_EQUAL(l, snn_worker, failed_population, abi::worker::FailedPopulation);
  OFFSETS_EQUAL(l, snn_worker, profile, abi::worker::Profile);
  OFFSETS_EQUAL(l, snn_worker, next_supply, abi::worker::NextSupply);
}

TEST_F(Abi, Profile) {
  auto l = layout(abi::Struct::Profile);
  ASSERT_EQ(l.size(), 1 + 6u);
  EXPECT_EQ(l[0], sizeof(snn_profile));
  OFFSETS_EQUAL(l, snn_profile, arrive, abi::profile::Arrive);
  OFFSETS_EQUAL(l, snn_profile, events, abi::profile::Events);
  OFFSETS_EQUAL(l, snn_profile, integrate, abi::profile::Integrate);
  OFFSETS_EQUAL(l, snn_profile, spike, abi::profile::Spike);
  OFFSETS_EQUAL(l, snn_profile, record, abi::profile::Record);
  OFFSETS_EQUAL(l, snn_profile, wait, abi::profile::Wait);
}

TEST_F(Abi, State) {
  auto l = layout(abi::Struct::State);
  ASSERT_EQ(l.size(), 1 + 23u);
  EXPECT_EQ(l[0], sizeof(snn_state));
  OFFSETS_EQUAL(l, snn_state, model, abi::state::Model);
  OFFSETS_EQUAL(l, snn_state, settings, abi::state::Settings);
  OFFSETS_EQUAL(l, snn_state, uniforms, abi::state::Uniforms);
  OFFSETS_EQUAL(l, snn_state, amounts, abi::state::Amounts);
  OFFSETS_EQUAL(l, snn_state, delays, abi::state::Delays);
  OFFSETS_EQUAL(l, snn_state, dt, abi::state::Dt);
  OFFSETS_EQUAL(l, snn_state, seed, abi::state::Seed);
  OFFSETS_EQUAL(l, snn_state, chunk_first, abi::state::ChunkFirst);
  OFFSETS_EQUAL(l, snn_state, history, abi::state::History);
  OFFSETS_EQUAL(l, snn_state, epoch, abi::state::Epoch);
  OFFSETS_EQUAL(l, snn_state, n_workers, abi::state::Workers);
  OFFSETS_EQUAL(l, snn_state, workers, abi::state::WorkerList);
  OFFSETS_EQUAL(l, snn_state, runtime, abi::state::Runtime);
  OFFSETS_EQUAL(l, snn_state, barrier, abi::state::Barrier);
  OFFSETS_EQUAL(l, snn_state, remembered, abi::state::Remembered);
  OFFSETS_EQUAL(l, snn_state, histories, abi::state::Histories);
  OFFSETS_EQUAL(l, snn_state, regenerate, abi::state::Regenerate);
  OFFSETS_EQUAL(l, snn_state, supply, abi::state::Supply);
  OFFSETS_EQUAL(l, snn_state, record, abi::state::Record);
  OFFSETS_EQUAL(l, snn_state, propagator, abi::state::Propagator);
  OFFSETS_EQUAL(l, snn_state, draw, abi::state::Draw);
  OFFSETS_EQUAL(l, snn_state, data, abi::state::Data);
  OFFSETS_EQUAL(l, snn_state, fail, abi::state::Fail);
}

} // namespace snn::test
