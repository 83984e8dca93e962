WITH "shared_1" AS MATERIALIZED (
  SELECT
    "Id"
  FROM "Mail"
)
SELECT
  "From",
  count(*) AS "Rows"
FROM (
  SELECT
    'All' AS "From"
  FROM "shared_1"
  UNION ALL
  SELECT
    'union_arg1' AS "From"
  FROM "shared_1"
  WHERE ("Id" = 'm1')
)
GROUP BY 1
