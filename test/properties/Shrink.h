// Makes a program that lacks a property smaller, by leaving out statements.

#ifndef SNN_TEST_PROPERTIES_SHRINK_H
#define SNN_TEST_PROPERTIES_SHRINK_H

#include <chrono>
#include <functional>
#include <string>

namespace snn::test {

/// The text without lines, and blocks of lines, that are not needed for `fails` to be true. `fails` may throw
/// `std::runtime_error` for a text that is no program. Ends with what it has when the time is up.
std::string shrink(const std::string &text, const std::function<bool(const std::string &)> &fails,
                   std::chrono::seconds limit = std::chrono::seconds(40));

} // namespace snn::test

#endif // SNN_TEST_PROPERTIES_SHRINK_H
