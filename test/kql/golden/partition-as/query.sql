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
    WHERE CASE WHEN "~values" > 64 THEN CAST(error('the key Bulk of partition has more than 64 values') AS BOOLEAN) ELSE true END
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
        JOIN "shared_1" AS r ON coalesce(CAST(l."Bulk" AS VARCHAR), '') = coalesce(CAST(r."Bulk" AS VARCHAR), '')
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
      JOIN "shared_1" AS r ON coalesce(CAST(l."Bulk" AS VARCHAR), '') = coalesce(CAST(r."Bulk" AS VARCHAR), '')
    )
  )
) AS each
ORDER BY "row1"."~order", each."~order"
