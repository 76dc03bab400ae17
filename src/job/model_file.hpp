// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "packed_xml.hpp"
#include "shakefield/job/job.hpp"
#include "shakefield/store/file.hpp"
#include "stored_sources.hpp"

namespace shakefield::job {

/// A job with all its inputs in one HDF5 file, opened for reading (docs/model-file.md). Its inputs
/// have paths as if the model were a folder: model.h5/job.ini. Local: each rank opens it for
/// itself.
class ModelFile {
 public:
  /// Whether a job of this name is a model (.h5, .hdf5).
  static bool has_model_name(const std::filesystem::path& path);

  /// Throws Error{data} if the file is no model or contradicts itself, Error{io} if it cannot be
  /// read.
  explicit ModelFile(const std::filesystem::path& path);

  const std::filesystem::path& path() const { return path_; }
  const std::filesystem::path& job_path() const { return job_path_; }
  /// Checksum of all that is in it, as it was written.
  const std::string& digest() const { return digest_; }
  /// Throws Error{data} if the contents have another one. Reads the whole file.
  void verify_digest() const;

  /// Puts the texts of all inputs to `files`; elements `storedSources` stand for the sources that
  /// are not in them.
  void put_texts(InputFiles& files) const;
  std::size_t num_inputs() const { return inputs_.size(); }
  /// Sources of an NRML file of this path; null if it has none.
  const StoredSources* sources(const std::filesystem::path& nrml) const;
  /// All of them, in the order of their paths.
  std::vector<StoredSources*> all_sources();

 private:
  struct Input {
    std::string group, kind;
  };
  void read_inputs();
  std::string text_of(const std::filesystem::path& path, const Input& input) const;

  std::filesystem::path path_, job_path_;
  std::shared_ptr<const store::File> file_;
  std::string digest_;
  std::shared_ptr<const Shapes> shapes_;
  std::map<std::filesystem::path, Input> inputs_;
  std::map<std::filesystem::path, std::unique_ptr<StoredSources>> sources_;
};

/// 32 hexadecimal digits of the paths and values of all datasets of a file.
std::string digest_of_datasets(const store::File& file);

}  // namespace shakefield::job
