WITH "shared_1" AS MATERIALIZED (
  SELECT
    value AS "x"
  FROM generate_series(1::BIGINT, 3::BIGINT, 1::BIGINT) AS series(value)
)
SELECT
  each."Id" AS "Id",
  each."Key" AS "Key"
FROM (
  SELECT
    *,
    row_number() OVER () AS "~order"
  FROM (
    SELECT *
    FROM (
      SELECT
        *,
        count(*) OVER () AS "~values"
      FROM (
        SELECT
          "x"
        FROM "shared_1"
        GROUP BY 1
      )
    )
    WHERE CASE WHEN "~values" > 64 THEN CAST(error('mailhunt-error {"code":"KQL0005","facts":{"what":"the key x of partition","text":"it has more than 64 values"}}') AS BOOLEAN) ELSE true END
  )
) AS "row1"
CROSS JOIN LATERAL (
  SELECT
    *,
    row_number() OVER () AS "~order"
  FROM (
    SELECT
      "Id",
      (SELECT "x" FROM (
      SELECT
        "row1"."x" AS "x"
    ) LIMIT 1) AS "Key"
    FROM "Mail"
    WHERE ("Size" = ((SELECT "x" FROM (
      SELECT
        "row1"."x" AS "x"
    ) LIMIT 1) * 100::BIGINT))
  )
) AS each
ORDER BY "row1"."~order", each."~order"
