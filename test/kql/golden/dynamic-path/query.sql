SELECT
  "Id",
  coalesce(CASE WHEN regexp_full_match("Auth", '\{"[^"\\[:cntrl:]]*":"[^"\\[:cntrl:]]*"(,"[^"\\[:cntrl:]]*":"[^"\\[:cntrl:]]*")*\}') THEN regexp_extract("Auth", '[{,]"SPF":"([^"]*)"', 1) ELSE CASE WHEN json_valid("Auth") THEN json_extract_string("Auth", '$.SPF') END END, '') AS "Spf",
  NULLIF(CASE WHEN json_valid("Extra") THEN CAST(json_extract("Extra", '$.a[1]') AS VARCHAR) END, 'null') AS "Second"
FROM "Mail"
WHERE ((coalesce(CASE WHEN regexp_full_match("Auth", '\{"[^"\\[:cntrl:]]*":"[^"\\[:cntrl:]]*"(,"[^"\\[:cntrl:]]*":"[^"\\[:cntrl:]]*")*\}') THEN regexp_extract("Auth", '[{,]"SPF":"([^"]*)"', 1) ELSE CASE WHEN json_valid("Auth") THEN json_extract_string("Auth", '$.SPF') END END, '') = 'fail') OR (NOT ("Extra" IS NULL)))
