SELECT
  "Id"
FROM "Mail"
WHERE ((contains(lower("Auth"), 'dkim') AND regexp_matches(lower("Auth"), '(?:^|[^\p{L}\p{N}])dkim(?:$|[^\p{L}\p{N}])')) AND (NOT starts_with(lower("Sender"), 'ann')))
