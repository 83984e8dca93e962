SELECT
  count(*) AS "Count"
FROM "Mail"
