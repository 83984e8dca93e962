SELECT
  "Id"
FROM "Mail"
WHERE ((contains(lower("Auth"), 'dkim":"fail') AND regexp_full_match(lower("Auth"), '(?s)(?:.*[^\p{L}\p{N}])?dkim":"fail(?:[^\p{L}\p{N}].*)?')))
