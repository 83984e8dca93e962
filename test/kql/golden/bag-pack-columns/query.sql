SELECT
  "Id",
  "Value",
  ('{' || '"Id":' || CAST(to_json("Id") AS VARCHAR) || ',"Value":' || coalesce(CAST(to_json("Value") AS VARCHAR), 'null') || '}') AS "Packed"
FROM (SELECT * FROM (VALUES ('a', 1::BIGINT), ('', NULL::BIGINT)) AS rows("Id", "Value"))
