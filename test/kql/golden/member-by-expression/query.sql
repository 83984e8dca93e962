SELECT
  NULLIF(CASE WHEN json_valid('{"a b":{"c":1}}') THEN CAST(json_extract('{"a b":{"c":1}}', '$."a b"') AS VARCHAR) END, 'null') AS "A",
  NULLIF(CASE WHEN json_valid('{"a b":{"c":1}}') THEN CAST(json_extract('{"a b":{"c":1}}', '$."a b".c') AS VARCHAR) END, 'null') AS "B"
