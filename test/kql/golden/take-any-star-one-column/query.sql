SELECT
  "Bulk",
  coalesce(any_value(nullif("Id", '')), '') AS "Id",
  coalesce(any_value(nullif("Id", '')), '') AS "one"
FROM "Mail"
WHERE (("Bulk" = false) AND ("Id" = 'm1'))
GROUP BY 1
