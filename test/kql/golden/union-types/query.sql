SELECT *
FROM (
  SELECT
    'One' AS "From",
    1::BIGINT AS "x_long",
    '' AS "x_string",
    NULL::BIGINT AS "y"
  UNION ALL
  SELECT
    'Two' AS "From",
    NULL::BIGINT AS "x_long",
    'a' AS "x_string",
    2::BIGINT AS "y"
  UNION ALL
  SELECT
    'union_arg2' AS "From",
    NULL::BIGINT AS "x_long",
    '' AS "x_string",
    3::BIGINT AS "y"
  UNION ALL
  SELECT
    'Named' AS "From",
    2::BIGINT AS "x_long",
    '' AS "x_string",
    NULL::BIGINT AS "y"
)
