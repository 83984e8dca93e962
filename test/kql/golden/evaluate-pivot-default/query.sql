SELECT *
FROM (
  SELECT
    "EventType",
    CASE WHEN ("AR" IS NULL) THEN 0::BIGINT ELSE "AR" END AS "AR",
    CASE WHEN ("AZ" IS NULL) THEN 0::BIGINT ELSE "AZ" END AS "AZ",
    CASE WHEN ("TX" IS NULL) THEN 0::BIGINT ELSE "TX" END AS "TX",
    CASE WHEN ("its" IS NULL) THEN 0::BIGINT ELSE "its" END AS "its"
  FROM (
    SELECT
      "EventType",
      any_value("$pivot_cell") FILTER (WHERE ("$pivot_value" = 'AR')) AS "AR",
      any_value("$pivot_cell") FILTER (WHERE ("$pivot_value" = 'AZ')) AS "AZ",
      any_value("$pivot_cell") FILTER (WHERE ("$pivot_value" = 'TX')) AS "TX",
      any_value("$pivot_cell") FILTER (WHERE ("$pivot_value" = 'its')) AS "its"
    FROM (
      SELECT
        "EventType",
        "State" AS "$pivot_value",
        count(*) AS "$pivot_cell"
      FROM (SELECT * FROM (VALUES ('Wind', 'TX'), ('Heavy', 'AR'), ('Wind', 'AZ'), ('Wind', 'AZ'), ('Wind', 'its')) AS rows("EventType", "State"))
      GROUP BY 1, 2
    )
    GROUP BY 1
  )
)
ORDER BY "EventType" ASC NULLS FIRST
