SELECT
  max("b") AS "b",
  coalesce(CASE WHEN count("b") = 0 THEN first("a") ELSE arg_max_null("a", "b") END, '') AS "one",
  CASE WHEN count("b") = 0 THEN first(("c" + 1::DOUBLE)) ELSE arg_max_null(("c" + 1::DOUBLE), "b") END AS "max_b_arg2",
  CASE WHEN count("b") = 0 THEN first("c") ELSE arg_max_null("c", "b") END AS "c",
  count(*) AS "count_"
FROM (SELECT * FROM (VALUES ('x', 1::BIGINT, 1.5::DOUBLE), ('y', 2::BIGINT, 0.5::DOUBLE)) AS rows("a", "b", "c"))
