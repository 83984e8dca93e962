SELECT *
FROM (
  SELECT
    l."Id" AS "Id",
    l."Sender" AS "Sender",
    coalesce(r."Id", '') AS "Id1",
    coalesce(r."Url", '') AS "Url",
    coalesce(r."Sender", '') AS "Sender1"
  FROM (
    SELECT
      "Id",
      "Sender"
    FROM "Mail"
    WHERE (contains(lower("Auth"), 'dmarc') AND regexp_full_match(lower("Auth"), '(?s)(?:.*[^\p{L}\p{N}])?dmarc(?:[^\p{L}\p{N}].*)?'))
  ) AS l
  LEFT JOIN (
    SELECT
      "Id",
      "Url",
      "sender" AS "Sender"
    FROM "Clicks"
  ) AS r ON l."Id" = r."Id"
)
ORDER BY "Id" ASC NULLS FIRST, "Url" ASC NULLS FIRST
