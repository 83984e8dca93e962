SELECT
  "Text",
  "Extra",
  "Bag",
  "Bag_a",
  NULLIF(CASE WHEN json_valid("Extra") THEN CAST(json_extract("Extra", '$.a') AS VARCHAR) END, 'null') AS "Extra_a",
  length(coalesce(CASE WHEN json_valid("Text") THEN json_extract_string("Text", '$') END, '')) AS "strlen_Text"
FROM (
  SELECT
    CAST(to_json(string_split("Text", '_')) AS VARCHAR) AS "Text",
    CASE WHEN json_valid("Extra") AND NOT (regexp_matches("Extra", '(?i)nan|inf') AND regexp_matches(regexp_replace("Extra", '"(?:[^"\\]|\\.)*"', '', 'g'), '(?i)nan|inf')) THEN NULLIF(CAST(json("Extra") AS VARCHAR), 'null') WHEN "Extra" <> '' THEN CAST(to_json("Extra") AS VARCHAR) END AS "Extra",
    "Bag",
    NULLIF(CASE WHEN json_valid("Bag") THEN CAST(json_extract("Bag", '$.a') AS VARCHAR) END, 'null') AS "Bag_a"
  FROM (SELECT * FROM (VALUES ('1_2', '{"a":7}', '{"a":5}')) AS rows("Text", "Extra", "Bag"))
)
