// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <string>

#include "commands.hpp"
#include "shakefield/calc/curve_agreement.hpp"
#include "shakefield/core/error.hpp"
#include "terminal.hpp"

namespace shakefield::drivers {
namespace {

struct VerifyArguments {
  std::string fields, classical;
};

void verify(const VerifyArguments& arguments) {
  const auto agreements = calc::compare_curves(arguments.fields, arguments.classical);
  print(stdout, "{:<10} {:>9} {:>12} {:>12} {:>11} {:>10}\n", "IMT", "points", "inside 2 SE",
        "inside 4 SE", "mean error", "rms error");
  std::string beyond;
  std::size_t points = 0;
  for (const calc::CurveAgreement& a : agreements) {
    const auto share = [&](std::size_t inside) {
      return a.points == 0 ? std::string("-")
                           : fmt::format("{:.2f} %", 100 * static_cast<double>(inside) /
                                                         static_cast<double>(a.points));
    };
    print(stdout, "{:<10} {:>9} {:>12} {:>12} {:>8.2f} SE {:>7.2f} SE\n", a.imt, a.points,
          share(a.inside_two), share(a.inside_four), a.mean_error, a.rms_error);
    if (!a.is_chance()) beyond += (beyond.empty() ? "" : ", ") + a.imt;
    points += a.points;
  }
  core::validate(points > 0, core::ErrorKind::config,
                 "no level can be compared (nowhere are 10 events expected that reach it), run the "
                 "event-based job with more ses_per_logic_tree_path");
  core::validate(
      beyond.empty(), core::ErrorKind::data,
      fmt::format("curves of {} differ by more than chance (at least 99 % of the points lie inside "
                  "4 standard errors and the rms error is 3 at most, if the jobs are the same), "
                  "compare the jobs: truncation, pointsource_distance, minimum_magnitude, sites",
                  beyond));
  print(stdout, "Curves from fields and classical curves differ by chance only.\n");
}

}  // namespace

void add_verify(CLI::App& app, Command& chosen) {
  auto arguments = std::make_shared<VerifyArguments>();
  CLI::App* verify_app = app.add_subcommand(
      "verify",
      "Compare hazard curves from fields with classical ones by their Monte-Carlo errors");
  verify_app
      ->add_option("FIELDS", arguments->fields,
                   "Event-based result file (.h5): with curves (hazard_curves_from_gmfs) or fields")
      ->required();
  verify_app->add_option("CLASSICAL", arguments->classical, "Classical result file of the same job")
      ->required();
  verify_app->callback(
      [arguments, &chosen] { chosen = on_root([arguments] { verify(*arguments); }); });
}

}  // namespace shakefield::drivers
