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
)
SELECT
  each."Id" AS "Id",
  each."Bulk" AS "Bulk"
FROM (
  SELECT
    *,
    row_number() OVER () AS "~order"
  FROM (
    SELECT
      "Bulk"
    FROM "shared_1"
    GROUP BY 1
  )
) AS "row1"
CROSS JOIN LATERAL (
  SELECT
    *,
    row_number() OVER () AS "~order"
  FROM (
    SELECT *
    FROM (
      SELECT
        r."Id" AS "Id",
        r."Bulk" AS "Bulk"
      FROM (
        SELECT
          "row1"."Bulk" AS "Bulk"
      ) AS l
      JOIN "shared_1" AS r ON coalesce(CASE l."Bulk" WHEN true THEN 'True' WHEN false THEN 'False' END, '') = coalesce(CASE r."Bulk" WHEN true THEN 'True' WHEN false THEN 'False' END, '')
    )
    ORDER BY "Id" DESC NULLS LAST
    LIMIT 1
  )
) AS each
ORDER BY "row1"."~order", each."~order"
