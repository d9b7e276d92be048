// The snn dialect: operations, enumerations, and the dialect class. Documentation: SnnOps.td.

#ifndef SNN_DIALECTS_SNN_SNNDIALECT_H
#define SNN_DIALECTS_SNN_SNNDIALECT_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "dialects/snn/SnnDialect.h.inc"
#include "dialects/snn/SnnEnums.h.inc"

#define GET_OP_CLASSES
#include "dialects/snn/SnnOps.h.inc"

#endif // SNN_DIALECTS_SNN_SNNDIALECT_H
