// The model library as its users see it: what there is, with documentation, as text.

#ifndef SNN_FRONTEND_CATALOGUE_H
#define SNN_FRONTEND_CATALOGUE_H

#include "frontend/Model.h"

#include <string>
#include <vector>

namespace snn {

/// A variable of a library model, everything as it is written there.
struct CatalogueVariable {
  model::VariableKind kind;
  std::string name;
  std::string dimension;     ///< "voltage", "mV/ms"; "any" where the projection decides, "w" for that of the weight
  std::string value;         ///< default, initial value or definition; empty: none
  std::string bounds;        ///< "> 0 ms and < 1 s"; empty: none
  std::string documentation; ///< empty: none
};

/// A library model.
struct CatalogueModel {
  std::string kind; ///< "neuron", "synapse", "output"
  std::string name;
  std::string file;          ///< "stdlib/neurons/lif.snn"
  std::string base;          ///< the model it is derived from by other defaults; empty: none
  std::string documentation; ///< lines as they are written
  std::string summary;       ///< the first sentence, without full stop and without the publications in brackets
  std::vector<std::string> dois;
  std::vector<CatalogueVariable> variables;
  std::vector<std::string> dynamics; ///< equations, spike, handlers, output as they are written
  std::string method;                ///< "rk4"; empty: the compiler chooses

  std::vector<CatalogueVariable> variablesOf(model::VariableKind kind) const;
};

/// Every model of the library, sorted by kind and then by name.
std::vector<CatalogueModel> readCatalogue();

/// The first sentence of a documentation, without what stands in brackets with a DOI, and without full stop.
std::string summaryOf(llvm::StringRef documentation);

/// The DOIs in a text, without `doi:`.
std::vector<std::string> doisIn(llvm::StringRef text);

} // namespace snn

#endif // SNN_FRONTEND_CATALOGUE_H
