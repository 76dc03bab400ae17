// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <memory>
#include <string>

#include "commands.hpp"
#include "shakefield/core/error.hpp"
#include "shakefield/gmm/registry.hpp"
#include "shakefield/gmm/table_io.hpp"

namespace shakefield::drivers {
namespace {

struct EvalArguments {
  std::string model, input, output;
};

void list() {
  for (const gmm::ModelInfo& model : gmm::list_models())
    fmt::print("{:<36} {:<10} {}\n", model.name, model.setting, model.publication);
}

void eval(const EvalArguments& arguments) {
  std::ifstream in(arguments.input);
  core::validate(in.good(), core::ErrorKind::data,
                 fmt::format("{} cannot be read (missing, or no permission), check the path",
                             arguments.input));
  std::ofstream out(arguments.output);
  core::validate(
      out.good(), core::ErrorKind::io,
      fmt::format("{} cannot be written (missing folder, or no permission), check the path",
                  arguments.output));
  gmm::evaluate_table(gmm::ModelSpec::parse(arguments.model), in, out);
  out.close();
  core::validate(out.good(), core::ErrorKind::io,
                 fmt::format("{} was not written whole (disk full?)", arguments.output));
}

}  // namespace

void add_gmm(CLI::App& app, Command& chosen) {
  CLI::App* gmm_app = app.add_subcommand("gmm", "The ground-motion models and their values");
  gmm_app->require_subcommand(1);
  const auto on_root = [&chosen](std::function<void()> work) {
    chosen = [work](const comm::Communicator& comm) {
      comm::agree(comm, [&] {
        if (comm.is_root()) work();
      });
    };
  };
  gmm_app->add_subcommand("list", "All models: name, setting, publication")->callback([on_root] {
    on_root(list);
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
  eval_app->callback([on_root, arguments] { on_root([arguments] { eval(*arguments); }); });
}

}  // namespace shakefield::drivers
