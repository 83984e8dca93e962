WITH "shared_1" AS MATERIALIZED (
  SELECT *
  FROM (SELECT * FROM (VALUES ('ann', 1::BIGINT), ('bob', 2::BIGINT), ('ann', 3::BIGINT)) AS rows("Sender", "Size"))
)
SELECT
  each."Sender" AS "Sender",
  each."max_Size" AS "max_Size"
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
          "Sender"
        FROM "shared_1"
        GROUP BY 1
      )
    )
    WHERE CASE WHEN "~values" > 64 THEN CAST(error('mailhunt-error {"code":"KQL0005","facts":{"what":"the key Sender of partition","text":"it has more than 64 values"}}') AS BOOLEAN) ELSE true END
  )
) AS "row1"
CROSS JOIN LATERAL (
  SELECT
    *,
    row_number() OVER () AS "~order"
  FROM (
    SELECT
      "Sender",
      max("Size") AS "max_Size"
    FROM (SELECT * FROM (VALUES ('ann', 1::BIGINT), ('bob', 2::BIGINT), ('ann', 3::BIGINT)) AS rows("Sender", "Size"))
    WHERE ("Sender" = coalesce((SELECT "Sender" FROM (
      SELECT
        "row1"."Sender" AS "Sender"
    ) LIMIT 1), ''))
    GROUP BY 1
  )
) AS each
ORDER BY "row1"."~order", each."~order"
