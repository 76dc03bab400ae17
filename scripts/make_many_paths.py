#!/usr/bin/env python3
# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""Write a classical job with 100,000 logic-tree paths, to measure how much memory statistics take.

    scripts/make_many_paths.py FOLDER [--side 100] [--regions 5] [--quantiles "0.16 0.5 0.84"]

Point sources of five tectonic regions, ten ground-motion models with unequal weights for each: 10^5
realizations, 50 columns of rates. Sites stand on a grid of --side x --side. Only statistics are asked for.
"""
import argparse
import pathlib

MODELS = ("AbrahamsonEtAl2014", "BooreEtAl2014", "CampbellBozorgnia2014", "ChiouYoungs2014", "SadighEtAl1997",
          "BooreAtkinson2008", "ChiouYoungs2008", "CampbellBozorgnia2008", "AkkarBommer2010", "ZhaoEtAl2006Asc")
WEIGHTS = ("0.19", "0.17", "0.15", "0.13", "0.11", "0.09", "0.07", "0.05", "0.03", "0.01")
HEAD = """<?xml version="1.0" encoding="utf-8"?>
<nrml xmlns:gml="http://www.opengis.net/gml" xmlns="http://openquake.org/xmlns/nrml/0.5">
"""
POINT = """<pointSource id="{id}" name="{id}" tectonicRegion="Region {region}">
<pointGeometry><gml:Point><gml:pos>{lon:.2f} {lat:.2f}</gml:pos></gml:Point>
<upperSeismoDepth>0</upperSeismoDepth><lowerSeismoDepth>20</lowerSeismoDepth></pointGeometry>
<magScaleRel>WC1994</magScaleRel><ruptAspectRatio>1.5</ruptAspectRatio>
<truncGutenbergRichterMFD aValue="3.0" bValue="1.0" minMag="5.0" maxMag="7.0"/>
<nodalPlaneDist><nodalPlane probability="1" strike="30" dip="60" rake="-90"/></nodalPlaneDist>
<hypoDepthDist><hypoDepth probability="1" depth="10"/></hypoDepthDist>
</pointSource>
"""
SOURCE_TREE = """<logicTree logicTreeID="lt"><logicTreeBranchSet uncertaintyType="sourceModel" branchSetID="s">
<logicTreeBranch branchID="s1"><uncertaintyModel>source_model.xml</uncertaintyModel>
<uncertaintyWeight>1.0</uncertaintyWeight></logicTreeBranch></logicTreeBranchSet></logicTree>
</nrml>
"""
JOB = """[general]
description = {regions} regions with {models} models each
calculation_mode = classical

[geometry]
region = 10 40, 13 40, 13 43, 10 43
region_grid_spacing = {spacing:.4f}

[erf]
rupture_mesh_spacing = 5
width_of_mfd_bin = 0.2

[site_params]
reference_vs30_type = measured
reference_vs30_value = 760
reference_depth_to_1pt0km_per_sec = 48.0
reference_depth_to_2pt5km_per_sec = 0.607

[logic_tree]
source_model_logic_tree_file = source_model_logic_tree.xml
gsim_logic_tree_file = gsim_logic_tree.xml
max_potential_paths = {paths}

[calculation]
truncation_level = 3
maximum_distance = 150
investigation_time = 50
intensity_measure_types_and_levels = {{"PGA": logscale(0.01, 1.0, 8)}}

[output]
mean = true
quantiles = {quantiles}
poes = 0.1
hazard_maps = true
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--side", type=int, default=100, help="sites along a side of the grid")
    parser.add_argument("--regions", type=int, default=5, help="tectonic regions: 10 to this power are the paths")
    parser.add_argument("--quantiles", default="0.16 0.5 0.84")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)

    with open(args.folder / "source_model.xml", "w", encoding="utf-8") as file:
        file.write(HEAD + '<sourceModel name="points">\n')
        for region in range(args.regions):
            file.write(f'<sourceGroup name="g{region}" tectonicRegion="Region {region}">\n')
            for number in range(4):
                file.write(POINT.format(id=f"p{region}{number}", region=region, lon=10.3 + 0.6 * region,
                                        lat=40.4 + 0.7 * number))
            file.write("</sourceGroup>\n")
        file.write("</sourceModel>\n</nrml>\n")
    (args.folder / "source_model_logic_tree.xml").write_text(HEAD + SOURCE_TREE, encoding="utf-8")
    with open(args.folder / "gsim_logic_tree.xml", "w", encoding="utf-8") as file:
        file.write(HEAD + '<logicTree logicTreeID="lt">\n')
        for region in range(args.regions):
            file.write(f'<logicTreeBranchSet uncertaintyType="gmpeModel" branchSetID="b{region}" '
                       f'applyToTectonicRegionType="Region {region}">\n')
            for number, (model, weight) in enumerate(zip(MODELS, WEIGHTS)):
                file.write(f'<logicTreeBranch branchID="b{region}m{number}"><uncertaintyModel>{model}</uncertaintyModel>'
                           f"<uncertaintyWeight>{weight}</uncertaintyWeight></logicTreeBranch>\n")
            file.write("</logicTreeBranchSet>\n")
        file.write("</logicTree>\n</nrml>\n")
    side_km = 3 * 111.19  # degrees of latitude
    job = JOB.format(regions=args.regions, models=len(MODELS), paths=len(MODELS) ** args.regions,
                     spacing=side_km / args.side, quantiles=args.quantiles)
    (args.folder / "job.ini").write_text(job, encoding="utf-8")


if __name__ == "__main__":
    main()
