#include "IndexSampler.h"

namespace snn::runtime {

void IndexSampler::withRepetition(WordSequence &words, uint32_t n, uint64_t count, std::vector<uint32_t> &indices) {
  indices.resize(count);
  for (uint32_t &index : indices)
    index = words.below(n);
}

bool IndexSampler::insert(uint32_t index) {
  uint64_t bit = uint64_t(1) << (index & 63);
  bool isNew = !(taken[index >> 6] & bit);
  taken[index >> 6] |= bit;
  return isNew;
}

void IndexSampler::withoutRepetition(WordSequence &words, uint32_t n, uint64_t count, std::vector<uint32_t> &indices) {
  if (taken.size() < (uint64_t(n) + 63) / 64)
    taken.resize((uint64_t(n) + 63) / 64);
  indices.clear();
  bool complement = count > n / 2;
  uint64_t wanted = complement ? n - count : count;
  while (indices.size() < wanted)
    if (uint32_t index = words.below(n); insert(index))
      indices.push_back(index);

  if (!complement) {
    for (uint32_t index : indices)
      taken[index >> 6] = 0;
    return;
  }
  indices.clear();
  for (uint32_t index = 0; index < n; ++index)
    if (!(taken[index >> 6] >> (index & 63) & 1))
      indices.push_back(index);
  taken.assign(taken.size(), 0);
}

} // namespace snn::runtime
