SELECT
  l."Url" AS "Url",
  r."Id" AS "Id1",
  r."Size" AS "Size"
FROM (
  SELECT
    "Id",
    "Url"
  FROM "Clicks"
) AS l
JOIN (
  SELECT
    "Id",
    "Size"
  FROM "Mail"
) AS r ON l."Id" = r."Id"
