#include "compiler/tools/snnc/Checkpoints.h"

#include "compiler/tools/snnc/Readable.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"

namespace snn::tool {

/// Copies have a checkpoint each: `FILE.0`, `FILE.1`, ...
static std::string fileOfCopy(const std::string &path, const snn_batch &batch, uint32_t copy) {
  return snn_batch_copies(&batch) == 1 ? path : path + "." + std::to_string(copy);
}

llvm::Error resume(snn_batch &batch, double dt, const Options &options) {
  if (options.resume.empty())
    return llvm::Error::success();
  uint64_t done = UINT64_MAX, all = 0;
  for (uint32_t c = 0; c < snn_batch_copies(&batch); ++c) {
    snn_simulation &copy = *snn_batch_copy(&batch, c);
    if (snn_restore(&copy, fileOfCopy(options.resume, batch, c).c_str()) != SNN_OK)
      return llvm::createStringError(snn_message(&copy));
    done = std::min(done, snn_step(&copy));
    all = std::max(all, snn_total_steps(&copy));
  }
  if (done < all)
    return llvm::Error::success();
  return llvm::createStringError("nothing is left to do: the checkpoint `" + options.resume + "` is of " +
                                 readableModelTime(static_cast<double>(done) * dt) + " and the run lasts " +
                                 readableModelTime(static_cast<double>(all) * dt) +
                                 "; `--set duration=...` makes it longer");
}

llvm::Error Saving::check() const {
  uint64_t bytes = 0;
  bool isThere = isWanted() && !llvm::sys::fs::file_size(options.save, bytes) && bytes > 0;
  if (!isThere || snn_is_checkpoint(options.save.c_str()))
    return llvm::Error::success();
  return llvm::createStringError("cannot save to `" + options.save + "`: it exists and is not a checkpoint");
}

snn_sink Saving::sink() {
  snn_sink sink = {};
  if (!options.saveEvery)
    return sink;
  sink.user = this;
  sink.progress = [](void *user, uint64_t done, uint64_t total) {
    return static_cast<int>(done < total && static_cast<Saving *>(user)->isDue());
  };
  return sink;
}

bool Saving::isDue() const {
  return options.saveEvery && Clock::now() - last >= std::chrono::duration<double>(*options.saveEvery);
}

llvm::Error Saving::save(snn_batch &batch) {
  llvm::Error outcome = llvm::Error::success();
  for (uint32_t c = 0; c < snn_batch_copies(&batch) && !outcome; ++c) {
    snn_simulation &copy = *snn_batch_copy(&batch, c);
    if (snn_save(&copy, fileOfCopy(options.save, batch, c).c_str()) != SNN_OK)
      outcome = llvm::createStringError(snn_message(&copy));
  }
  last = Clock::now();
  return outcome;
}

/// As a shell reads it as one word.
static std::string quoted(llvm::StringRef word) {
  auto isPlain = [](char c) { return llvm::isAlnum(c) || llvm::StringRef("_-./=+,:@%").contains(c); };
  if (!word.empty() && llvm::all_of(word, isPlain))
    return word.str();
  std::string text = "'";
  for (char c : word)
    text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

std::string Saving::commandToContinue() const {
  std::string command = "snnc " + quoted(options.file) + " run";
  auto add = [&](llvm::StringRef option, llvm::StringRef value) {
    if (!value.empty())
      command += " " + option.str() + " " + quoted(value);
  };
  for (const std::string &setting : options.settings)
    add("--set", setting);
  for (const std::string &sweep : options.sweeps)
    add("--sweep", sweep);
  add("--batch", options.batch ? std::to_string(*options.batch) : "");
  if (options.redrawsConnectivity)
    command += " --redraw-connectivity";
  add("--seed", options.seed ? std::to_string(*options.seed) : "");
  add("--experiment", options.experiment);
  add("--threads", options.threads > 1 ? std::to_string(options.threads) : "");
  add("--resume", options.save);
  add("--save", options.save);
  return command;
}

} // namespace snn::tool
