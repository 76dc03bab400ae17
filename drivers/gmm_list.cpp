// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#include "gmm_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>
#include <vector>

#include "shakefield/gmm/registry.hpp"

namespace shakefield::drivers {
namespace {

using gmm::ModelInfo;
using gmm::Needs;

/// Inputs by the names of the tables of `gmm eval`.
constexpr std::array<std::pair<Needs, const char*>, 25> inputs{{
    {Needs::mag, "mag"},
    {Needs::rake, "rake"},
    {Needs::dip, "dip"},
    {Needs::strike, "strike"},
    {Needs::ztor, "ztor"},
    {Needs::width, "width"},
    {Needs::hypo_depth, "hypo_depth"},
    {Needs::hypo_lon_lat, "hypo_lon/lat"},
    {Needs::vs30, "vs30"},
    {Needs::vs30measured, "vs30measured"},
    {Needs::z1pt0, "z1pt0"},
    {Needs::z1pt4, "z1pt4"},
    {Needs::z2pt5, "z2pt5"},
    {Needs::backarc, "backarc"},
    {Needs::xvf, "xvf"},
    {Needs::region, "region"},
    {Needs::lon_lat, "lon/lat"},
    {Needs::r_rup, "rrup"},
    {Needs::r_jb, "rjb"},
    {Needs::r_x, "rx"},
    {Needs::r_y0, "ry0"},
    {Needs::r_hypo, "rhypo"},
    {Needs::r_epi, "repi"},
    {Needs::r_volc, "rvolc"},
    {Needs::azimuth, "azimuth"},
}};

std::vector<std::string> inputs_of(const ModelInfo& model) {
  std::vector<std::string> names;
  for (const auto& [need, name] : inputs)
    if (gmm::contains(model.needs, need)) names.emplace_back(name);
  return names;
}

std::vector<std::string> imts_of(const ModelInfo& model) {
  std::vector<std::string> names;
  for (const core::ImtKind kind : model.imts) {
    std::string name = core::Imt{kind, 0}.name();
    if (kind == core::ImtKind::sa)
      name = model.period_s.stated()
                 ? fmt::format("SA({}–{})", model.period_s.low, model.period_s.high)
                 : fmt::format("SA({})", model.period_s.low);
    names.push_back(std::move(name));
  }
  return names;
}

std::string deviations_of(const ModelInfo& model) {
  return model.std_defined == gmm::StdDefined::total_only ? "σ" : "τ, φ, σ";
}

std::string range_text(const gmm::Range& range) {
  return range.stated() ? fmt::format("{}–{}", range.low, range.high) : "–";
}

/// Models without a site term are for the ground of one vs30.
std::string vs30_text(const ModelInfo& model) {
  return model.reference_vs30 > 0 ? fmt::format("{} alone", model.reference_vs30)
                                  : range_text(model.vs30);
}

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

nlohmann::ordered_json range_json(const gmm::Range& range) {
  if (!range.stated()) return nullptr;
  return {range.low, range.high};
}

nlohmann::ordered_json to_json(const ModelInfo& model) {
  std::vector<std::string> imts;
  for (const core::ImtKind kind : model.imts) imts.push_back(core::Imt{kind, 0}.name());
  const bool total = model.std_defined == gmm::StdDefined::total_only;
  using List = std::vector<std::string>;
  const nlohmann::ordered_json reference =
      model.reference_vs30 > 0 ? nlohmann::ordered_json(model.reference_vs30) : nullptr;
  return {{"name", model.name},
          {"setting", model.setting},
          {"imts", imts},
          {"period_s", {model.period_s.low, model.period_s.high}},
          {"inputs", inputs_of(model)},
          {"mag", range_json(model.mag)},
          {"distance_km", range_json(model.distance_km)},
          {"vs30", range_json(model.vs30)},
          {"reference_vs30", reference},
          {"standard_deviations", total ? List{"sigma"} : List{"tau", "phi", "sigma"}},
          {"component", model.component},
          {"region", model.region},
          {"publication", model.publication}};
}

/// Columns that a table cell cannot hold as they are.
std::string cell(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '|') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

/// DOIs of a publication become links.
std::string with_link(const std::string& publication) {
  const auto at = publication.find("doi:");
  if (at == std::string::npos) return cell(publication);
  const auto end = std::min(publication.find_first_of(" ;", at), publication.size());
  std::string doi = publication.substr(at + 4, end - at - 4);
  while (!doi.empty() && (doi.back() == '.' || doi.back() == ',')) doi.pop_back();
  return cell(publication.substr(0, at)) + "[doi:" + doi + "](https://doi.org/" + doi + ")" +
         cell(publication.substr(at + 4 + doi.size()));
}

constexpr std::array<std::pair<const char*, const char*>, 5> settings{
    {{"crust", "Active shallow crust"},
     {"stable", "Stable continental regions"},
     {"interface", "Subduction interface"},
     {"slab", "Subduction slab (intraslab)"},
     {"volcanic", "Volcanic regions"}}};

}  // namespace

std::string model_lines() {
  std::string text;
  for (const ModelInfo& model : gmm::list_models())
    text += fmt::format("{:<36} {:<10} {}\n", model.name, model.setting, model.publication);
  for (const ModelInfo& model : gmm::list_decorators())
    text += fmt::format("{:<36} {:<10} {}\n", model.name, model.setting, model.publication);
  return text;
}

std::string model_json() {
  nlohmann::ordered_json all{{"models", nlohmann::ordered_json::array()},
                             {"decorators", nlohmann::ordered_json::array()}};
  for (const ModelInfo& model : gmm::list_models()) all["models"].push_back(to_json(model));
  for (const ModelInfo& model : gmm::list_decorators())
    all["decorators"].push_back({{"name", model.name}, {"about", model.publication}});
  return all.dump(2) + '\n';
}

std::string model_markdown() {
  const std::vector<ModelInfo> models = gmm::list_models();
  std::string text = fmt::format(
      "# Ground-motion models\n\n"
      "<!-- Written by `shakefield gmm list --markdown > docs/models.md`: do not edit. -->\n\n"
      "{} models by tectonic setting, under the names that jobs use. A job names one by `gsim` or "
      "in "
      "a ground-motion logic tree, with arguments as `[Name]` followed by lines `argument = "
      "value`: see [Arguments](model-arguments.md).\n\n"
      "- IMTs: SA with its range of periods in s; between the tabulated periods coefficients are "
      "interpolated in ln(period).\n"
      "- Inputs: columns of `shakefield gmm eval`; distances in km, vs30 in m/s, z1pt0 in m and "
      "z2pt5 "
      "in km (-999: the model's own relation with vs30).\n"
      "- M, R (km) and vs30: the ranges that the publication states. Outside of them a model is "
      "computed all the same; how often is said at the end of a run. A vs30 alone: the ground that "
      "a model without a site term is for.\n"
      "- σ: total standard deviation of ln; τ between events, φ within one. Models with σ alone "
      "cannot go with spatial correlation.\n\n"
      "![Spectra and attenuation of some models](images/gmm_trellis.png)\n\n"
      "The picture is drawn by `scripts/plot_gmm.py`. A new model is begun by `scripts/new_gmm.py "
      "NAME`.\n",
      models.size());
  for (const auto& [setting, title] : settings) {
    std::string rows;
    for (const ModelInfo& m : models)
      if (m.setting == setting)
        rows += fmt::format("| `{}` | {} | {} | {} | {} | {} | {} | {} | {} |\n", m.name,
                            cell(joined(imts_of(m))), joined(inputs_of(m)), range_text(m.mag),
                            range_text(m.distance_km), vs30_text(m), deviations_of(m),
                            cell(m.component), with_link(m.publication));
    if (rows.empty()) continue;
    text += fmt::format(
        "\n## {}\n\n"
        "| model | IMTs | inputs | M | R | vs30 | deviations | component | "
        "publication |\n|---|---|---|---|---|---|---|---|---|\n{}",
        title, rows);
  }
  text +=
      "\n## Models made of other models, or of tables\n\n"
      "| name | arguments and meaning |\n|---|---|\n";
  for (const ModelInfo& m : gmm::list_decorators())
    text += fmt::format("| `{}` | {} |\n", m.name, cell(m.publication));
  text +=
      "\n## Left out\n\n"
      "Of the 155 models that this library was tested against, six have no class here. They are "
      "large tables of values by magnitude, distance and period, which this version does not "
      "carry: `NBCC2015_AA13_activecrustFRjb_central`, `NGAEastUSGSSammons1`, "
      "`NGAEastUSGSSeedFrankel`, `NGAEastUSGSSeedSP15`, `NGAEastUSGSSeedYA15`, "
      "`YenierAtkinson2015NGAEastTotalSigma`. A job that names one ends with an error before "
      "anything is computed.\n";
  return text;
}

}  // namespace shakefield::drivers
