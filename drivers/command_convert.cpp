// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "commands.hpp"
#include "shakefield/job/model.hpp"
#include "terminal.hpp"

namespace shakefield::drivers {
namespace {

struct ConvertArguments {
  std::string job;
  std::string output;
  bool overwrite = false;
};

void convert(const ConvertArguments& arguments) {
  if (job::is_model_name(arguments.job)) {
    for (const std::filesystem::path& path :
         job::write_inputs_of_model(arguments.job, arguments.output))
      print(stdout, "{}\n", path.string());
    return;
  }
  const job::ModelSummary model =
      job::write_model(arguments.job, arguments.output, arguments.overwrite);
  for (const std::string& remark : model.remarks)
    print(stderr, "shakefield: warning: {}\n", remark);
  std::error_code ignored;
  const auto bytes = static_cast<double>(std::filesystem::file_size(arguments.output, ignored));
  print(stdout, "{}: {} input{}, {} source{}, {:.1f} MiB, digest {}\n", arguments.output,
        model.inputs, model.inputs == 1 ? "" : "s", model.sources, model.sources == 1 ? "" : "s",
        bytes / 1048576.0, model.digest);
}

}  // namespace

void add_convert(CLI::App& app, Command& chosen) {
  auto arguments = std::make_shared<ConvertArguments>();
  CLI::App* convert_app = app.add_subcommand(
      "convert", "Put a job with all its inputs into one HDF5 model, or write them back");
  convert_app
      ->add_option("JOB", arguments->job, "job.ini, job.yaml, or a model (.h5) to write back")
      ->required();
  convert_app
      ->add_option("-o,--output", arguments->output,
                   "HDF5 model to write (.h5), or the folder for the inputs of a model")
      ->required();
  convert_app->add_flag("--overwrite", arguments->overwrite, "Replace the model if it exists");
  convert_app->callback(
      [arguments, &chosen] { chosen = on_root([arguments] { convert(*arguments); }); });
}

}  // namespace shakefield::drivers
