SELECT *
FROM (
  SELECT
    "How",
    "Row",
    "Name",
    "Total",
    "At"
  FROM (
    SELECT
      "Row",
      CASE WHEN (regexp_full_match("Text", '(?s:.*)(?:\A.*name=(?:.*),.*\z)(?s:.*)')) THEN regexp_extract("Text", '\A.*name=(.*),.*\z', 1) ELSE '' END AS "Name",
      'greedy' AS "How",
      NULL::BIGINT AS "Total",
      NULL::BIGINT AS "At"
    FROM (SELECT * FROM (VALUES (1::INTEGER, 'name=Pipe, total=27, at=2016-02-17 08:40:01, end'), (2::INTEGER, 'NAME=Tube, total=x, at=2016-02-17 08:40:01, end'), (3::INTEGER, 'name=Rest')) AS rows("Row", "Text"))
    UNION ALL
    SELECT
      "Row",
      CASE WHEN (regexp_full_match("Text", '(?s:.*)(?:\A(?i:.*?NAME=(?:.*?),.*?)\z)(?s:.*)')) THEN regexp_extract("Text", '\A(?i:.*?NAME=(.*?),.*?)\z', 1) ELSE '' END AS "Name",
      'lazy' AS "How",
      NULL::BIGINT AS "Total",
      NULL::BIGINT AS "At"
    FROM (SELECT * FROM (VALUES (1::INTEGER, 'name=Pipe, total=27, at=2016-02-17 08:40:01, end'), (2::INTEGER, 'NAME=Tube, total=x, at=2016-02-17 08:40:01, end'), (3::INTEGER, 'name=Rest')) AS rows("Row", "Text"))
    UNION ALL
    SELECT
      "Row",
      '' AS "Name",
      'groups' AS "How",
      CASE WHEN "~conforms" THEN "~~Total" ELSE NULL::BIGINT END AS "Total",
      CASE WHEN "~conforms" THEN "~~At" ELSE NULL::BIGINT END AS "At"
    FROM (
      SELECT
        "Row",
        "~~Total",
        "~~At",
        (coalesce("~found", false) AND ("~~Total" IS NOT NULL) AND ("~~At" IS NOT NULL)) AS "~conforms"
      FROM (
        SELECT
          "Row",
          regexp_full_match("Text", '(?s:.*)(?:\A(?i:(n)ame=([\p{L}\p{M}\p{Nd}\p{Nl}\x{24b6}-\x{24e9}\x{1f130}-\x{1f149}\x{1f150}-\x{1f169}\x{1f170}-\x{1f189}\x{200c}-\x{200d}_\x{203f}-\x{2040}\x{2054}\x{fe33}-\x{fe34}\x{fe4d}-\x{fe4f}\x{ff3f}]+), total=(?:(?:[\-+]?[0-9]+)), (at|on)=(?:.*), end)\z)(?s:.*)') AS "~found",
          CASE WHEN regexp_full_match(regexp_extract("Text", '\A(?i:(n)ame=([\p{L}\p{M}\p{Nd}\p{Nl}\x{24b6}-\x{24e9}\x{1f130}-\x{1f149}\x{1f150}-\x{1f169}\x{1f170}-\x{1f189}\x{200c}-\x{200d}_\x{203f}-\x{2040}\x{2054}\x{fe33}-\x{fe34}\x{fe4d}-\x{fe4f}\x{ff3f}]+), total=((?:[\-+]?[0-9]+)), (at|on)=(?:.*), end)\z', 3), '\s*[+-]?\d+\s*|\s*\+?0[xX][0-9a-fA-F]{1,16}\s*') THEN TRY_CAST(regexp_extract("Text", '\A(?i:(n)ame=([\p{L}\p{M}\p{Nd}\p{Nl}\x{24b6}-\x{24e9}\x{1f130}-\x{1f149}\x{1f150}-\x{1f169}\x{1f170}-\x{1f189}\x{200c}-\x{200d}_\x{203f}-\x{2040}\x{2054}\x{fe33}-\x{fe34}\x{fe4d}-\x{fe4f}\x{ff3f}]+), total=((?:[\-+]?[0-9]+)), (at|on)=(?:.*), end)\z', 3) AS BIGINT) END AS "~~Total",
          list_filter([coalesce(list_transform([regexp_extract(regexp_extract("Text", '\A(?i:(n)ame=([\p{L}\p{M}\p{Nd}\p{Nl}\x{24b6}-\x{24e9}\x{1f130}-\x{1f149}\x{1f150}-\x{1f169}\x{1f170}-\x{1f189}\x{200c}-\x{200d}_\x{203f}-\x{2040}\x{2054}\x{fe33}-\x{fe34}\x{fe4d}-\x{fe4f}\x{ff3f}]+), total=(?:(?:[\-+]?[0-9]+)), (at|on)=(.*), end)\z', 4), '(?i)^\s*(\d{4})(?:\s*([-/,])\s*(\d{1,2})(?:\s*([-/,])\s*(\d{1,2})(?:(?:T|\s+)(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d+))?)?(?:\s*([AP]M))?(?:\s*(Z|GMT|UTC|[+-]\d{1,2}(?::?\d{2})?))?)?)?)?\s*$', ['year', 'mark', 'month', 'mark2', 'day', 'hour', 'minute', 'second', 'fraction', 'half', 'zone'])], lambda p: CASE WHEN p['year'] <> '' AND p['mark2'] IN ('', p['mark']) AND coalesce(TRY_CAST(p['year'] AS INTEGER), 0) > 0 AND CASE WHEN p['half'] = '' THEN coalesce(TRY_CAST(p['hour'] AS INTEGER), 0) WHEN coalesce(TRY_CAST(p['hour'] AS INTEGER), 0) NOT BETWEEN 1 AND 12 THEN 99 ELSE coalesce(TRY_CAST(p['hour'] AS INTEGER), 0) % 12 + CASE WHEN upper(p['half']) = 'PM' THEN 12 ELSE 0 END END < 24 AND coalesce(TRY_CAST(p['minute'] AS INTEGER), 0) < 60 AND coalesce(TRY_CAST(p['second'] AS INTEGER), 0) < 60 AND coalesce(TRY_CAST(regexp_extract(p['zone'], '[+-](\d{1,2})', 1) AS BIGINT), 0) < 15 AND coalesce(TRY_CAST(regexp_extract(p['zone'], '[+-]\d{1,2}:?(\d{2})$', 1) AS BIGINT), 0) < 60 THEN TRY(make_date(coalesce(TRY_CAST(p['year'] AS INTEGER), 0), coalesce(TRY_CAST(p['month'] AS INTEGER), 1), coalesce(TRY_CAST(p['day'] AS INTEGER), 1)) - DATE '0001-01-01') * 864000000000 + ((CASE WHEN p['half'] = '' THEN coalesce(TRY_CAST(p['hour'] AS INTEGER), 0) WHEN coalesce(TRY_CAST(p['hour'] AS INTEGER), 0) NOT BETWEEN 1 AND 12 THEN 99 ELSE coalesce(TRY_CAST(p['hour'] AS INTEGER), 0) % 12 + CASE WHEN upper(p['half']) = 'PM' THEN 12 ELSE 0 END END) * 3600 + coalesce(TRY_CAST(p['minute'] AS INTEGER), 0) * 60 + coalesce(TRY_CAST(p['second'] AS INTEGER), 0)) * 10000000::BIGINT + CAST(rpad(left(p['fraction'], 7), 7, '0') AS BIGINT) - CASE WHEN starts_with(p['zone'], '-') THEN -1 ELSE 1 END * (coalesce(TRY_CAST(regexp_extract(p['zone'], '[+-](\d{1,2})', 1) AS BIGINT), 0) * 60 + coalesce(TRY_CAST(regexp_extract(p['zone'], '[+-]\d{1,2}:?(\d{2})$', 1) AS BIGINT), 0)) * 600000000 END)[1], list_transform([regexp_extract(regexp_extract("Text", '\A(?i:(n)ame=([\p{L}\p{M}\p{Nd}\p{Nl}\x{24b6}-\x{24e9}\x{1f130}-\x{1f149}\x{1f150}-\x{1f169}\x{1f170}-\x{1f189}\x{200c}-\x{200d}_\x{203f}-\x{2040}\x{2054}\x{fe33}-\x{fe34}\x{fe4d}-\x{fe4f}\x{ff3f}]+), total=(?:(?:[\-+]?[0-9]+)), (at|on)=(.*), end)\z', 4), '(?i)^\s*(?:[a-z]{3,9},\s*)?(\d{1,2})([- ])([a-z]{3})([- ])(\d{4}|\d{2})(?:\s+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d+))?)?(?:\s*([AP]M))?(?:\s*(Z|GMT|UTC|[+-]\d{1,2}(?::?\d{2})?))?)?\s*$', ['day', 'mark', 'name', 'mark2', 'year', 'hour', 'minute', 'second', 'fraction', 'half', 'zone'])], lambda p: CASE WHEN p['year'] <> '' AND p['mark2'] = p['mark'] AND (coalesce(TRY_CAST(p['year'] AS INTEGER), 0) + CASE WHEN length(p['year']) > 2 THEN 0 WHEN coalesce(TRY_CAST(p['year'] AS INTEGER), 0) < 50 THEN 2000 ELSE 1900 END) > 0 AND CASE WHEN p['half'] = '' THEN coalesce(TRY_CAST(p['hour'] AS INTEGER), 0) WHEN coalesce(TRY_CAST(p['hour'] AS INTEGER), 0) NOT BETWEEN 1 AND 12 THEN 99 ELSE coalesce(TRY_CAST(p['hour'] AS INTEGER), 0) % 12 + CASE WHEN upper(p['half']) = 'PM' THEN 12 ELSE 0 END END < 24 AND coalesce(TRY_CAST(p['minute'] AS INTEGER), 0) < 60 AND coalesce(TRY_CAST(p['second'] AS INTEGER), 0) < 60 AND coalesce(TRY_CAST(regexp_extract(p['zone'], '[+-](\d{1,2})', 1) AS BIGINT), 0) < 15 AND coalesce(TRY_CAST(regexp_extract(p['zone'], '[+-]\d{1,2}:?(\d{2})$', 1) AS BIGINT), 0) < 60 THEN TRY(make_date((coalesce(TRY_CAST(p['year'] AS INTEGER), 0) + CASE WHEN length(p['year']) > 2 THEN 0 WHEN coalesce(TRY_CAST(p['year'] AS INTEGER), 0) < 50 THEN 2000 ELSE 1900 END), ((strpos('jan feb mar apr may jun jul aug sep oct nov dec', lower(p['name'])) + 3) // 4), coalesce(TRY_CAST(p['day'] AS INTEGER), 1)) - DATE '0001-01-01') * 864000000000 + ((CASE WHEN p['half'] = '' THEN coalesce(TRY_CAST(p['hour'] AS INTEGER), 0) WHEN coalesce(TRY_CAST(p['hour'] AS INTEGER), 0) NOT BETWEEN 1 AND 12 THEN 99 ELSE coalesce(TRY_CAST(p['hour'] AS INTEGER), 0) % 12 + CASE WHEN upper(p['half']) = 'PM' THEN 12 ELSE 0 END END) * 3600 + coalesce(TRY_CAST(p['minute'] AS INTEGER), 0) * 60 + coalesce(TRY_CAST(p['second'] AS INTEGER), 0)) * 10000000::BIGINT + CAST(rpad(left(p['fraction'], 7), 7, '0') AS BIGINT) - CASE WHEN starts_with(p['zone'], '-') THEN -1 ELSE 1 END * (coalesce(TRY_CAST(regexp_extract(p['zone'], '[+-](\d{1,2})', 1) AS BIGINT), 0) * 60 + coalesce(TRY_CAST(regexp_extract(p['zone'], '[+-]\d{1,2}:?(\d{2})$', 1) AS BIGINT), 0)) * 600000000 END)[1], list_transform([regexp_extract(regexp_extract("Text", '\A(?i:(n)ame=([\p{L}\p{M}\p{Nd}\p{Nl}\x{24b6}-\x{24e9}\x{1f130}-\x{1f149}\x{1f150}-\x{1f169}\x{1f170}-\x{1f189}\x{200c}-\x{200d}_\x{203f}-\x{2040}\x{2054}\x{fe33}-\x{fe34}\x{fe4d}-\x{fe4f}\x{ff3f}]+), total=(?:(?:[\-+]?[0-9]+)), (at|on)=(.*), end)\z', 4), '(?i)^\s*(\d{1,2})([-/])(\d{1,2})([-/])(\d{4})(?:(?:T|\s+)(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d+))?)?(?:\s*([AP]M))?(?:\s*(Z|GMT|UTC|[+-]\d{1,2}(?::?\d{2})?))?)?\s*$', ['month', 'mark', 'day', 'mark2', 'year', 'hour', 'minute', 'second', 'fraction', 'half', 'zone'])], lambda p: CASE WHEN p['year'] <> '' AND p['mark2'] = p['mark'] AND coalesce(TRY_CAST(p['year'] AS INTEGER), 0) > 0 AND CASE WHEN p['half'] = '' THEN coalesce(TRY_CAST(p['hour'] AS INTEGER), 0) WHEN coalesce(TRY_CAST(p['hour'] AS INTEGER), 0) NOT BETWEEN 1 AND 12 THEN 99 ELSE coalesce(TRY_CAST(p['hour'] AS INTEGER), 0) % 12 + CASE WHEN upper(p['half']) = 'PM' THEN 12 ELSE 0 END END < 24 AND coalesce(TRY_CAST(p['minute'] AS INTEGER), 0) < 60 AND coalesce(TRY_CAST(p['second'] AS INTEGER), 0) < 60 AND coalesce(TRY_CAST(regexp_extract(p['zone'], '[+-](\d{1,2})', 1) AS BIGINT), 0) < 15 AND coalesce(TRY_CAST(regexp_extract(p['zone'], '[+-]\d{1,2}:?(\d{2})$', 1) AS BIGINT), 0) < 60 THEN TRY(make_date(coalesce(TRY_CAST(p['year'] AS INTEGER), 0), coalesce(TRY_CAST(p['month'] AS INTEGER), 1), coalesce(TRY_CAST(p['day'] AS INTEGER), 1)) - DATE '0001-01-01') * 864000000000 + ((CASE WHEN p['half'] = '' THEN coalesce(TRY_CAST(p['hour'] AS INTEGER), 0) WHEN coalesce(TRY_CAST(p['hour'] AS INTEGER), 0) NOT BETWEEN 1 AND 12 THEN 99 ELSE coalesce(TRY_CAST(p['hour'] AS INTEGER), 0) % 12 + CASE WHEN upper(p['half']) = 'PM' THEN 12 ELSE 0 END END) * 3600 + coalesce(TRY_CAST(p['minute'] AS INTEGER), 0) * 60 + coalesce(TRY_CAST(p['second'] AS INTEGER), 0)) * 10000000::BIGINT + CAST(rpad(left(p['fraction'], 7), 7, '0') AS BIGINT) - CASE WHEN starts_with(p['zone'], '-') THEN -1 ELSE 1 END * (coalesce(TRY_CAST(regexp_extract(p['zone'], '[+-](\d{1,2})', 1) AS BIGINT), 0) * 60 + coalesce(TRY_CAST(regexp_extract(p['zone'], '[+-]\d{1,2}:?(\d{2})$', 1) AS BIGINT), 0)) * 600000000 END)[1])], lambda t: t BETWEEN 0 AND 3155378975999999999)[1] AS "~~At"
        FROM (SELECT * FROM (VALUES (1::INTEGER, 'name=Pipe, total=27, at=2016-02-17 08:40:01, end'), (2::INTEGER, 'NAME=Tube, total=x, at=2016-02-17 08:40:01, end'), (3::INTEGER, 'name=Rest')) AS rows("Row", "Text"))
      )
    )
  )
)
ORDER BY "How" ASC NULLS FIRST, "Row" ASC NULLS FIRST
