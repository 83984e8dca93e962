-- Mail with the term dmarc=fail and the clicks on its links, the unclicked too.
-- Tried (ms): this 240; the clicks' own id carried along instead of the CASE 237 to 286; a semi join of the clicks first
-- 242, with late columns 292; an inner join and the rest by anti join 262.
SELECT mail."Timestamp" AS EmailTime, mail.NetworkMessageId, SenderFromAddress, RecipientEmailAddress, Subject,
  click."Timestamp" AS ClickTime,
  CASE WHEN click.NetworkMessageId IS NULL THEN '' ELSE mail.NetworkMessageId END AS NetworkMessageId1,
  coalesce(Url, '') AS Url, coalesce(ActionType, '') AS ActionType
FROM "EmailEvents" mail LEFT JOIN "UrlClickEvents" click ON click.NetworkMessageId = mail.NetworkMessageId
WHERE mail."Timestamp" > $now - 25920000000000
  AND regexp_full_match(AuthenticationDetails, '(?is)(.*[^a-z0-9])?dmarc=fail([^a-z0-9].*)?')
ORDER BY EmailTime DESC
