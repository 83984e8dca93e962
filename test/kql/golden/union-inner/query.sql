SELECT *
FROM (
  SELECT
    'Mail' AS "From",
    "Timestamp",
    "Id"
  FROM "Mail"
  UNION ALL
  SELECT
    'Clicks' AS "From",
    "Timestamp",
    "Id"
  FROM "Clicks"
)
WHERE ("Id" = 'm2')
