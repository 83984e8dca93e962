WITH "shared_1" AS MATERIALIZED (
  SELECT
    "id",
    "at",
    "note",
    "id" AS "$key_1",
    "at" AS "$key_2",
    "note" AS "$key_3"
  FROM (SELECT * FROM (VALUES ('ann', 635556672000000000::BIGINT, '1'), ('ann', 635872032000000000::BIGINT, '2'), ('ann', 636204672000000000::BIGINT, '3'), ('bob', 636204672000000000::BIGINT, '4'), ('bob', 636202944000000000::BIGINT, '5'), ('cid', NULL::BIGINT, '6')) AS rows("id", "at", "note"))
),
"shared_2" AS MATERIALIZED (
  SELECT
    "$key_1",
    "$aggregate_1" AS "Ignore0"
  FROM (
    SELECT
      "$key_1",
      max(1::BIGINT) AS "$aggregate_1"
    FROM "shared_1"
    GROUP BY 1
  )
),
"shared_3" AS MATERIALIZED (
  SELECT *
  FROM (
    SELECT *
    FROM (
      SELECT
        "$key_1",
        "$key_2",
        "$aggregate_1" AS "Ignore1"
      FROM (
        SELECT
          "$key_1",
          "$key_2",
          max("at") AS "$aggregate_1"
        FROM (
          SELECT
            l."at" AS "at",
            l."$key_1" AS "$key_1",
            l."$key_2" AS "$key_2"
          FROM "shared_1" AS l
          SEMI JOIN "shared_2" AS r ON l."$key_1" = r."$key_1"
        )
        GROUP BY 1, 2
      )
    )
    QUALIFY row_number() OVER (PARTITION BY "$key_1" ORDER BY "Ignore1" DESC NULLS LAST) <= 1
  )
),
"shared_4" AS MATERIALIZED (
  SELECT
    "$key_1",
    "$key_2",
    "$key_3",
    "$aggregate_1" AS "Ignore2"
  FROM (
    SELECT
      "$key_1",
      "$key_2",
      "$key_3",
      max(1::BIGINT) AS "$aggregate_1"
    FROM (
      SELECT
        l."$key_1" AS "$key_1",
        l."$key_2" AS "$key_2",
        l."$key_3" AS "$key_3"
      FROM (
        SELECT
          l."$key_1" AS "$key_1",
          l."$key_2" AS "$key_2",
          l."$key_3" AS "$key_3"
        FROM "shared_1" AS l
        SEMI JOIN "shared_2" AS r ON l."$key_1" = r."$key_1"
      ) AS l
      SEMI JOIN "shared_3" AS r ON l."$key_1" = r."$key_1" AND coalesce((strftime(make_timestamp(l."$key_2" // 10 - 62135596800000000), '%Y-%m-%dT%H:%M:%S.%f') || CAST(l."$key_2" % 10 AS VARCHAR) || 'Z'), '') = coalesce((strftime(make_timestamp(r."$key_2" // 10 - 62135596800000000), '%Y-%m-%dT%H:%M:%S.%f') || CAST(r."$key_2" % 10 AS VARCHAR) || 'Z'), '')
    )
    GROUP BY 1, 2, 3
  )
)
SELECT *
FROM (
  SELECT
    "$key_1" AS "id",
    "$key_2" AS "at",
    "$key_3" AS "note"
  FROM (
    SELECT
      l."$key_1" AS "$key_1",
      l."$key_2" AS "$key_2",
      r."$key_3" AS "$key_3"
    FROM (
      SELECT
        l."$key_1" AS "$key_1",
        r."$key_2" AS "$key_2"
      FROM "shared_2" AS l
      JOIN "shared_3" AS r ON l."$key_1" = r."$key_1"
    ) AS l
    JOIN "shared_4" AS r ON l."$key_1" = r."$key_1" AND coalesce((strftime(make_timestamp(l."$key_2" // 10 - 62135596800000000), '%Y-%m-%dT%H:%M:%S.%f') || CAST(l."$key_2" % 10 AS VARCHAR) || 'Z'), '') = coalesce((strftime(make_timestamp(r."$key_2" // 10 - 62135596800000000), '%Y-%m-%dT%H:%M:%S.%f') || CAST(r."$key_2" % 10 AS VARCHAR) || 'Z'), '')
  )
)
ORDER BY "id" ASC NULLS FIRST
