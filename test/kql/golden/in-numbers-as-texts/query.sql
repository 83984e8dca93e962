SELECT
  "Port",
  "Code",
  coalesce(("Port" IN (25::INTEGER, 587::INTEGER)), false) AS "Mail",
  (NOT coalesce(("Port" IN (25::INTEGER)), false)) AS "Other",
  coalesce((CASE WHEN regexp_full_match("Code", '\s*[+-]?\d+\s*|\s*\+?0[xX][0-9a-fA-F]{1,16}\s*') THEN TRY_CAST("Code" AS BIGINT) END = 50126::BIGINT OR CASE WHEN regexp_full_match("Code", '\s*[+-]?\d+\s*|\s*\+?0[xX][0-9a-fA-F]{1,16}\s*') THEN TRY_CAST("Code" AS BIGINT) END = 50053::BIGINT), false) AS "Failed"
FROM (SELECT * FROM (VALUES (25::INTEGER, '0'), (80::INTEGER, '50126'), (NULL::INTEGER, '')) AS rows("Port", "Code"))
