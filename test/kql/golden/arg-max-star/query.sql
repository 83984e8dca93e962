SELECT *
FROM (
  SELECT
    "Id",
    "Timestamp",
    "Score"
  FROM (
    SELECT *
    FROM (
      SELECT
        "Timestamp",
        "Id",
        "Sender",
        "Score"
      FROM "Mail"
    )
    QUALIFY row_number() OVER (PARTITION BY lower("Sender") ORDER BY "Timestamp" DESC NULLS LAST) <= 1
  )
)
ORDER BY "Id" ASC NULLS FIRST
