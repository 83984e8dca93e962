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
ORDER BY "Id" ASC NULLS FIRST, "Url" ASC NULLS FIRST
