SELECT *
FROM (
  SELECT
    "Fruit",
    min("Version") AS "Version",
    coalesce(CASE WHEN count("Version") = 0 THEN first("Color") ELSE arg_min_null("Color", "Version") END, '') AS "Color"
  FROM (SELECT * FROM (VALUES ('a', 'red', 1::INTEGER), ('a', 'green', NULL::INTEGER), ('b', 'yellow', NULL::INTEGER)) AS rows("Fruit", "Color", "Version"))
  GROUP BY 1
)
ORDER BY "Fruit" ASC NULLS FIRST
