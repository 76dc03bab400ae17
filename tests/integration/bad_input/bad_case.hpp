// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace bad_input {

/// One change of a file of the base jobs: the first `from` becomes `to`; without `from` the file
/// consists of `to`.
struct Edit {
  std::string file, from, to;
};

/// What surrounds a case beyond its files.
struct Setting {
  /// Done in the folder before the run.
  void (*prepare)(const std::filesystem::path& folder) = nullptr;
  /// What the shell of each rank does before the program starts.
  std::string shell = {};
  /// Without root's right to read and write everything.
  bool obeys_permissions = false;
  /// The run may leave a file, which must not be called complete.
  bool leaves_file = false;
};

/// A base job with one thing broken, and what must come of it.
struct BadCase {
  std::string name;                ///< states what is broken
  int status;                      ///< 2, 3 or 4
  std::vector<std::string> words;  ///< of the command line behind `shakefield`
  std::vector<Edit> edits;
  /// Parts of what must be said: problem, place, value, suggestion. A part for each message at
  /// least if there is more than one.
  std::vector<std::string> says;
  std::size_t num_messages = 1;
  Setting setting = {};
};

/// Cases of one kind.
struct Kind {
  std::string name;
  std::vector<BadCase> cases;
};

/// The words of `shakefield run JOB -o out.h5`, and those of `-p` options behind them.
inline std::vector<std::string> run(const std::string& job,
                                    const std::vector<std::string>& overrides = {}) {
  std::vector<std::string> words{"run", job, "-o", "out.h5"};
  for (const std::string& text : overrides) {
    words.emplace_back("-p");
    words.push_back(text);
  }
  return words;
}

/// n sites on a line, as a file of sites.
std::string many_sites(int n);

std::vector<Kind> file_kinds();
std::vector<Kind> parameter_kinds();
std::vector<Kind> model_kinds();
std::vector<Kind> site_kinds();
std::vector<Kind> source_kinds();
std::vector<Kind> output_kinds();

}  // namespace bad_input
