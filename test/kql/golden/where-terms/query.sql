SELECT
  "Id"
FROM "Mail"
WHERE ((contains(lower("Auth"), 'dkim') AND regexp_full_match(lower("Auth"), '(?s)(?:.*[^\p{L}\p{N}])?dkim(?:[^\p{L}\p{N}].*)?')) AND (NOT starts_with(lower("Sender"), 'ann')))
