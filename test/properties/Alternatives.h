// Text with places that may be written in two ways, such as a network and the same network with contacts that are not stored.
//
// A place is `<<NAME|plain|other>>`, and all places of a name are written in the same way.

#ifndef SNN_TEST_PROPERTIES_ALTERNATIVES_H
#define SNN_TEST_PROPERTIES_ALTERNATIVES_H

#include <string>

namespace snn::test {

std::string alternative(const std::string &name, const std::string &plain, const std::string &other);

/// True if the text has a place called `name`.
bool hasAlternative(const std::string &text, const std::string &name);

/// The text with the other way at the places called `name`, and the plain one everywhere else.
std::string written(const std::string &text, const std::string &name = "");

} // namespace snn::test

#endif // SNN_TEST_PROPERTIES_ALTERNATIVES_H
