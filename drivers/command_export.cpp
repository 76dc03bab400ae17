// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "commands.hpp"
#include "shakefield/calc/export.hpp"
#include "shakefield/calc/inspect.hpp"
#include "shakefield/job/model.hpp"
#include "terminal.hpp"

namespace shakefield::drivers {
namespace {

struct ExportArguments {
  std::string file;
  std::vector<std::string> what;
  std::string export_dir = ".";
  bool true_mean = false;
  bool plain = false;
};

struct InfoArguments {
  std::string file;
  bool digest = false;
};

void export_file(const ExportArguments& arguments) {
  calc::ExportOptions options;
  options.what = arguments.what;
  options.true_mean = arguments.true_mean;
  options.plain = arguments.plain;
  for (const std::filesystem::path& path :
       calc::export_results(arguments.file, arguments.export_dir, options))
    print(stdout, "{}\n", path.string());
}

void tell_model(const InfoArguments& arguments) {
  const job::ModelSummary model = job::check_model(arguments.file);
  if (arguments.digest)
    print(stdout, "{}\n", model.digest);
  else
    print(stdout, "{}: a model of {} inputs and {} sources, digest {}\n", arguments.file,
          model.inputs, model.sources, model.digest);
}

void info(const InfoArguments& arguments) {
  if (job::holds_model(arguments.file))
    tell_model(arguments);
  else if (arguments.digest)
    print(stdout, "{}\n", calc::digest(arguments.file));
  else
    print(stdout, "{}", calc::describe(arguments.file));
}

/// All that can be exported, as one text.
std::string names() {
  std::string text;
  for (const std::string& name : calc::export_names()) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace

void add_export(CLI::App& app, Command& chosen) {
  auto arguments = std::make_shared<ExportArguments>();
  CLI::App* export_app =
      app.add_subcommand("export", "Write CSV (or the peer's HDF5 layout) from a result file");
  export_app->add_option("FILE", arguments->file, "Result file (.h5)")->required();
  export_app->add_option("WHAT", arguments->what,
                         "What to export (default: all that the file has): " + names());
  export_app->add_option("--export-dir", arguments->export_dir,
                         "Folder for the files (made if missing)");
  export_app->add_flag("--true-mean", arguments->true_mean,
                       "avg_gmf with the values that minimum_intensity dropped");
  export_app->add_flag("--plain", arguments->plain,
                       "CSV without the comment line that says where a file comes from; hdf5 "
                       "without compression");
  export_app->callback(
      [arguments, &chosen] { chosen = on_root([arguments] { export_file(*arguments); }); });

  auto info_arguments = std::make_shared<InfoArguments>();
  CLI::App* info_app = app.add_subcommand(
      "info", "Say what is in a result file, whether it is complete, how it was made");
  info_app->add_option("FILE", info_arguments->file, "Result file (.h5)")->required();
  info_app->add_flag("--digest", info_arguments->digest,
                     "Print only the digest of the content (equal for any number of ranks)");
  info_app->callback(
      [info_arguments, &chosen] { chosen = on_root([info_arguments] { info(*info_arguments); }); });
}

}  // namespace shakefield::drivers
