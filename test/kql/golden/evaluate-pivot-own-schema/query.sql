SELECT *
FROM (
  SELECT
    "k",
    CASE WHEN ("AR" IS NULL) THEN 0::BIGINT ELSE "AR" END AS "AR"
  FROM (
    SELECT
      "k",
      any_value("$pivot_cell") FILTER (WHERE ("$pivot_value" = 'AR')) AS "AR"
    FROM (
      SELECT
        "k",
        "State" AS "$pivot_value",
        count(*) AS "$pivot_cell"
      FROM (SELECT * FROM (VALUES ('a', 'TX'), ('b', 'AR'), ('b', 'AR')) AS rows("k", "State"))
      GROUP BY 1, 2
    )
    GROUP BY 1
  )
)
ORDER BY "k" ASC NULLS FIRST
