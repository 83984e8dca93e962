SELECT
  "Id"
FROM "Mail"
WHERE ("Timestamp" = (SELECT "max_Timestamp" FROM (
  SELECT
    max("Timestamp") AS "max_Timestamp"
  FROM "Mail"
) LIMIT 1))
