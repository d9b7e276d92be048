// The model library on the terminal, and for programs.

#ifndef SNN_COMPILER_TOOLS_SNNC_LIBRARYTEXT_H
#define SNN_COMPILER_TOOLS_SNNC_LIBRARYTEXT_H

#include "frontend/Catalogue.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/raw_ostream.h"

namespace snn::tool {

/// One line for each model, by kind.
void printList(llvm::ArrayRef<CatalogueModel> models, llvm::raw_ostream &output);

/// Everything about one model.
void printModel(const CatalogueModel &model, llvm::raw_ostream &output);

/// The same as an array of JSON objects.
void printJson(llvm::ArrayRef<CatalogueModel> models, llvm::raw_ostream &output);

} // namespace snn::tool

#endif // SNN_COMPILER_TOOLS_SNNC_LIBRARYTEXT_H
