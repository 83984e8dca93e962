SELECT *
FROM (
  SELECT
    ("Timestamp" - "Timestamp" % 864000000000::BIGINT) AS "Timestamp",
    count(*) AS "Messages",
    count(DISTINCT lower("Sender")) AS "Senders",
    min("Timestamp") AS "First"
  FROM "Mail"
  GROUP BY 1
)
ORDER BY "Timestamp" DESC NULLS LAST
