SELECT
  coalesce(first("a"), '') AS "a",
  first("b") AS "b",
  coalesce(first("a"), '') AS "any_a",
  first("b") AS "any_b",
  coalesce(any_value(nullif("a", '')), '') AS "a1"
FROM (SELECT * FROM (VALUES ('', 1::BIGINT), ('y', 2::BIGINT)) AS rows("a", "b"))
