SELECT
  "Row",
  "Text",
  CASE WHEN "~found" THEN "~~Number" ELSE NULL::BIGINT END AS "Number",
  CASE WHEN "~found" THEN "~~Rest" ELSE '' END AS "Rest"
FROM (
  SELECT
    "Row",
    "Text",
    regexp_full_match("Text", '(?s:.*)(?:^a\.b\[c\]: (?:(?s:.*?)), (?:(?s:.*?))$)(?s:.*)') AS "~found",
    CASE WHEN regexp_full_match(regexp_extract("Text", '^a\.b\[c\]: ((?s:.*?)), (?:(?s:.*?))$', 1), '\s*[+-]?\d+\s*|\s*\+?0[xX][0-9a-fA-F]{1,16}\s*') THEN TRY_CAST(regexp_extract("Text", '^a\.b\[c\]: ((?s:.*?)), (?:(?s:.*?))$', 1) AS BIGINT) END AS "~~Number",
    regexp_extract("Text", '^a\.b\[c\]: (?:(?s:.*?)), ((?s:.*?))$', 1) AS "~~Rest"
  FROM (SELECT * FROM (VALUES (1::INTEGER, 'a.b[c]: bad, rest ] of, it'), (2::INTEGER, 'xa.b[c]: 7, rest'), (3::INTEGER, 'a.b[c]: 7, ')) AS rows("Row", "Text"))
)
