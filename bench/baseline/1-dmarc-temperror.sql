-- Mail to us that names an accepted domain as its envelope sender and met a temporary DNS error.
-- contains() is implied by the two comparisons and, unlike the JSON reads, is evaluated once per dictionary entry.
-- Tried (ms): this 262; without contains() 400 (TRY leaves the fast path at each empty text); row ids first, columns
-- after 302; distinct texts first, joined back 1,156. Of the 262, 240 fetch 54 columns of 1,214 scattered rows.
SELECT COLUMNS(name -> NOT starts_with(name, '_')),
  coalesce(TRY(json_extract_string(AuthenticationDetails, '$.SPF')), '') AS SPF,
  coalesce(TRY(json_extract_string(AuthenticationDetails, '$.DMARC')), '') AS DMARC
FROM "EmailEvents"
WHERE EmailDirection = 'Inbound'
  AND SenderMailFromDomain IN ('contoso.com', 'fabrikam.fr')
  AND contains(AuthenticationDetails, 'temperror')
  AND (TRY(json_extract_string(AuthenticationDetails, '$.DMARC')) = 'temperror'
    OR TRY(json_extract_string(AuthenticationDetails, '$.SPF')) = 'temperror')
