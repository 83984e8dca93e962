-- Mail of the last hour whose checks failed together, or whose two sender domains differ.
-- "IntraOrg" is what the hunt says; the column holds "Intra-org".
-- The hour is a handful of row groups (the file is in day order): what remains is a few thousand rows.
WITH judged AS (
  SELECT *,
    regexp_extract(AuthenticationDetails, 'spf=([a-z]+)', 1) AS SPFResult,
    regexp_extract(AuthenticationDetails, 'dkim=([a-z]+)', 1) AS DKIMResult,
    regexp_extract(AuthenticationDetails, 'dmarc=([a-z]+)', 1) AS DMARCResult
  FROM "EmailEvents"
  WHERE "Timestamp" > $now - 36000000000
    AND EmailDirection IN ('Inbound', 'IntraOrg')
    AND DeliveryAction <> 'Blocked')
SELECT "Timestamp", NetworkMessageId, SenderFromAddress, SenderMailFromAddress, SenderFromDomain, SenderMailFromDomain,
  RecipientEmailAddress, Subject, SPFResult, DKIMResult, DMARCResult,
  lower(SenderFromDomain) <> lower(SenderMailFromDomain) AS DomainMismatch,
  (SPFResult IN ('fail', 'softfail'))::BIGINT + (DKIMResult = 'fail')::BIGINT + (DMARCResult = 'fail')::BIGINT
    AS AuthFailCount,
  DeliveryAction, DeliveryLocation, ThreatTypes, ConfidenceLevel
FROM judged
WHERE (SPFResult IN ('fail', 'softfail', 'none') AND DKIMResult IN ('fail', 'none')
    AND DMARCResult IN ('fail', 'none', 'bestguesspass'))
  OR (SenderFromDomain <> SenderMailFromDomain AND SenderFromDomain <> '' AND SenderMailFromDomain <> '')
ORDER BY "Timestamp" DESC
