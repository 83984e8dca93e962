SELECT
  "a",
  "b",
  NULLIF(CASE WHEN json_valid("$tuple_0") THEN CAST(json_extract("$tuple_0", '$[0]') AS VARCHAR) END, 'null') AS "p",
  NULLIF(CASE WHEN json_valid("$tuple_0") THEN CAST(json_extract("$tuple_0", '$[1]') AS VARCHAR) END, 'null') AS "q",
  "r",
  "s"
FROM (
  SELECT
    "a",
    "b",
    NULLIF(CASE WHEN json_valid(kql_call('array_sort_desc', 'dynamic', 'dynamic,dynamic', CAST("a" AS VARCHAR), CAST("b" AS VARCHAR), kql_turn("a"))) THEN CAST(json_extract(kql_call('array_sort_desc', 'dynamic', 'dynamic,dynamic', CAST("a" AS VARCHAR), CAST("b" AS VARCHAR), kql_turn("a")), '$[1]') AS VARCHAR) END, 'null') AS "r",
    NULLIF(CASE WHEN json_valid(kql_call('array_sort_desc', 'dynamic', 'dynamic,dynamic', CAST("a" AS VARCHAR), CAST('[1]' AS VARCHAR), kql_turn("a"))) THEN CAST(json_extract(kql_call('array_sort_desc', 'dynamic', 'dynamic,dynamic', CAST("a" AS VARCHAR), CAST('[1]' AS VARCHAR), kql_turn("a")), '$[1]') AS VARCHAR) END, 'null') AS "s",
    kql_call('array_sort_asc', 'dynamic', 'dynamic,dynamic,bool', CAST("a" AS VARCHAR), CAST("b" AS VARCHAR), CAST(CAST(false AS VARCHAR) AS VARCHAR), kql_turn("a")) AS "$tuple_0"
  FROM (SELECT * FROM (VALUES ('[3,1,null]', '["x","y","z"]')) AS rows("a", "b"))
)
