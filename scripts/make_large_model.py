#!/usr/bin/env python3
# SPDX-FileCopyrightText: the shakefield authors
# SPDX-License-Identifier: Apache-2.0
"""Write a job with a large source model, to measure how long reading takes and how much is read.

    scripts/make_large_model.py FOLDER [--points 1000000] [--faults 100000] [--side 40] [--sites 400]

Point sources stand on a regular grid of a square of --side degrees, simple faults at random places
of it (fixed seed), sites on a coarser grid. The job is classical PSHA with one model and one path.
"""
import argparse
import math
import pathlib
import random

HEAD = """<?xml version="1.0" encoding="utf-8"?>
<nrml xmlns:gml="http://www.opengis.net/gml" xmlns="http://openquake.org/xmlns/nrml/0.5">
"""
POINT = """<pointSource id="p{id}" name="p{id}">
<pointGeometry><gml:Point><gml:pos>{lon:.4f} {lat:.4f}</gml:pos></gml:Point>
<upperSeismoDepth>0</upperSeismoDepth><lowerSeismoDepth>20</lowerSeismoDepth></pointGeometry>
<magScaleRel>WC1994</magScaleRel><ruptAspectRatio>1.5</ruptAspectRatio>
<truncGutenbergRichterMFD aValue="{a:.4f}" bValue="{b:.3f}" minMag="5.0" maxMag="{max_mag:.1f}"/>
<nodalPlaneDist><nodalPlane probability="0.5" strike="{strike}" dip="60" rake="-90"/>
<nodalPlane probability="0.5" strike="{other}" dip="90" rake="0"/></nodalPlaneDist>
<hypoDepthDist><hypoDepth probability="1" depth="10"/></hypoDepthDist>
</pointSource>
"""
FAULT = """<simpleFaultSource id="f{id}" name="f{id}">
<simpleFaultGeometry><gml:LineString><gml:posList>{trace}</gml:posList></gml:LineString>
<dip>{dip}</dip><upperSeismoDepth>0</upperSeismoDepth><lowerSeismoDepth>12</lowerSeismoDepth>
</simpleFaultGeometry>
<magScaleRel>WC1994</magScaleRel><ruptAspectRatio>2</ruptAspectRatio>
<incrementalMFD minMag="6.5" binWidth="0.1"><occurRates>{rates}</occurRates></incrementalMFD>
<rake>{rake}</rake>
</simpleFaultSource>
"""
SOURCE_TREE = """<logicTree logicTreeID="lt"><logicTreeBranchSet branchSetID="bs1"
uncertaintyType="sourceModel"><logicTreeBranch branchID="b1">
<uncertaintyModel>sources.xml</uncertaintyModel><uncertaintyWeight>1</uncertaintyWeight>
</logicTreeBranch></logicTreeBranchSet></logicTree></nrml>
"""
GMM_TREE = """<logicTree logicTreeID="lt"><logicTreeBranchSet branchSetID="bs1"
uncertaintyType="gmpeModel" applyToTectonicRegionType="Active Shallow Crust">
<logicTreeBranch branchID="b1"><uncertaintyModel>SadighEtAl1997</uncertaintyModel>
<uncertaintyWeight>1</uncertaintyWeight></logicTreeBranch></logicTreeBranchSet></logicTree></nrml>
"""
JOB = """[general]
description = {points} point sources, {faults} simple faults, {sites} sites
calculation_mode = classical
[sites]
sites_csv = sites.csv
reference_vs30_value = 600
reference_vs30_type = measured
reference_depth_to_1pt0km_per_sec = 100
reference_depth_to_2pt5km_per_sec = 2
[erf]
rupture_mesh_spacing = 5
width_of_mfd_bin = 0.5
source_model_logic_tree_file = source_tree.xml
gsim_logic_tree_file = gmm_tree.xml
[calculation]
investigation_time = 50
truncation_level = 3
maximum_distance = {distance}
intensity_measure_types_and_levels = {{"PGA": [0.05, 0.1, 0.2, 0.4]}}
"""


def points_text(args, random_numbers):
    across = math.ceil(math.sqrt(args.points))
    for number in range(args.points):
        strike = random_numbers.randrange(0, 180, 15)
        yield POINT.format(
            id=number,
            lon=args.west + (number % across) * args.side / across,
            lat=args.south + (number // across) * args.side / across,
            a=random_numbers.uniform(0.5, 1.5), b=random_numbers.uniform(0.8, 1.1),
            max_mag=random_numbers.choice([6.0, 6.5]), strike=strike, other=strike + 90)


def faults_text(args, random_numbers):
    for number in range(args.faults):
        lon = args.west + args.side * random_numbers.random()
        lat = args.south + args.side * random_numbers.random()
        east, north = random_numbers.uniform(-0.2, 0.2), random_numbers.uniform(0.1, 0.2)
        trace = " ".join(f"{lon + k * east:.4f} {lat + k * north:.4f}" for k in range(3))
        rates = " ".join(f"{10 ** random_numbers.uniform(-6, -4):.4e}" for _ in range(3))
        yield FAULT.format(id=number, trace=trace, dip=random_numbers.randrange(30, 90, 10),
                           rates=rates, rake=random_numbers.choice([0, 90, -90]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--faults", type=int, default=100_000)
    parser.add_argument("--side", type=float, default=40, help="degrees (default 40)")
    parser.add_argument("--sites", type=int, default=400)
    parser.add_argument("--distance", type=float, default=200, help="maximum_distance, km")
    args = parser.parse_args()
    args.west, args.south = -args.side / 2, -args.side / 2
    args.folder.mkdir(parents=True, exist_ok=True)
    random_numbers = random.Random(1)
    with open(args.folder / "sources.xml", "w", encoding="utf-8") as out:
        out.write(HEAD + '<sourceModel name="large">\n')
        out.write('<sourceGroup tectonicRegion="Active Shallow Crust">\n')
        out.writelines(points_text(args, random_numbers))
        out.writelines(faults_text(args, random_numbers))
        out.write("</sourceGroup>\n</sourceModel>\n</nrml>\n")
    across = max(1, round(math.sqrt(args.sites)))
    with open(args.folder / "sites.csv", "w", encoding="utf-8") as out:
        for i in range(across):
            for j in range(across):
                lon, lat = ((k + 0.5) * args.side / across for k in (i, j))
                out.write(f"{args.west + lon:.4f},{args.south + lat:.4f}\n")
    (args.folder / "source_tree.xml").write_text(HEAD + SOURCE_TREE)
    (args.folder / "gmm_tree.xml").write_text(HEAD + GMM_TREE)
    (args.folder / "job.ini").write_text(JOB.format(
        points=args.points, faults=args.faults, sites=across * across, distance=args.distance))


if __name__ == "__main__":
    main()
