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
  WHERE (("Score" > 0::DOUBLE) AND (NOT isnan("Score")))
)
SELECT
  each."Id" AS "Id",
  each."Share" AS "Share"
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
          "Bulk"
        FROM "shared_1"
        GROUP BY 1
      )
    )
    WHERE CASE WHEN "~values" > 64 THEN CAST(error('mailhunt-error {"code":"KQL0005","facts":{"what":"the key Bulk of partition","text":"it has more than 64 values"}}') AS BOOLEAN) ELSE true END
  )
) AS "row1"
CROSS JOIN LATERAL (
  SELECT
    *,
    row_number() OVER () AS "~order"
  FROM (
    SELECT
      "Id",
      ("Score" / (SELECT "sum_Score" FROM (
      SELECT
        CAST(coalesce(sum("Score"), 0) AS DOUBLE) AS "sum_Score"
      FROM (
        SELECT
          r."Score" AS "Score"
        FROM (
          SELECT
            "row1"."Bulk" AS "Bulk"
        ) AS l
        JOIN "shared_1" AS r ON coalesce(CASE l."Bulk" WHEN true THEN 'True' WHEN false THEN 'False' END, '') = coalesce(CASE r."Bulk" WHEN true THEN 'True' WHEN false THEN 'False' END, '')
      )
    ) LIMIT 1)) AS "Share"
    FROM (
      SELECT
        r."Id" AS "Id",
        r."Score" AS "Score"
      FROM (
        SELECT
          "row1"."Bulk" AS "Bulk"
      ) AS l
      JOIN "shared_1" AS r ON coalesce(CASE l."Bulk" WHEN true THEN 'True' WHEN false THEN 'False' END, '') = coalesce(CASE r."Bulk" WHEN true THEN 'True' WHEN false THEN 'False' END, '')
    )
  )
) AS each
ORDER BY "row1"."~order", each."~order"
