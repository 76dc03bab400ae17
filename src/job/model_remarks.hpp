// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pugixml.hpp>
#include <string>
#include <vector>

namespace shakefield::job {

/// What a model file does not keep of an NRML text (comments), or keeps although no reader asks for
/// it (unknown attributes): one line each. `name`: of the file.
std::vector<std::string> remarks_of(const std::string& name, const std::string& text,
                                    const pugi::xml_document& document);

}  // namespace shakefield::job
