SELECT *
FROM (
  SELECT
    "k",
    max("v") AS "v",
    coalesce(CASE WHEN count("v") = 0 THEN first("name") ELSE arg_max_null("name", "v") END, '') AS "name"
  FROM (SELECT * FROM (VALUES ('a', 'red', 1::INTEGER), ('a', 'green', NULL::INTEGER), ('b', 'yellow', NULL::INTEGER), ('c', 'brown', 1::INTEGER), ('c', 'green', 2::INTEGER)) AS rows("k", "name", "v"))
  GROUP BY 1
)
ORDER BY "k" ASC NULLS FIRST
