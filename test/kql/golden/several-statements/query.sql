SELECT
  count(*) AS "Count"
FROM "Mail"
;
SELECT
  count(*) AS "Count"
FROM "Clicks"
