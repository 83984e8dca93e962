SELECT
  "Id",
  regexp_extract("Auth", '"DKIM":"([a-z]+)', 1) AS "Dkim"
FROM "Mail"
