SELECT
  l."Id" AS "Id"
FROM (
  SELECT
    "Id"
  FROM "Mail"
) AS l
ANTI JOIN (
  SELECT
    "Id"
  FROM "Clicks"
) AS r ON l."Id" = r."Id"
