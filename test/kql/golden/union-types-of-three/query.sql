SELECT *
FROM (
  SELECT
    "Id",
    "Id" AS "x_string",
    NULL::BIGINT AS "x_long"
  FROM "Mail"
  UNION ALL
  SELECT
    "Id",
    "Url" AS "x_string",
    NULL::BIGINT AS "x_long"
  FROM "Clicks"
  UNION ALL
  SELECT
    "Id",
    '' AS "x_string",
    "Size" AS "x_long"
  FROM "Mail"
)
WHERE ("Id" = 'm2')
ORDER BY "Id" DESC NULLS LAST
