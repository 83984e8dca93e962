SELECT *
FROM (
  SELECT *
  FROM (
    SELECT
      "id",
      CAST(coalesce(sum(length("note")), 0) AS BIGINT) AS "approximate_sum_strlen_note"
    FROM (SELECT * FROM (VALUES ('ann', 635556672000000000::BIGINT, '1'), ('ann', 635872032000000000::BIGINT, '2'), ('ann', 636204672000000000::BIGINT, '3'), ('bob', 636204672000000000::BIGINT, '4'), ('bob', 636202944000000000::BIGINT, '5'), ('cid', NULL::BIGINT, '6')) AS rows("id", "at", "note"))
    GROUP BY 1
  )
  ORDER BY "approximate_sum_strlen_note" DESC NULLS LAST
  LIMIT 2
)
ORDER BY "id" ASC NULLS FIRST
