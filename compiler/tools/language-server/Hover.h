// What an editor shows of a name: its declaration, what it means, and where it comes from.

#ifndef SNN_COMPILER_TOOLS_LANGUAGESERVER_HOVER_H
#define SNN_COMPILER_TOOLS_LANGUAGESERVER_HOVER_H

#include "compiler/tools/language-server/Symbols.h"

#include <string>

namespace snn::editor {

/// In Markdown. The whole text of a model, with its equations; one line of anything else; the documentation of either.
std::string hoverText(const Symbol &symbol);

/// The declaration on one line, without what is between its braces: "population N = LIFRef[4000]".
std::string signatureOf(const Symbol &symbol);

} // namespace snn::editor

#endif // SNN_COMPILER_TOOLS_LANGUAGESERVER_HOVER_H
