SELECT
  "Id"
FROM "Mail"
WHERE "Bulk"
;
SELECT
  "Bulk",
  count(*) AS "count_Bulk"
FROM "Mail"
GROUP BY 1
;
SELECT
  "Sender",
  count(*) AS "count_Sender"
FROM "Mail"
GROUP BY 1
