SELECT
  "Id"
FROM "Mail"
WHERE ((contains(lower("Auth"), 'dkim":"fail') AND regexp_matches(lower("Auth"), '(?:^|[^\p{L}\p{N}])dkim":"fail(?:$|[^\p{L}\p{N}])')))
