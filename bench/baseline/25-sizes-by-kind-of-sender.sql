-- The size of mail by language and the first digit in the sender's domain.
SELECT regexp_extract(SenderFromDomain, '^sender([0-9])', 1) AS Series, EmailLanguage, count(*) AS Mails,
  quantile_disc(EmailSize, 0.5) AS Median, quantile_disc(EmailSize, 0.95) AS "Large"
FROM "EmailEvents"
WHERE lower(EmailLanguage) IN ('en', 'de')
GROUP BY 1, 2
