#include "compiler/tools/snnc/Identifier.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace snn::tool {

/// Keywords of C11 and C++17, and alternative operators, that a parameter might be called.
static bool isKeyword(llvm::StringRef name) {
  static constexpr const char *keywords[] = {
      "alignas",   "alignof",  "and",       "and_eq",    "asm",       "auto",        "bitand",       "bitor",
      "bool",      "break",    "case",      "catch",     "char",      "class",       "compl",        "const",
      "constexpr", "continue", "decltype",  "default",   "delete",    "do",          "double",       "else",
      "enum",      "explicit", "export",    "extern",    "false",     "float",       "for",          "friend",
      "goto",      "if",       "inline",    "int",       "long",      "mutable",     "namespace",    "new",
      "noexcept",  "not",      "not_eq",    "nullptr",   "operator",  "or",          "or_eq",        "private",
      "protected", "public",   "register",  "restrict",  "return",    "short",       "signed",       "sizeof",
      "static",    "struct",   "switch",    "template",  "this",      "throw",       "true",         "try",
      "typedef",   "typeid",   "typename",  "union",     "unsigned",  "using",       "virtual",      "void",
      "volatile",  "while",    "xor",       "xor_eq"};
  return llvm::is_contained(keywords, name);
}

std::string Identifiers::make(llvm::StringRef name) {
  std::string text;
  for (size_t i = 0; i < name.size(); ++i) {
    if (name.substr(i).starts_with("->"))
      text += "to";
    else if (llvm::isAlnum(name[i]) || name[i] == '_')
      text += name[i];
    else if (!text.empty() && text.back() != '_')
      text += '_';
  }
  while (text.size() > 1 && text.back() == '_' && !name.ends_with("_"))
    text.pop_back();
  if (isKeyword(text))
    text += '_';
  std::string unique = text;
  for (unsigned copy = 2; !taken.insert(unique).second; ++copy)
    unique = text + "_" + std::to_string(copy);
  return unique;
}

} // namespace snn::tool
