SELECT
  "Row",
  "Text",
  CASE WHEN regexp_full_match(regexp_extract("Text", '^n=((?s:.*?));m=(?:(?s:.*?))$', 1), '\s*[+-]?\d+\s*|\s*\+?0[xX][0-9a-fA-F]{1,16}\s*') THEN TRY_CAST(regexp_extract("Text", '^n=((?s:.*?));m=(?:(?s:.*?))$', 1) AS BIGINT) END AS "Number",
  regexp_extract("Text", '^n=(?:(?s:.*?));m=((?s:.*?))$', 1) AS "Word"
FROM (SELECT * FROM (VALUES (1::INTEGER, 'n=7;m=x'), (2::INTEGER, 'n=;m=x'), (3::INTEGER, 'n=7'), (4::INTEGER, 'an=7;m=')) AS rows("Row", "Text"))
WHERE (regexp_full_match("Text", '(?s:.*)(?:^n=(?:(?s:.*?));m=(?:(?s:.*?))$)(?s:.*)') AND (CASE WHEN regexp_full_match(regexp_extract("Text", '^n=((?s:.*?));m=(?:(?s:.*?))$', 1), '\s*[+-]?\d+\s*|\s*\+?0[xX][0-9a-fA-F]{1,16}\s*') THEN TRY_CAST(regexp_extract("Text", '^n=((?s:.*?));m=(?:(?s:.*?))$', 1) AS BIGINT) END IS NOT NULL))
