SELECT *
FROM (
  SELECT
    'a2' AS "Name",
    2::BIGINT AS "Data"
  UNION ALL
  SELECT
    'a1/Data' AS "Name",
    1::BIGINT AS "Data"
)
ORDER BY "Name" ASC NULLS FIRST
