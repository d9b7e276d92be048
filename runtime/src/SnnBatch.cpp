// The calls of snn/snn.h that are about batches.

#include "Handles.h"

using snn::runtime::Batch;
using snn::runtime::fail;
using snn::runtime::guard;
using snn::runtime::Simulation;
using snn::runtime::threadMessage;

static std::vector<std::unique_ptr<snn_simulation>> makeCopies(const snn_model &model, const snn_options &options, uint32_t copies) {
  snn_options own = options;
  own.workers = Batch::workersPerCopy(std::max(1u, options.workers), copies);
  std::vector<std::unique_ptr<snn_simulation>> list;
  for (uint32_t c = 0; c < copies; ++c)
    list.push_back(std::make_unique<snn_simulation>(model, own));
  return list;
}

static std::vector<Simulation *> simulationsOf(const std::vector<std::unique_ptr<snn_simulation>> &copies) {
  std::vector<Simulation *> list;
  for (const auto &copy : copies)
    list.push_back(&copy->simulation);
  return list;
}

snn_batch::snn_batch(const snn_model &model, const snn_options &options, uint32_t n)
    : copies(makeCopies(model, options, n)), batch(model, std::max(1u, options.workers), simulationsOf(copies)) {}

/// Runs `call` with the batch behind the handle.
template <typename Call> static snn_status with(snn_batch *handle, Call call) {
  if (!handle)
    return guard(threadMessage(), []() -> snn_status { fail(SNN_WRONG_USE, "the batch is a null pointer"); });
  return guard(handle->message, [&] { return call(handle->batch); });
}

const char *snn_batch_message(const snn_batch *batch) { return (batch ? batch->message : threadMessage()).c_str(); }

snn_status snn_create_batch(const snn_model *model, const snn_options *options, uint32_t copies, snn_batch **batch) {
  return guard(threadMessage(), [&] {
    if (!model || !batch)
      fail(SNN_WRONG_USE, "a batch needs a model and a place to put it");
    if (copies == 0)
      fail(SNN_WRONG_USE, "a batch has at least one copy");
    *batch = new snn_batch(*model, options ? *options : snn_options{}, copies);
    return SNN_OK;
  });
}

void snn_destroy_batch(snn_batch *batch) { delete batch; }

uint32_t snn_batch_copies(const snn_batch *batch) { return batch ? uint32_t(batch->copies.size()) : 0; }

snn_simulation *snn_batch_copy(snn_batch *batch, uint32_t copy) {
  return batch && copy < batch->copies.size() ? batch->copies[copy].get() : nullptr;
}

snn_status snn_build_batch(snn_batch *batch) {
  return with(batch, [](Batch &b) {
    b.build();
    return SNN_OK;
  });
}

snn_status snn_reset_batch(snn_batch *batch) {
  return with(batch, [](Batch &b) {
    b.reset();
    return SNN_OK;
  });
}

void snn_get_batch_figures(const snn_batch *batch, snn_figures *figures) {
  if (batch && figures)
    *figures = batch->batch.figures();
}

snn_status snn_advance_batch(snn_batch *batch, uint64_t steps, const snn_sink *sinks) {
  snn_status status = with(batch, [&](Batch &b) {
    return b.advance(steps, sinks ? std::span<const snn_sink>(sinks, batch->copies.size()) : std::span<const snn_sink>());
  });
  if (status == SNN_STOPPED)
    batch->message = "stopped after step " + std::to_string(batch->copies.front()->simulation.step());
  if (status == SNN_ENDED)
    batch->message = "every copy has been ended by the experiment";
  return status;
}
