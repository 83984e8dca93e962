SELECT *
FROM (
  SELECT
    "Id",
    '' AS "Url"
  FROM "Mail"
  UNION ALL
  SELECT
    "Id",
    "Url"
  FROM "Clicks"
)
WHERE ("Id" = 'm2')
