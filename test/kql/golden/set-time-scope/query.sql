WITH "shared_1" AS MATERIALIZED (
  SELECT
    "Id",
    "Timestamp"
  FROM "Mail"
  WHERE ("Timestamp" >= 638881704000000000::BIGINT)
    AND ("Timestamp" <= 638881740000000000::BIGINT)
)
SELECT *
FROM (
  SELECT
    "Id",
    "Timestamp",
    "All",
    "Clicked",
    "Timestamp1"
  FROM (
    SELECT
      l."Timestamp" AS "Timestamp",
      l."Id" AS "Id",
      l."All" AS "All",
      l."Clicked" AS "Clicked",
      r."Timestamp" AS "Timestamp1"
    FROM (
      SELECT
        "Timestamp",
        "Id",
        (SELECT "Count" FROM (
        SELECT
          count(*) AS "Count"
        FROM "shared_1"
      ) LIMIT 1) AS "All",
        ("Id" IN (SELECT "Id" FROM (
        SELECT
          "Id"
        FROM "Clicks"
        WHERE ("Timestamp" >= 638881704000000000::BIGINT)
          AND ("Timestamp" <= 638881740000000000::BIGINT)
      ))) AS "Clicked"
      FROM "Mail"
      WHERE ("Timestamp" >= 638881704000000000::BIGINT)
        AND ("Timestamp" <= 638881740000000000::BIGINT)
    ) AS l
    LEFT JOIN "shared_1" AS r ON l."Id" = r."Id"
  )
)
ORDER BY "Id" ASC NULLS FIRST
