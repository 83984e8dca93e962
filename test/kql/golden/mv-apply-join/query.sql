SELECT
  "row1"."Id" AS "Id",
  each."Url" AS "Url"
FROM (
  SELECT
    *,
    row_number() OVER () AS "~order"
  FROM (
    SELECT
      "Id" AS "Id"
    FROM (
      SELECT
        *,
        unnest("~items0"[:1]) AS "~item0"
      FROM (
        SELECT
          *,
          list_transform(string_split("Id", 'm'), lambda _part: CAST(to_json(_part) AS VARCHAR)) AS "~items0"
        FROM (
          SELECT
            "Id",
            "Auth"
          FROM "Mail"
          WHERE ("Auth" <> '')
        )
      )
    )
  )
) AS "row1"
CROSS JOIN LATERAL (
  SELECT
    *,
    row_number() OVER () AS "~order"
  FROM (
    SELECT
      r."Url" AS "Url"
    FROM (
      SELECT
        coalesce("~item0", '') AS "Word"
      FROM (
        SELECT
          *,
          unnest("~items0") AS "~item0"
        FROM (
          SELECT
            *,
            string_split("Id", 'm') AS "~items0"
          FROM (
            SELECT
              "row1"."Id" AS "Id"
          )
        )
      )
    ) AS l
    JOIN (
      SELECT
        "Url",
        '2' AS "Word"
      FROM "Clicks"
    ) AS r ON l."Word" = r."Word"
  )
) AS each
ORDER BY "row1"."~order", each."~order"
