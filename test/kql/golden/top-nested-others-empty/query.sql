WITH "shared_1" AS MATERIALIZED (
  SELECT
    "id",
    "at",
    "note",
    "id" AS "$key_1"
  FROM (SELECT * FROM (VALUES ('ann', 635556672000000000::BIGINT, '1'), ('ann', 635872032000000000::BIGINT, '2'), ('ann', 636204672000000000::BIGINT, '3'), ('bob', 636204672000000000::BIGINT, '4'), ('bob', 636202944000000000::BIGINT, '5'), ('cid', NULL::BIGINT, '6')) AS rows("id", "at", "note"))
  LIMIT 0
),
"shared_2" AS MATERIALIZED (
  SELECT *
  FROM (
    SELECT *
    FROM (
      SELECT
        "$key_1",
        "$aggregate_1" AS "aggregated_id"
      FROM (
        SELECT
          "$key_1",
          count(*) AS "$aggregate_1"
        FROM "shared_1"
        GROUP BY 1
      )
    )
    QUALIFY row_number() OVER (ORDER BY "aggregated_id" DESC NULLS LAST) <= 1
  )
)
SELECT *
FROM (
  SELECT
    "$key_1" AS "id",
    "aggregated_id"
  FROM "shared_2"
  UNION ALL
  SELECT
    'others' AS "id",
    "$aggregate_1" AS "aggregated_id"
  FROM (
    SELECT
      true AS "$all",
      count(*) AS "$aggregate_1"
    FROM (
      SELECT
        l."id" AS "id"
      FROM "shared_1" AS l
      ANTI JOIN "shared_2" AS r ON l."$key_1" = r."$key_1"
    )
    GROUP BY 1
  )
)
