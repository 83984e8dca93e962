WITH "shared_1" AS MATERIALIZED (
  SELECT
    "Timestamp",
    "Id",
    "Sender",
    "Size",
    "Auth",
    "Score",
    "Bulk",
    "Extra"
  FROM "Mail"
  WHERE ("Size" > 0::BIGINT)
)
SELECT
  count(*) AS "Count"
FROM (
  SELECT
    "Id"
  FROM "shared_1"
  UNION ALL
  SELECT
    "Id"
  FROM "shared_1"
)
