-- The newest row of each message of a day. Both recipients of a message have its time: which row stays is open.
SELECT NetworkMessageId, COLUMNS(name -> name <> 'NetworkMessageId' AND NOT starts_with(name, '_'))
FROM "EmailEvents"
WHERE "Timestamp" > $now - 864000000000
QUALIFY row_number() OVER (PARTITION BY NetworkMessageId ORDER BY "Timestamp" DESC) = 1
