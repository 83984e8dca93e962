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
      coalesce(CASE WHEN count("Timestamp") = 0 THEN first("Id") ELSE arg_max_null("Id", "Timestamp") END, '') AS "Id",
      coalesce(CASE WHEN count("Timestamp") = 0 THEN first("Sender") ELSE arg_max_null("Sender", "Timestamp") END, '') AS "Sender",
      CASE WHEN count("Timestamp") = 0 THEN first("Size") ELSE arg_max_null("Size", "Timestamp") END AS "Size",
      coalesce(CASE WHEN count("Timestamp") = 0 THEN first("Auth") ELSE arg_max_null("Auth", "Timestamp") END, '') AS "Auth",
      CASE WHEN count("Timestamp") = 0 THEN first("Score") ELSE arg_max_null("Score", "Timestamp") END AS "Score",
      CASE WHEN count("Timestamp") = 0 THEN first("Bulk") ELSE arg_max_null("Bulk", "Timestamp") END AS "Bulk",
      CASE WHEN count("Timestamp") = 0 THEN first("Extra") ELSE arg_max_null("Extra", "Timestamp") END AS "Extra"
    FROM "Mail"
    GROUP BY 1
  )
)
ORDER BY "Id" ASC NULLS FIRST
