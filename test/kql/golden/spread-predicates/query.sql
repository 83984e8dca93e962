SELECT
  CASE WHEN coalesce(bool_and(isfinite("x")) FILTER (WHERE "ok"), true) THEN sqrt(round(coalesce(var_samp(CASE WHEN isfinite("x") THEN "x" END) FILTER (WHERE "ok"), 0), 10)) ELSE 'NaN'::DOUBLE END AS "stdevif_x",
  CASE WHEN coalesce(bool_and(isfinite("x")) FILTER (WHERE "ok"), true) THEN round(coalesce(var_pop(CASE WHEN isfinite("x") THEN "x" END) FILTER (WHERE "ok"), 0), 10) ELSE 'NaN'::DOUBLE END AS "variancepif_x",
  coalesce(covar_pop("y", "x") FILTER (WHERE "ok"), CASE WHEN regr_count("y", "x") FILTER (WHERE "ok") > 0 THEN 'NaN'::DOUBLE END) AS "covariancepif_x"
FROM (SELECT * FROM (VALUES (1::DOUBLE, 2::DOUBLE, true), (2::DOUBLE, 4::DOUBLE, true), (3::DOUBLE, 7::DOUBLE, false), (5::DOUBLE, 9::DOUBLE, true)) AS rows("x", "y", "ok"))
