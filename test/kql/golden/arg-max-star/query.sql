SELECT *
FROM (
  SELECT
    "Id",
    "Timestamp",
    "Score"
  FROM (
    SELECT
      lower("Sender") AS "Column1",
      max("Timestamp") AS "Timestamp",
      coalesce(arg_max_null("Id", "Timestamp"), '') AS "Id",
      coalesce(arg_max_null("Sender", "Timestamp"), '') AS "Sender",
      arg_max_null("Size", "Timestamp") AS "Size",
      coalesce(arg_max_null("Auth", "Timestamp"), '') AS "Auth",
      arg_max_null("Score", "Timestamp") AS "Score",
      arg_max_null("Bulk", "Timestamp") AS "Bulk",
      arg_max_null("Extra", "Timestamp") AS "Extra"
    FROM "Mail"
    GROUP BY 1
  )
)
ORDER BY "Id" ASC NULLS FIRST
