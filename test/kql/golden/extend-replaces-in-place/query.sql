SELECT
  "Timestamp",
  "Id",
  "Sender",
  ("Size" // 2::BIGINT) AS "Size",
  "Score",
  "Bulk",
  length("Id") AS "strlen_Id",
  CASE WHEN 60::BIGINT = -1 THEN 0 * "Size" WHEN ("Size" % nullif(60::BIGINT, -1)) < 0 THEN ("Size" % nullif(60::BIGINT, -1)) + 60::BIGINT ELSE ("Size" % nullif(60::BIGINT, -1)) END AS "Less"
FROM "Mail"
