SELECT
  "Kind",
  (coalesce(CASE WHEN json_valid("Kind") THEN json_extract_string("Kind", '$') END, '') IN (SELECT "Name" FROM (
  SELECT *
  FROM (SELECT * FROM (VALUES ('docx'), ('5')) AS rows("Name"))
))) AS "Same",
  (lower(coalesce(CASE WHEN json_valid("Kind") THEN json_extract_string("Kind", '$') END, '')) IN (SELECT lower("Name") FROM (
  SELECT *
  FROM (SELECT * FROM (VALUES ('docx'), ('5')) AS rows("Name"))
))) AS "Folded"
FROM (SELECT * FROM (VALUES ('"docx"'), ('"DOCX"'), ('5'), (NULL::VARCHAR)) AS rows("Kind"))
