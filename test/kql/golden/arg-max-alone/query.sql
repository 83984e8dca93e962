SELECT
  max("A") AS "A",
  min("B") AS "B"
FROM (SELECT * FROM (VALUES (1::INTEGER, 2::INTEGER), (3::INTEGER, 3::INTEGER)) AS rows("A", "B"))
