#include "Shrink.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <vector>

using namespace snn;

using Lines = std::vector<std::string>;
using Clock = std::chrono::steady_clock;

static Lines split(const std::string &text) {
  Lines lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);)
    lines.push_back(line);
  return lines;
}

static std::string join(const Lines &lines) {
  std::string text;
  for (const std::string &line : lines)
    text += line + "\n";
  return text;
}

/// The line behind the statement that begins at `begin`: a block ends where its braces are closed. `begin` itself if the line only closes
/// a block, which is no statement.
static size_t endOfStatement(const Lines &lines, size_t begin) {
  long depth = 0;
  for (size_t end = begin; end < lines.size(); ++end) {
    depth +=
        std::count(lines[end].begin(), lines[end].end(), '{') - std::count(lines[end].begin(), lines[end].end(), '}');
    if (depth <= 0)
      return depth < 0 ? begin : end + 1;
  }
  return lines.size();
}

std::string test::shrink(const std::string &text, const std::function<bool(const std::string &)> &fails,
                         std::chrono::seconds limit) {
  const Clock::time_point deadline = Clock::now() + limit;
  Lines lines = split(text);
  auto stillFails = [&](const Lines &smaller) {
    try {
      return fails(join(smaller));
    } catch (const std::runtime_error &) {
      return false;
    }
  };
  for (bool isSmaller = true; isSmaller;) {
    isSmaller = false;
    for (size_t begin = 0; begin < lines.size() && Clock::now() < deadline;) {
      const size_t end = endOfStatement(lines, begin);
      Lines smaller = lines;
      smaller.erase(smaller.begin() + begin, smaller.begin() + end);
      if (end > begin && stillFails(smaller)) {
        lines = smaller;
        isSmaller = true;
      } else
        ++begin;
    }
  }
  return join(lines);
}
