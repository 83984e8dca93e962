SELECT
  "Id",
  (CASE WHEN (contains(lower("Auth"), 'fail') AND regexp_full_match(lower("Auth"), '(?s)(?:.*[^\p{L}\p{N}])?fail(?:[^\p{L}\p{N}].*)?')) THEN 1::BIGINT ELSE 0::BIGINT END + CASE WHEN "Bulk" THEN 1::BIGINT ELSE 0::BIGINT END) AS "Fails"
FROM "Mail"
