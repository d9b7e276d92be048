#include "DataFiles.h"
#include "EdgeList.h"
#include "Failure.h"
#include "NpyFile.h"
#include "NpyWriter.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

using namespace snn::runtime;
using snn::test::writeNpy;

/// The sentence of the failure that `call` ends in; empty if it does not fail.
template <typename Call> static std::string failureOf(Call call) {
  try {
    call();
  } catch (const Failure &failure) {
    EXPECT_EQ(failure.status, SNN_BAD_FILE);
    return failure.what();
  }
  return "";
}

static void expectMentions(const std::string &message, const std::string &part) {
  EXPECT_NE(message.find(part), std::string::npos) << "\"" << message << "\" does not mention \"" << part << "\"";
}

TEST(NpyFile, ReadsEveryTypeAndVersion) {
  auto check = [](const NpyFile &file) {
    ASSERT_EQ(file.shape(), (std::vector<uint64_t>{3}));
    EXPECT_EQ(file.number(0), 1);
    EXPECT_EQ(file.number(2), 100);
  };
  int version = 1;
  auto write = [&](const char *type, auto one) {
    using T = decltype(one);
    check(NpyFile(writeNpy("types", {type, "(3,)", 1 + version++ % 3}, std::vector<T>{1, 2, 100})));
  };
  write("|i1", int8_t());
  write("|u1", uint8_t());
  write("<i2", int16_t());
  write("<u2", uint16_t());
  write("<i4", int32_t());
  write("<u4", uint32_t());
  write("<i8", int64_t());
  write("<u8", uint64_t());
  write("<f4", float());
  write("<f8", double());
}

TEST(NpyFile, KeepsSignsAndFractions) {
  EXPECT_EQ(NpyFile(writeNpy("signs", {"<i4", "(1,)"}, std::vector<int32_t>{-7})).whole(0), -7);
  EXPECT_EQ(NpyFile(writeNpy("signs", {"<f8", "(1,)"}, std::vector<double>{-0.125})).number(0), -0.125);
  EXPECT_EQ(NpyFile(writeNpy("signs", {"<u8", "(1,)"}, std::vector<uint64_t>{UINT64_MAX})).whole(0), INT64_MAX);
}

TEST(NpyFile, SaysWhatIsWrong) {
  std::vector<int32_t> two{1, 2};
  auto open = [](const std::string &path) { return failureOf([&] { NpyFile file(path); }); };
  expectMentions(open("/no/such/file.npy"), "No such file");
  expectMentions(open(writeNpy("big", {">i4", "(2,)"}, two)), "`>i4`");
  expectMentions(open(writeNpy("complex", {"<c8", "(1,)"}, two)), "`<c8`");
  expectMentions(open(writeNpy("short", {"<i4", "(3,)"}, two)), "promises 3 elements");
  expectMentions(open(writeNpy("fortran", {"<i4", "(1, 2)", 1, true}, two)), "Fortran order");
  expectMentions(open(writeNpy("version", {"<i4", "(2,)", 9}, two)), "version 9");
  expectMentions(open(writeNpy("huge", {"<i4", "(4294967296, 4294967296)"}, two)), "64 bits");
  expectMentions(open(writeNpy("huger", {"<i4", "(18446744073709551617,)"}, two)), "64 bits");
  std::string path = writeNpy("magic", {"<i4", "(2,)"}, two);
  std::ofstream(path) << "no numbers here, only text";
  expectMentions(open(path), "magic");
  std::filesystem::resize_file(path, 0);
  expectMentions(open(path), "empty");
}

TEST(DataFiles, ResolvesRelativePathsAndUnits) {
  std::string path = writeNpy("data", {"<f4", "(2, 2)"}, std::vector<float>{1, 2, INFINITY, 4.5});
  DataFiles files;
  files.setFolder(std::filesystem::path(path).parent_path());
  const LoadedArray &plain = files.find("data.npy\n\n\n");
  EXPECT_EQ(plain.number(3), 4.5);
  EXPECT_EQ(&files.find("data.npy\n\n\n"), &plain);
  EXPECT_EQ(files.find("data.npy\n\nV\n").number(3), 4500); // mV
  EXPECT_EQ(files.find("data.npy\n\n\n2 2 ").shape, (std::vector<uint64_t>{2, 2}));
  expectMentions(failureOf([&] { (void)plain.number(2); }), "number 2 (from 0) of");
}

namespace {
struct Edges {
  explicit Edges(const std::string &path) : file(path) {
    declared.name = "A -> B";
    declared.multapses = true;
    planned.declared = &declared;
    planned.source = {5, 15};
    planned.target = {0, 20};
  }
  std::string message() {
    return failureOf([&] { EdgeList list(file, planned); });
  }
  snn_projection declared{};
  PlannedProjection planned{};
  NpyFile file;
};
} // namespace

TEST(EdgeList, NamesTheRowOfABadIndex) {
  expectMentions(Edges(writeNpy("source", {"<i4", "(2, 2)"}, std::vector<int32_t>{9, 19, 10, 0})).message(),
                 "row 1 of");
  expectMentions(Edges(writeNpy("target", {"<i4", "(2, 2)"}, std::vector<int32_t>{9, 19, 0, 20})).message(),
                 "target 20; there are 20");
  expectMentions(Edges(writeNpy("minus", {"<i4", "(1, 2)"}, std::vector<int32_t>{-1, 0})).message(), "source -1");
}

TEST(EdgeList, WantsPairsOfIntegers) {
  expectMentions(Edges(writeNpy("float", {"<f8", "(1, 2)"}, std::vector<double>{1, 2})).message(), "floating-point");
  expectMentions(Edges(writeNpy("flat", {"<i4", "(2,)"}, std::vector<int32_t>{1, 2})).message(), "(n, 2)");
  expectMentions(Edges(writeNpy("three", {"<i4", "(1, 3)"}, std::vector<int32_t>{1, 2, 3})).message(), "(n, 2)");
}

TEST(EdgeList, MayBeEmpty) {
  Edges edges(writeNpy("empty", {"<i8", "(0, 2)"}, std::vector<int64_t>{}));
  EXPECT_EQ(EdgeList(edges.file, edges.planned).count(), 0u);
}

TEST(EdgeList, LeavesOutLaterRepetitionsAndAutapses) {
  Edges edges(writeNpy("repeated", {"<i8", "(5, 2)"}, std::vector<int64_t>{1, 2, 0, 5, 1, 2, 3, 3, 1, 2}));
  edges.declared.multapses = false;
  edges.planned.excludesSelf = true; // source 0 is neuron 5
  EdgeList list(edges.file, edges.planned);
  EXPECT_EQ(list.wantedCount(), 2u);
  EXPECT_TRUE(list.isWanted(0));
  EXPECT_FALSE(list.isWanted(1));
  EXPECT_FALSE(list.isWanted(2));
  EXPECT_TRUE(list.isWanted(3));
  EXPECT_FALSE(list.isWanted(4));
}
