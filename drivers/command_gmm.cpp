// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <system_error>

#include "commands.hpp"
#include "gmm_list.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/gmm/table_io.hpp"
#include "shakefield/job/job.hpp"
#include "shakefield/job/model_tables.hpp"
#include "terminal.hpp"

namespace shakefield::drivers {
namespace {

struct ListForm {
  bool json = false, markdown = false;
};

struct EvalArguments {
  std::string model, input, output;
};

/// Throws Error{io} with the system's reason if the last deed with a file failed.
void expect(const std::ofstream& file, const char* deed, const std::string& path,
            const char* suggestion) {
  core::validate(file.good(), core::ErrorKind::io,
                 fmt::format("cannot {} {} ({}), {}", deed, path,
                             std::generic_category().message(errno), suggestion));
}

void eval(const EvalArguments& arguments) {
  job::InputFiles files;
  std::istringstream in(files.text(arguments.input));
  std::ostringstream table;
  gmm::ModelSpec model = gmm::ModelSpec::parse(arguments.model);
  job::read_model_tables(model, ".", files);
  gmm::evaluate_table(model, in, table, arguments.input);
  std::ofstream file(arguments.output);
  expect(file, "create", arguments.output, "check the path and its permissions");
  file << std::move(table).str();
  file.close();
  expect(file, "write", arguments.output, "make room on the disk and run again");
}

}  // namespace

void add_gmm(CLI::App& app, Command& chosen) {
  CLI::App* gmm_app = app.add_subcommand("gmm", "The ground-motion models and their values");
  gmm_app->require_subcommand(1);
  auto form = std::make_shared<ListForm>();
  CLI::App* list_app =
      gmm_app->add_subcommand("list",
                              "All models: name, setting, publication; with --json also "
                              "IMTs, inputs, ranges, deviations, component");
  CLI::Option* json = list_app->add_flag("--json", form->json, "As JSON");
  list_app->add_flag("--markdown", form->markdown, "As the manual page docs/models.md")
      ->excludes(json);
  list_app->callback([form, &chosen] {
    chosen = on_root([form] {
      print(stdout, "{}",
            form->json       ? model_json()
            : form->markdown ? model_markdown()
                             : model_lines());
    });
  });

  auto arguments = std::make_shared<EvalArguments>();
  CLI::App* eval_app = gmm_app->add_subcommand("eval", "Evaluate a model on the rows of a table");
  eval_app->add_option("MODEL", arguments->model, "Name, or the TOML-like form with arguments")
      ->required();
  eval_app
      ->add_option("IN", arguments->input,
                   "CSV: a column for each input, and IMT:mean columns that name the IMTs")
      ->required();
  eval_app->add_option("-o,--output", arguments->output, "CSV to write")->required();
  eval_app->callback([arguments, &chosen] { chosen = on_root([arguments] { eval(*arguments); }); });
}

}  // namespace shakefield::drivers
