#include "snn/recorder/SinkChain.h"

#include <gtest/gtest.h>

#include <string>

using namespace snn::recorder;

namespace {

/// Notes its calls in a log shared with others.
struct Listener {
  std::string *log;
  std::string name;
  int answer = 0;

  snn_sink sink() {
    snn_sink sink{};
    sink.user = this;
    sink.spikes = [](void *user, uint32_t record, uint64_t n, const uint64_t *, const uint32_t *) {
      auto &self = *static_cast<Listener *>(user);
      *self.log += self.name + " spikes " + std::to_string(record) + " " + std::to_string(n) + "; ";
      return self.answer;
    };
    sink.progress = [](void *user, uint64_t done, uint64_t total) {
      auto &self = *static_cast<Listener *>(user);
      *self.log += self.name + " progress " + std::to_string(done) + "/" + std::to_string(total) + "; ";
      return self.answer;
    };
    return sink;
  }
};

} // namespace

TEST(SinkChain, HandsOnInOrder) {
  std::string log;
  Listener first{&log, "first"}, second{&log, "second"};
  SinkChain chain;
  chain.add(first.sink());
  chain.add(second.sink());
  snn_sink sink = chain.sink();
  EXPECT_EQ(sink.spikes(sink.user, 3, 2, nullptr, nullptr), 0);
  EXPECT_EQ(sink.progress(sink.user, 5, 9), 0);
  EXPECT_EQ(log, "first spikes 3 2; second spikes 3 2; first progress 5/9; second progress 5/9; ");
}

TEST(SinkChain, AllHearWhatOneStopsAt) {
  std::string log;
  Listener first{&log, "first", 1}, second{&log, "second"};
  SinkChain chain;
  chain.add(first.sink());
  chain.add(second.sink());
  snn_sink sink = chain.sink();
  EXPECT_NE(sink.progress(sink.user, 5, 9), 0);
  EXPECT_EQ(log, "first progress 5/9; second progress 5/9; ");
}

TEST(SinkChain, AsksOnlyForWhatAMemberWants) {
  std::string log;
  Listener listener{&log, "listener"};
  SinkChain chain;
  chain.add(listener.sink());
  snn_sink sink = chain.sink();
  EXPECT_TRUE(sink.spikes);
  EXPECT_TRUE(sink.progress);
  EXPECT_FALSE(sink.samples);
  EXPECT_FALSE(sink.all_spikes);
}
