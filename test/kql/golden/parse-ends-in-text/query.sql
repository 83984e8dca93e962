SELECT
  "Row",
  "Text",
  CASE WHEN (regexp_full_match("Text", '(?s:.*)(?:^to=(?:(?s:.*?));$)(?s:.*)')) THEN regexp_extract("Text", '^to=((?s:.*?));$', 1) ELSE '' END AS "Name"
FROM (SELECT * FROM (VALUES (1::INTEGER, 'to=ann;'), (2::INTEGER, 'to=a;b;'), (3::INTEGER, 'to=ann; x'), (4::INTEGER, '(to=ann;'), (5::INTEGER, '')) AS rows("Row", "Text"))
