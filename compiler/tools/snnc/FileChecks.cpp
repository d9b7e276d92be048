#include "compiler/tools/snnc/FileChecks.h"

#include "compiler/tools/snnc/OutputFile.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace fs = llvm::sys::fs;

namespace snn::tool {

namespace {
struct NamedFile {
  llvm::StringRef what, path;
};
} // namespace

/// Where a file is or would be, without links.
static llvm::SmallString<256> placeOf(llvm::StringRef path) {
  llvm::SmallString<256> place;
  if (!fs::real_path(path, place))
    return place;
  llvm::StringRef folder = llvm::sys::path::parent_path(path);
  fs::real_path(folder.empty() ? "." : folder, place);
  llvm::sys::path::append(place, llvm::sys::path::filename(path));
  return place;
}

/// A device such as /dev/null may serve any number of purposes.
static bool areSame(llvm::StringRef one, llvm::StringRef other) {
  if (fs::exists(one) && !fs::is_regular_file(one))
    return false;
  bool areEquivalent = false;
  if (!fs::equivalent(one, other, areEquivalent))
    return areEquivalent;
  return placeOf(one) == placeOf(other);
}

static bool isFile(llvm::StringRef path) { return !path.empty() && path != "-"; }

static llvm::Error cannotWrite(llvm::StringRef path, const llvm::Twine &why) {
  return llvm::createStringError("cannot write `" + path + "`: " + why);
}

llvm::Error checkFiles(const Options &options) {
  const NamedFile outputs[] = {{"`-o`", options.output}, {"`--plot`", options.plot}, {"`--save`", options.save},
                               {"`--save-weights`", options.saveWeights}};
  for (const NamedFile &output : outputs) {
    if (!isFile(output.path))
      continue;
    if (llvm::Error error = checkWritable(output.path))
      return error;
    if (isFile(options.file) && areSame(output.path, options.file))
      return cannotWrite(output.path, "it is the model");
    // A checkpoint may take the place of the one it comes after.
    if (output.what != "`--save`" && isFile(options.resume) && areSame(output.path, options.resume))
      return cannotWrite(output.path, "it is the checkpoint to continue");
    if (output.what == "`-o`" && isFile(options.loadWeights) && areSame(output.path, options.loadWeights))
      return cannotWrite(output.path, "it has the weights to begin with");
    for (const NamedFile &other : outputs)
      if (&other < &output && isFile(other.path) && areSame(output.path, other.path))
        return cannotWrite(output.path, "it is given to both " + other.what + " and " + output.what);
  }
  if (!options.resume.empty() && fs::exists(options.output))
    return llvm::createStringError("`" + options.output +
                                   "` exists already and may have what was recorded before: a run " +
                                   "that is continued records into a new file");
  return llvm::Error::success();
}

} // namespace snn::tool
