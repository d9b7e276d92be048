#include "dialects/snn/SnnDialect.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/IR/OpImplementation.h"

#include "dialects/snn/SnnDialect.cpp.inc"
#include "dialects/snn/SnnEnums.cpp.inc"

#define GET_OP_CLASSES
#include "dialects/snn/SnnOps.cpp.inc"

void snn::ir::SnnDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "dialects/snn/SnnOps.cpp.inc"
      >();
}
