WITH "shared_1" AS MATERIALIZED (
  SELECT
    "Id",
    "Sender",
    "Size"
  FROM "Mail"
)
SELECT *
FROM (
  SELECT
    "Id"
  FROM (
    SELECT
      "Id"
    FROM "shared_1"
    UNION ALL
    SELECT
      "Id"
    FROM "shared_1"
  )
  GROUP BY 1
)
ORDER BY "Id" ASC NULLS FIRST
