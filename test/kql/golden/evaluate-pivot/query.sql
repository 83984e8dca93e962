SELECT *
FROM (
  SELECT
    "EventType",
    "AR",
    "AZ",
    ("AR" + "AZ") AS "Both"
  FROM (
    SELECT
      "EventType",
      CASE WHEN ("AR" IS NULL) THEN 0::BIGINT ELSE "AR" END AS "AR",
      CASE WHEN ("AZ" IS NULL) THEN 0::BIGINT ELSE "AZ" END AS "AZ"
    FROM (
      SELECT
        "EventType",
        any_value("$pivot_cell") FILTER (WHERE ("$pivot_value" = 'AR')) AS "AR",
        any_value("$pivot_cell") FILTER (WHERE ("$pivot_value" = 'AZ')) AS "AZ"
      FROM (
        SELECT
          "EventType",
          "State" AS "$pivot_value",
          CAST(coalesce(sum("Deaths"), 0) AS BIGINT) AS "$pivot_cell"
        FROM (SELECT * FROM (VALUES ('Heavy', 'AR', 'x', 1::BIGINT), ('Wind', 'AZ', 'y', 0::BIGINT), ('Wind', 'AZ', 'y', 6::BIGINT), ('Wind', 'AR', 'z', NULL::BIGINT)) AS rows("EventType", "State", "Source", "Deaths"))
        GROUP BY 1, 2
      )
      GROUP BY 1
    )
  )
)
ORDER BY "EventType" ASC NULLS FIRST
