#include "Alternatives.h"

using namespace snn;

std::string test::alternative(const std::string &name, const std::string &plain, const std::string &other) {
  return "<<" + name + "|" + plain + "|" + other + ">>";
}

bool test::hasAlternative(const std::string &text, const std::string &name) {
  return text.find("<<" + name + "|") != std::string::npos;
}

std::string test::written(const std::string &text, const std::string &name) {
  std::string result;
  size_t done = 0;
  for (size_t begin; (begin = text.find("<<", done)) != std::string::npos;) {
    const size_t plain = text.find('|', begin), other = text.find('|', plain + 1), end = text.find(">>", other);
    result += text.substr(done, begin - done);
    if (text.substr(begin + 2, plain - begin - 2) == name)
      result += text.substr(other + 1, end - other - 1);
    else
      result += text.substr(plain + 1, other - plain - 1);
    done = end + 2;
  }
  return result + text.substr(done);
}
