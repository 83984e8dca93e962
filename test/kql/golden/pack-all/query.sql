SELECT
  ('{' || concat_ws(',', '"Number":' || coalesce(CAST(to_json("Number") AS VARCHAR), 'null'), '"Text":' || CAST(to_json("Text") AS VARCHAR), '"Bag":' || coalesce("Bag", 'null')) || '}') AS "All",
  ('{' || concat_ws(',', CASE WHEN NOT ("Number" IS NULL) THEN '"Number":' || coalesce(CAST(to_json("Number") AS VARCHAR), 'null') END, CASE WHEN NOT ("Text" = '') THEN '"Text":' || CAST(to_json("Text") AS VARCHAR) END, CASE WHEN NOT (coalesce("Bag", '""') = '""') THEN '"Bag":' || coalesce("Bag", 'null') END) || '}') AS "Filled"
FROM (SELECT * FROM (VALUES (1::INTEGER, '', NULL::VARCHAR), (NULL::INTEGER, 'it''s "x"', '{"a":1}')) AS rows("Number", "Text", "Bag"))
