// Blocks of statements.

#ifndef SNN_FRONTEND_FORMATBLOCK_H
#define SNN_FRONTEND_FORMATBLOCK_H

#include "frontend/FormatTree.h"
#include "frontend/FormatWrap.h"

namespace snn::layout {

/// The lines of a whole file; comments behind statements are not yet aligned. Consumes the tree.
std::vector<OutputLine> layOut(Block &file);

} // namespace snn::layout

#endif // SNN_FRONTEND_FORMATBLOCK_H
