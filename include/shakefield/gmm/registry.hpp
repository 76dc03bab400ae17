// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "shakefield/gmm/model.hpp"

namespace shakefield::gmm {

/// Makes a model for these IMTs. Throws Error{unsupported} for an unknown name (with the nearest
/// known one), Error{config} for an unknown argument or an IMT that the model lacks.
std::unique_ptr<const GroundMotionModel> make_model(const ModelSpec& spec,
                                                    std::span<const core::Imt> imts);

/// All registered models, sorted by name.
std::vector<ModelInfo> list_models();
/// What is made of other models or of tables (ModifiableGMPE, GMPETable …), sorted by name. Of a
/// description only name and publication (what it takes and does) are filled: the rest is the inner
/// model's.
std::vector<ModelInfo> list_decorators();

}  // namespace shakefield::gmm
