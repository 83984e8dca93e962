SELECT *
FROM (
  SELECT
    "k",
    CASE WHEN ("AR" IS NULL) THEN '[]' ELSE "AR" END AS "AR",
    CASE WHEN ("TX" IS NULL) THEN '[]' ELSE "TX" END AS "TX"
  FROM (
    SELECT
      "k",
      any_value("$pivot_cell") FILTER (WHERE ("$pivot_value" = 'AR')) AS "AR",
      any_value("$pivot_cell") FILTER (WHERE ("$pivot_value" = 'TX')) AS "TX"
    FROM (
      SELECT
        "k",
        "State" AS "$pivot_value",
        coalesce(CASE WHEN len(list("v")) > 1048576 THEN error('mailhunt-error {"code":"KQL0005","facts":{"what":"make_list","text":"the array has more than 1048576 elements; name a size to take so many"}}') ELSE CAST(to_json(list("v")) AS VARCHAR) END, '[]') AS "$pivot_cell"
      FROM (SELECT * FROM (VALUES ('a', 'TX', '1'), ('b', 'AR', '2')) AS rows("k", "State", "v"))
      GROUP BY 1, 2
    )
    GROUP BY 1
  )
)
ORDER BY "k" ASC NULLS FIRST
