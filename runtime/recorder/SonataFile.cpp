#include "SonataFile.h"

#include "RecordNames.h"

#include <algorithm>
#include <iterator>
#include <numeric>

namespace snn::recorder {

using hdf5::checked;
using hdf5::Handle;

/// Bytes of one stored chunk of samples; a chunk is written again whenever rows were added to it.
static constexpr uint64_t chunkBytes = 65536;
/// What has been gathered is written at this size even before it is saved.
static constexpr uint64_t gatheredBytesAtMost = 512 << 10; // stays in a core's cache

static void writeOutcome(hid_t file, std::string_view status, std::string_view why) {
  hdf5::setAttribute(file, "status", status);
  hdf5::setAttribute(file, "message", why);
}

SonataFile::SonataFile(const std::string &path, unsigned createFlags, const std::vector<RunDescription> &runs,
                       AtomicFileControl &control)
    : run_(runs.front()), access_(atomicFileAccess(control), H5Pclose),
      file_(H5Fcreate(path.c_str(), createFlags, Handle(atomicFileCreation(), H5Pclose), access_), H5Fclose) {
  const RunDescription &run = run_;
  const snn_model &model = *run.model;
  hdf5::setAttribute(file_, "magic", H5T_STD_U32LE, std::vector<uint32_t>{0x0A7A});
  hdf5::setAttribute(file_, "version", H5T_STD_U32LE, std::vector<uint32_t>{0, 1});
  hdf5::setAttribute(file_, "snnc_version", run.version);
  hdf5::setAttribute(file_, "network", model.network);
  hdf5::setAttribute(file_, "dt", run.dt());
  hdf5::setAttribute(file_, "duration", static_cast<double>(run.steps) * run.dt());
  hdf5::setAttribute(file_, "seed", run.seed);
  hdf5::setAttribute(file_, "start", static_cast<double>(run.firstStep) * run.dt());
  hdf5::setAttribute(file_, "simulated", 0.0);
  simulated_ = Handle(H5Aopen(file_, "simulated", H5P_DEFAULT), H5Aclose);
  writeOutcome(file_, "running", "");
  if (runs.size() > 1)
    hdf5::setAttribute(file_, "copies", static_cast<uint64_t>(runs.size()));
  for (const RunDescription &copyRun : runs) {
    Copy &copy = copies_.emplace_back(copyRun);
    copy.stepsDone = copyRun.firstStep;
    if (runs.size() == 1) {
      makeRecords(file_, copy);
      continue;
    }
    Handle group = makeCopyGroup(copyRun);
    copy.simulated = Handle(H5Aopen(group, "simulated", H5P_DEFAULT), H5Aclose);
    makeRecords(group, copy);
  }
  // From here on, whatever has been written changes in one step; what follows is only added.
  checked(H5Fflush(file_, H5F_SCOPE_LOCAL));
  writeMappings();
  save();
}

/// `/copy3`, with what sets it apart.
Handle SonataFile::makeCopyGroup(const RunDescription &run) {
  Handle group = hdf5::createGroup(file_, "copy" + std::to_string(run.copy));
  hdf5::setAttribute(group, "settings", run.copyText());
  for (uint32_t setting : run.varied)
    hdf5::setAttribute(group, run.model->settings[setting].name, run.settings[setting] / run.model->settings[setting].scale);
  if (run.draw)
    hdf5::setAttribute(group, "draw", static_cast<uint64_t>(*run.draw));
  hdf5::setAttribute(group, "simulated", 0.0);
  return group;
}

void SonataFile::makeRecords(hid_t parent, Copy &copy) {
  const snn_model &model = *run_.model;
  std::vector<std::string> names = recordNames(copy.run);
  Handle spikes = hdf5::createGroup(parent, "spikes");
  Handle report = hdf5::createGroup(parent, "report");
  for (uint32_t k = 0; k < model.n_records; ++k) {
    const snn_record &record = model.records[k];
    if (record.kind == SNN_RECORD_SPIKES) {
      copy.records.emplace_back(makeSpikes(spikes, names[k], record));
      continue;
    }
    const char *population = run_.ownerOf(record);
    bool isFirst = checked(H5Lexists(report, population, H5P_DEFAULT)) == 0;
    Handle group = isFirst ? hdf5::createGroup(report, population)
                           : Handle(H5Gopen2(report, population, H5P_DEFAULT), H5Gclose);
    copy.records.emplace_back(makeReport(group, names[k], record, copy.run));
    if (isFirst)
      linkFirstReport(group, names[k]);
  }
}

/// SONATA has one report in a file. Its readers look for `/report/<population>/data` and find the first of ours.
void SonataFile::linkFirstReport(hid_t populationGroup, const std::string &variable) {
  for (const char *part : {"data", "mapping"})
    if (variable != part)
      checked(H5Lcreate_soft((variable + "/" + part).c_str(), populationGroup, part, H5P_DEFAULT, H5P_DEFAULT));
}

SonataFile::Spikes SonataFile::makeSpikes(hid_t parent, const std::string &name, const snn_record &record) {
  Handle group = hdf5::createGroup(parent, name);
  Handle sorting(H5Tenum_create(H5T_STD_U8LE), H5Tclose);
  uint8_t value = 0;
  for (const char *order : {"none", "by_id", "by_time"}) {
    checked(H5Tenum_insert(sorting, order, &value));
    ++value;
  }
  hdf5::setAttribute(group, "sorting", sorting, 2); // by_time
  hdf5::setAttribute(group, "record", record.name);
  hdf5::setAttribute(group, "population", run_.model->populations[record.population].name);
  // Few neurons fire few spikes: no large chunk for each of a thousand small populations.
  hsize_t chunk = std::clamp<hsize_t>(uint64_t{4} * run_.recordedNeurons(record), 256, chunkBytes / sizeof(double));
  Spikes spikes;
  spikes.timestamps = hdf5::GrowingArray(group, "timestamps", H5T_IEEE_F64LE, {.chunkRows = chunk});
  spikes.nodeIds = hdf5::GrowingArray(group, "node_ids", H5T_STD_U64LE, {.chunkRows = chunk});
  hdf5::setAttribute(spikes.timestamps.dataSet(), "units", "ms");
  return spikes;
}

SonataFile::Report SonataFile::makeReport(hid_t parent, const std::string &name, const snn_record &record,
                                        const RunDescription &run) {
  const snn_field field = run.sampledBy(record);
  Report report;
  report.declared = &record;
  report.width = run.columns(record);
  report.scale = field.scale;
  report.stepsBetween = run.stepsBetweenSamples(record);
  report.firstStep = run.firstSample(record);

  Handle group = hdf5::createGroup(parent, name);
  hdf5::setAttribute(group, "record", record.name);
  if (RunDescription::isSeries(record))
    hdf5::setAttribute(group, "neurons", H5T_STD_U32LE, std::vector<uint32_t>{run.count(record.begin), run.count(record.end)});
  bool isDouble = field.type != SNN_F32;
  uint64_t elementsPerChunk = chunkBytes / (isDouble ? sizeof(double) : sizeof(float));
  hsize_t chunkWidth = std::clamp<uint64_t>(report.width, 1, elementsPerChunk);
  hsize_t frames = std::max<uint64_t>(1, run.steps / report.stepsBetween);
  report.data = hdf5::GrowingArray(group, "data", isDouble ? H5T_IEEE_F64LE : H5T_IEEE_F32LE,
                                   {.width = report.width,
                                    .chunkRows = std::clamp<hsize_t>(elementsPerChunk / chunkWidth, 1, frames),
                                    .chunkWidth = chunkWidth});
  hdf5::setAttribute(report.data.dataSet(), "units", field.unit);

  Handle mapping = hdf5::createGroup(group, "mapping");
  report.nodeIds = hdf5::createArray(mapping, "node_ids", H5T_STD_U64LE, report.width);
  hdf5::setAttribute(report.nodeIds, "sorted", H5T_STD_U8LE, 1);
  report.indexPointers = hdf5::createArray(mapping, "index_pointers", H5T_STD_U64LE, report.width + uint64_t{1});
  report.elementIds = hdf5::createArray(mapping, "element_ids", H5T_STD_U32LE, report.width);
  report.time = hdf5::createArray(mapping, "time", H5T_IEEE_F64LE, 3, hdf5::Storage::InHeader);
  hdf5::setAttribute(report.time, "units", "ms");
  writeTime(report);
  return report;
}

/// Start, end and step: frame i belongs to time start + i step, and no frame to the end.
void SonataFile::writeTime(const Report &report) {
  uint64_t end = report.firstStep + report.data.rows() * report.stepsBetween;
  const double time[] = {static_cast<double>(report.firstStep) * run_.dt(), static_cast<double>(end) * run_.dt(),
                         static_cast<double>(report.stepsBetween) * run_.dt()};
  hdf5::write(report.time, H5T_NATIVE_DOUBLE, time);
}

/// Every neuron is one element, 0, of its own.
void SonataFile::writeMappings() {
  for (Copy &copy : copies_)
    for (auto &record : copy.records)
      if (auto *report = std::get_if<Report>(&record))
        writeMapping(*report, copy.run);
}

void SonataFile::writeMapping(Report &report, const RunDescription &run) {
  std::vector<uint64_t> numbers(report.width + size_t{1});
  for (uint32_t column = 0; column < report.width; ++column)
    numbers[column] = run.neuronOfColumn(*report.declared, column);
  hdf5::write(report.nodeIds, H5T_NATIVE_UINT64, numbers.data());
  std::iota(numbers.begin(), numbers.end(), 0);
  hdf5::write(report.indexPointers, H5T_NATIVE_UINT64, numbers.data());
  std::vector<uint32_t> elements(report.width, 0);
  hdf5::write(report.elementIds, H5T_NATIVE_UINT32, elements.data());
  report.nodeIds.reset();
  report.indexPointers.reset();
  report.elementIds.reset();
}

void SonataFile::appendSpikes(uint32_t copy, uint32_t record, uint64_t n, const uint64_t *step, const uint32_t *neuron) {
  auto &spikes = std::get<Spikes>(copies_[copy].records[record]);
  for (uint64_t k = 0; k < n; ++k)
    spikes.newTimestamps.push_back(static_cast<double>(step[k]) * run_.dt());
  spikes.newNodeIds.insert(spikes.newNodeIds.end(), neuron, neuron + n);
  gathered(n * (sizeof(double) + sizeof(uint64_t)));
}

/// Appends `values` in the unit the author used.
template <typename Value>
static void appendScaled(std::vector<Value> &to, const void *values, uint64_t count, double scale) {
  const auto *base = static_cast<const Value *>(values);
  if (scale == 1)
    to.insert(to.end(), base, base + count);
  else
    std::transform(base, base + count, std::back_inserter(to),
                   [scale](Value value) { return static_cast<Value>(value / scale); });
}

void SonataFile::appendSamples(uint32_t copy, uint32_t record, uint64_t n, const uint64_t *step, uint8_t type,
                               const void *values) {
  auto &report = std::get<Report>(copies_[copy].records[record]);
  if (n == 0)
    return;
  if (report.data.rows() == 0 && report.newDoubles.empty() && report.newSingles.empty())
    report.firstStep = step[0] + 1;
  uint64_t count = n * report.width;
  if (type == SNN_F64)
    appendScaled(report.newDoubles, values, count, report.scale);
  else
    appendScaled(report.newSingles, values, count, report.scale);
  gathered(count * (type == SNN_F64 ? sizeof(double) : sizeof(float)));
}

void SonataFile::gathered(uint64_t bytes) {
  gatheredBytes_ += bytes;
  if (gatheredBytes_ >= gatheredBytesAtMost)
    writeNew();
}

void SonataFile::write(Spikes &spikes) {
  spikes.timestamps.append(spikes.newTimestamps.size(), spikes.newTimestamps.data());
  spikes.nodeIds.append(spikes.newNodeIds.size(), spikes.newNodeIds.data());
  spikes.newTimestamps.clear();
  spikes.newNodeIds.clear();
}

void SonataFile::write(Report &report) {
  uint64_t values = report.newDoubles.size() + report.newSingles.size();
  if (values == 0)
    return;
  const void *from = report.newDoubles.empty() ? static_cast<const void *>(report.newSingles.data())
                                               : static_cast<const void *>(report.newDoubles.data());
  report.data.append(values / report.width, from);
  report.newDoubles.clear();
  report.newSingles.clear();
  writeTime(report);
}

void SonataFile::writeNew() {
  for (Copy &copy : copies_)
    for (auto &record : copy.records)
      std::visit([this](auto &part) { write(part); }, record);
  gatheredBytes_ = 0;
}

/// A copy that the experiment has ended may be behind the others.
void SonataFile::save() {
  writeNew();
  double furthest = 0;
  for (Copy &copy : copies_) {
    double simulated = static_cast<double>(copy.stepsDone) * copy.run.dt();
    furthest = std::max(furthest, simulated);
    if (copies_.size() > 1)
      checked(H5Awrite(copy.simulated, H5T_NATIVE_DOUBLE, &simulated));
  }
  checked(H5Awrite(simulated_, H5T_NATIVE_DOUBLE, &furthest));
  checked(H5Fflush(file_, H5F_SCOPE_LOCAL));
}

void SonataFile::close(std::string_view status, std::string_view why) {
  writeOutcome(file_, status, why);
  checked(H5Fflush(file_, H5F_SCOPE_LOCAL));
  copies_.clear();
  simulated_.reset();
  file_.reset();
}

void SonataFile::setOutcome(const std::string &path, AtomicFileControl &control, std::string_view status,
                            std::string_view why) {
  Handle access(atomicFileAccess(control), H5Pclose);
  Handle file(H5Fopen(path.c_str(), H5F_ACC_RDWR, access), H5Fclose);
  writeOutcome(file, status, why);
  checked(H5Fflush(file, H5F_SCOPE_LOCAL));
}

} // namespace snn::recorder
