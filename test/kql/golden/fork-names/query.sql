SELECT *
FROM (
  SELECT
    "Id"
  FROM "Mail"
  WHERE "Bulk"
)
ORDER BY "Id" ASC NULLS FIRST
;
SELECT
  count(*) AS "Count"
FROM "Mail"
;
SELECT
  min("Size") AS "Size"
FROM "Mail"
;
SELECT
  "Sender"
FROM "Mail"
LIMIT 0
