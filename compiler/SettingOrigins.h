// Which numbers of a model are the defaults of a program's settings.

#ifndef SNN_COMPILER_SETTINGORIGINS_H
#define SNN_COMPILER_SETTINGORIGINS_H

#include "dialects/snn/SnnDialect.h"
#include "frontend/Structure.h"

namespace snn {

/// For every setting of the program, in the order of its table: where in `structure.values()` its default is, or SNN_NONE for
/// a number that is part of the structure. The program comes from `experiment`, the structure is that of `experiment`.
///
/// Import leaves the address of the `Expr` in the location of a number, and instantiation hands it to the setting.
std::vector<uint32_t> originsOfSettings(ir::ProgramOp program, const model::Experiment &experiment,
                                        const model::Structure &structure);

} // namespace snn

#endif // SNN_COMPILER_SETTINGORIGINS_H
