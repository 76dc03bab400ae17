# Reading result files: listed apart so that the exports build without the calculators.
set(SHAKEFIELD_CALC_EXPORT_SOURCES
  export_disagg.cpp
  results.cpp curve_agreement.cpp export.cpp export_average.cpp export_csv.cpp export_geojson.cpp export_gmf.cpp export_hazard.cpp export_hdf5.cpp
  export_numbers.cpp export_peer.cpp export_reduced.cpp
  export_ruptures.cpp export_tables.cpp inspect.cpp)
