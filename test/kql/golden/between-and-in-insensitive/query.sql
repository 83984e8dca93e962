SELECT
  "Id"
FROM "Mail"
WHERE ((("Size" >= 0::BIGINT) AND ("Size" <= 200::BIGINT)) AND (lower("Sender") IN ('ann@contoso.com', 'bob@example.net')))
