// Artefact 3 -> 4 of the pipe: binds names, checks dimensions, makes values canonical.

#ifndef SNN_FRONTEND_CHECK_H
#define SNN_FRONTEND_CHECK_H

#include "frontend/AST.h"
#include "frontend/Diagnostics.h"
#include "frontend/Model.h"

#include <memory>

namespace snn {

class Library;

/// The model that `file` describes, or null if there are errors, of this phase or an earlier one. The checker goes on
/// after an error and stays silent about what depends on it. Library models are taken from `library` by name.
std::unique_ptr<model::Model> check(const ast::File &file, Library &library, Diagnostics &diagnostics);

} // namespace snn

#endif // SNN_FRONTEND_CHECK_H
