-- Mail with a phishing verdict and the clicks that were let through.
SELECT mail."Timestamp", mail.NetworkMessageId, SenderFromAddress, RecipientEmailAddress, AccountUpn, Url,
  click."Timestamp" AS ClickTime
FROM "EmailEvents" mail JOIN "UrlClickEvents" click ON click.NetworkMessageId = mail.NetworkMessageId
WHERE regexp_full_match(mail.ThreatTypes, '(?is)(.*[^a-z0-9])?phish([^a-z0-9].*)?')
  AND Workload = 'Email' AND lower(ActionType) IN ('clickallowed', 'urlscaninprogress')
