SELECT
  "a",
  coalesce(("a" IN (SELECT "b" FROM (
  SELECT *
  FROM (
    SELECT
      1::BIGINT AS "b"
    UNION ALL
    SELECT
      NULL::BIGINT AS "b"
  )
) WHERE "b" IS NOT NULL)), false) AS "In",
  (NOT coalesce(("a" IN (SELECT "b" FROM (
  SELECT *
  FROM (
    SELECT
      1::BIGINT AS "b"
    UNION ALL
    SELECT
      NULL::BIGINT AS "b"
  )
) WHERE "b" IS NOT NULL)), false)) AS "Out"
FROM (SELECT * FROM (VALUES (1::BIGINT), (2::BIGINT), (NULL::BIGINT)) AS rows("a"))
