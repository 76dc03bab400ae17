// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

// All that the file of a ground-motion model includes; README.md of this room shows how one is
// written.

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "arguments.hpp"
#include "coefficients.hpp"
#include "shakefield/gmm/model.hpp"
#include "simd.hpp"
#include "site_loop.hpp"

namespace shakefield::gmm {

using core::Imt;
using enum core::ImtKind;

/// What the constructor of a model is given.
struct Binding {
  const ModelInfo& info;  ///< of the name that the job wrote; lives as long as the program
  const Arguments& arguments;
  std::span<const Imt> imts;
};

/// A name in the registry.
struct Entry {
  ModelInfo info;
  std::function<std::unique_ptr<const GroundMotionModel>(const ModelSpec&, std::span<const Imt>)>
      make;
};
using Entries = std::vector<Entry>;

/// Rows of a further table for the IMTs of the calculation, [M].
template <class C>
std::vector<C> coefficients_of(std::span<const Row<C>> table, const Binding& binding) {
  std::vector<C> rows;
  for (const Imt& imt : binding.imts)
    rows.push_back(coefficients_at(table, imt, binding.info.name));
  return rows;
}
template <class C, std::size_t Rows>
std::vector<C> coefficients_of(const Row<C> (&table)[Rows], const Binding& binding) {
  return coefficients_of(std::span<const Row<C>>(table), binding);
}

/// Base of models with one coefficient row (of type C, an aggregate of doubles) an IMT.
template <class C>
class ModelBase : public GroundMotionModel {
 public:
  const ModelInfo& info() const final { return info_; }

 protected:
  ModelBase(const Binding& binding, std::span<const Row<C>> table)
      : info_(binding.info),
        imts_(binding.imts.begin(), binding.imts.end()),
        coefficients_(coefficients_of(table, binding)) {}

  /// An argument made the model need more than its description says.
  void require(Needs more) { info_.needs = info_.needs | more; }

  /// M
  std::size_t size() const { return imts_.size(); }
  /// The IMTs of the calculation, [M].
  const std::vector<Imt>& imts() const { return imts_; }
  /// Their coefficients, [M].
  const std::vector<C>& coefficients() const { return coefficients_; }

  /// Terms of the rupture alone: term(coefficients) for each IMT, [M].
  template <class Term>
  auto per_imt(Term&& term) const {
    std::vector<std::invoke_result_t<Term, const C&>> terms;
    terms.reserve(coefficients_.size());
    for (const C& c : coefficients_) terms.push_back(term(c));
    return terms;
  }

 private:
  ModelInfo info_;
  std::vector<Imt> imts_;
  std::vector<C> coefficients_;
};

/// Entry of a model class. IMTs and periods of its description are those of the table. A variant of
/// a publication is another entry of the same class with other `presets`.
template <class Model, class C>
Entry entry(ModelInfo info, std::span<const Row<C>> table, const Arguments::Values& presets = {}) {
  describe_imts(info, detail::labels_of(table));
  auto shared = std::make_shared<const ModelInfo>(std::move(info));
  return {*shared, [shared, presets](const ModelSpec& spec, std::span<const Imt> imts) {
            const Arguments arguments(spec.name, spec.arguments, presets);
            auto model = std::make_unique<const Model>(Binding{*shared, arguments, imts});
            arguments.require_known();
            return model;
          }};
}
template <class Model, class C, std::size_t Rows>
Entry entry(ModelInfo info, const Row<C> (&table)[Rows], const Arguments::Values& presets = {}) {
  return entry<Model>(std::move(info), std::span<const Row<C>>(table), presets);
}

}  // namespace shakefield::gmm
