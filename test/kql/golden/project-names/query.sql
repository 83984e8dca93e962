SELECT
  "c" AS "d",
  "a",
  "b",
  "ab" AS "odd name"
FROM (SELECT * FROM (VALUES (1::BIGINT, 'x', 2.5::DOUBLE, true)) AS rows("b", "a", "ab", "c"))
