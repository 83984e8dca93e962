SELECT
  ((100::DOUBLE * CAST("$aggregate_1" AS DOUBLE)) / CAST("$aggregate_2" AS DOUBLE)) AS "Share"
FROM (
  SELECT
    count(*) FILTER (WHERE "Bulk") AS "$aggregate_1",
    count(*) AS "$aggregate_2"
  FROM "Mail"
)
