SELECT
  l."Url" AS "Url",
  r."Size" AS "Size"
FROM (
  SELECT
    "Id",
    "Url"
  FROM "Clicks"
) AS l
LEFT JOIN (
  SELECT
    "Id",
    "Size"
  FROM "Mail"
) AS r ON l."Id" = r."Id"
