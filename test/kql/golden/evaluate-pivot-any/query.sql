SELECT *
FROM (
  SELECT
    "Device",
    coalesce(any_value(nullif("$pivot_cell", '')) FILTER (WHERE ("$pivot_value" = 'a')), '') AS "a",
    coalesce(any_value(nullif("$pivot_cell", '')) FILTER (WHERE ("$pivot_value" = 'b')), '') AS "b"
  FROM (
    SELECT
      "Device",
      "Tag" AS "$pivot_value",
      coalesce(any_value(nullif("Mark", '')), '') AS "$pivot_cell"
    FROM (SELECT * FROM (VALUES ('a', 'x', 'one'), ('b', 'x', 'one'), ('a', 'x', 'two')) AS rows("Tag", "Mark", "Device"))
    GROUP BY 1, 2
  )
  GROUP BY 1
)
ORDER BY "Device" ASC NULLS FIRST
