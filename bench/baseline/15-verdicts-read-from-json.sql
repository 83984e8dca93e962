-- Mail by the three checks: each distinct text is read once.
WITH text AS MATERIALIZED (SELECT DISTINCT AuthenticationDetails AS raw FROM "EmailEvents"),
verdict AS MATERIALIZED (
  SELECT raw, coalesce(TRY(json_extract_string(raw, '$.SPF')), '') AS SPF,
    coalesce(TRY(json_extract_string(raw, '$.DKIM')), '') AS DKIM, coalesce(TRY(json_extract_string(raw, '$.DMARC')), '') AS DMARC
  FROM text)
SELECT SPF, DKIM, DMARC, count(*) AS Mails, count(DISTINCT SenderFromDomain) AS Domains
FROM "EmailEvents" JOIN verdict ON verdict.raw = AuthenticationDetails
GROUP BY SPF, DKIM, DMARC
