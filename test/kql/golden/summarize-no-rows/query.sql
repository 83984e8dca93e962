SELECT
  count(*) AS "count_",
  max("Size") AS "max_Size"
FROM "Mail"
WHERE ("Id" = 'none')
