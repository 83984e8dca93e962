SELECT
  "there" AS "Column1",
  "gone",
  coalesce(CASE WHEN json_valid("packed") THEN json_extract_string("packed", '$') END, '') AS "packed",
  count(*) AS "count_"
FROM (
  SELECT
    "a" AS "there",
    "b" AS "gone",
    ('{' || '"a":' || CAST(to_json("a") AS VARCHAR) || ',"b":' || coalesce(CAST(to_json("b") AS VARCHAR), 'null') || '}') AS "packed"
  FROM (SELECT * FROM (VALUES ('q', 1::BIGINT)) AS rows("a", "b"))
  WHERE true
)
GROUP BY 1, 2, 3
