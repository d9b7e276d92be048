// The structs of runtime/include/snn/abi.h as LLVM types, and access to their members from generated code.

#ifndef SNN_COMPILER_TARGET_ABITYPES_H
#define SNN_COMPILER_TARGET_ABITYPES_H

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace snn::abi {

enum class Struct { Share, Spikes, Block, History, Rows, Profile, Worker, State };

/// Members in the order of abi.h; the unit test of this header compares offsets with the C structs.
namespace share { enum { Begin, Count, Padded }; }
namespace spikes { enum { Index, First }; }
namespace block {
enum { FirstTarget, Start, Target, Amount, Segment, Fields, IncomingStart, Incoming, IncomingSource, IncomingDelay, Targets };
}
namespace history { enum { Values, Stride }; }
namespace rows { enum { SourceBegin, SourceEnd, MinDelay, MaxDelay, BlockCount, Blocks }; }
namespace profile { enum { Arrive, Events, Integrate, Spike, Record, Wait }; }
namespace worker { enum { Index, Shares, Fields, Spikes, Rows, NextRecord, Events, FailedStep, FailedPopulation, Profile, NextSupply }; }
namespace state {
enum { Model, Settings, Uniforms, Amounts, Delays, Dt, Seed, ChunkFirst, History, Epoch, Workers, WorkerList, Runtime,
       Barrier, Record, Propagator, Draw, Data, Fail, Remembered, Histories, Regenerate, Supply };
}

mlir::LLVM::LLVMStructType typeOf(mlir::MLIRContext *context, Struct which);

/// Address of a member; `index` picks an element where `base` is an array of structs.
mlir::Value memberAddress(mlir::ImplicitLocOpBuilder &b, mlir::Value base, Struct which, unsigned member, mlir::Value index = {});
mlir::Value loadMember(mlir::ImplicitLocOpBuilder &b, mlir::Value base, Struct which, unsigned member, mlir::Value index = {});

/// array[index] of the given element type; the index is an integer value.
mlir::Value elementAddress(mlir::ImplicitLocOpBuilder &b, mlir::Value array, mlir::Value index, mlir::Type element);
mlir::Value loadElement(mlir::ImplicitLocOpBuilder &b, mlir::Value array, mlir::Value index, mlir::Type element);
mlir::Value loadElement(mlir::ImplicitLocOpBuilder &b, mlir::Value array, int32_t index, mlir::Type element);

} // namespace snn::abi

#endif // SNN_COMPILER_TARGET_ABITYPES_H
