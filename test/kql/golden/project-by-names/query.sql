SELECT
  "Sender",
  "Id",
  "Size"
FROM "Mail"
WHERE ("Id" = 'm1')
