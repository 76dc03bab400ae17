// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "job_folder.hpp"

#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>
#include <stdexcept>

#include "command.hpp"

namespace bad_input {
namespace {

namespace fs = std::filesystem;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

fs::path base_folder() {
  return fs::path(environment("SHAKEFIELD_SOURCE_DIR")) / "tests/integration/bad_input/base";
}

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return std::move(text).str();
}

}  // namespace

JobFolder::JobFolder() {
  fs::copy(base_folder(), scratch_.path(), fs::copy_options::recursive);
}

JobFolder::~JobFolder() {
  std::error_code ignored;  // what a case made unwritable must go as well
  for (const auto& entry : fs::recursive_directory_iterator(path(), ignored))
    if (!entry.is_symlink()) fs::permissions(entry.path(), fs::perms::owner_all, ignored);
}

void JobFolder::apply(const Edit& edit) const {
  std::string text = edit.to;
  if (!edit.from.empty()) {
    text = text_of(path() / edit.file);
    const auto at = text.find(edit.from);
    if (at == std::string::npos)
      throw std::runtime_error(edit.file + " does not hold '" + edit.from + "'");
    text.replace(at, edit.from.size(), edit.to);
  }
  std::ofstream(path() / edit.file, std::ios::binary) << text;
}

std::map<std::string, std::string> JobFolder::results() const {
  std::map<std::string, std::string> all;
  for (const auto& entry : fs::recursive_directory_iterator(path()))
    if (entry.is_regular_file() && entry.path().extension() == ".h5")
      all[entry.path().lexically_relative(path()).string()] = text_of(entry.path());
  return all;
}

std::vector<std::string> command_line(const std::vector<std::string>& words, int ranks,
                                      const std::string& shell) {
  std::vector<std::string> line;
  if (ranks > 1) {
    line = words_of(SHAKEFIELD_MPIRUN);
    line.insert(line.end(), {"-n", std::to_string(ranks)});
  }
  if (!shell.empty()) line.insert(line.end(), {"sh", "-c", shell + " && exec \"$0\" \"$@\""});
  line.push_back(environment("SHAKEFIELD_BINARY"));
  line.insert(line.end(), words.begin(), words.end());
  return line;
}

std::vector<std::string> own_lines(const std::string& err) {
  std::istringstream stream(err);
  std::vector<std::string> lines;
  bool in_notice = false;
  for (std::string line; std::getline(stream, line);) {
    const bool is_rule = line.starts_with("----------");
    if (is_rule) in_notice = !in_notice;
    const bool is_of_library =
        line.starts_with("[hwloc/") ||         // said where /sys is not mounted
        line.starts_with("[warn] Epoll MOD");  // mpirun's libevent, now and then at its end
    if (!is_rule && !in_notice && !is_of_library && !line.empty()) lines.push_back(line);
  }
  return lines;
}

bool is_complete(const fs::path& folder, const std::string& file) {
  const Outcome info = run_command(command_line({"info", file}, 1), {folder});
  return std::regex_search(info.out, std::regex("state +complete"));
}

bool permissions_hold() {
  static const bool hold = [] {
    const ScratchFolder folder;
    fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
    const Outcome outcome = run_command({"test", "-w", folder.path().string()},
                                        {.folder = "/", .obeys_permissions = true});
    fs::permissions(folder.path(), fs::perms::owner_all);
    return outcome.status == 1;
  }();
  return hold;
}

}  // namespace bad_input
