SELECT
  "Id"
FROM "Mail"
WHERE (("Id" IN ('m1', 'm2')) AND ("Id" IN (SELECT "Id" FROM (
  SELECT
    "Id"
  FROM "Clicks"
))))
