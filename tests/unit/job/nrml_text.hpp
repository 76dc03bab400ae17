// SPDX-FileCopyrightText: the shakefield authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "xml.hpp"

namespace shakefield::job {

/// An NRML file with these elements, which begin in its third line.
inline XmlFile nrml(const std::string& inside, const std::string& version = "0.5") {
  return {"model.xml", "<?xml version='1.0'?>\n<nrml xmlns='http://openquake.org/xmlns/nrml/" +
                           version + "' xmlns:gml='http://www.opengis.net/gml'>\n" + inside +
                           "\n</nrml>\n"};
}

}  // namespace shakefield::job
