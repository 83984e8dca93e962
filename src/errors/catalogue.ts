/**
 * Every error that a person can meet: a stable code, the words with their slots, and what to do about it.
 * `docs/errors.md` is generated from this table. A code is never given a second meaning.
 */
export interface ErrorEntry {
  /** What happened; `{name}` is a slot that the thrower fills. */
  readonly message: string;
  /** What the reader can do. */
  readonly advice: string;
}

export const catalogue = {
  // KQL: the query text
  KQL0001: {
    message: '{text}',
    advice: 'Correct the query at the place shown; the words and code are those of Microsoft’s own parser.',
  },
  KQL0002: {
    message: '{what} is not supported yet',
    advice: 'Rewrite the query without it. docs/kql-support.md lists what runs.',
  },
  KQL0003: { message: 'the query text is empty', advice: 'Give a query, for example: EmailEvents | take 10' },
  KQL0004: {
    message: 'Microsoft’s parser failed on this query: {text}',
    advice: 'The query was not run. Simplify it around the place that looks unusual.',
  },
  KQL0005: { message: '{what}: {text}', advice: 'Change that argument in the query.' },
  KQL0006: { message: 'the query is too large: {text}', advice: 'Split the query or shorten its lists.' },
  KQL0007: {
    message: 'the query failed while it ran: {text}',
    advice: 'Check the values that the expression meets; add a filter before it.',
  },
  KQL0008: { message: 'the query was cancelled: {text}', advice: 'Narrow the query or give it more time.' },
  KQL0009: {
    message: '{command} is a management command, not a query',
    advice: 'A server answers it, as Kusto clients send it (POST /v1/rest/mgmt); docs/server.md lists the commands.',
  },
  KQL0010: {
    message: '{what} over {rows} rows; the limit is {limit}',
    advice: 'Filter or summarize the rows before it.',
  },
  KQL0011: {
    message: 'the stored function {name}: {text}',
    advice: 'Correct the function: its text is in the folder functions of the store, and .alter function replaces it.',
  },
  KQL0012: {
    message: 'externaldata of {url} is not allowed: {text}',
    advice:
      'In mailhunt.yaml, under externaldata: either a line allow: ["{prefix}"] for the network, or files: with a line "{url}": path/of/a/copy below it.',
  },
  KQL0013: {
    message: 'externaldata of {url}: {text}',
    advice: 'Check the address and the file behind it; docs/surroundings.md says what is read.',
  },
  KQL0014: {
    message: 'the watchlist {alias} has no column {column}',
    advice: 'mailhunt.yaml names it as search_key under watchlists; correct it there, or the first line of the file.',
  },
  KQL0015: {
    message: 'the query needs more memory than it may use: {memory}',
    advice: 'Filter, project or summarize earlier, or raise memory in mailhunt.yaml.',
  },
  KQL0016: {
    message: 'the query needs more room on disk for what does not fit into memory than it may use: {spill}',
    advice: 'Filter, project or summarize earlier, or raise spill in mailhunt.yaml.',
  },
  KQL0017: {
    message: 'the watchlist {alias} could not be read: {text}',
    advice: 'Check the file {file}: a CSV file with a line of names.',
  },
  KQL0018: {
    message: '{what} takes too much at a time: a chunk of rows may take {limit}',
    advice: 'Filter the rows before it, or shorten what it works on: nobody else is answered meanwhile.',
  },
  // Store: the embedded database and its journal
  STORE0001: {
    message: 'the store {path} is in use by process {pid}',
    advice: 'Wait for that process, or stop it, or give another folder with --store.',
  },
  STORE0002: {
    message: 'the journal {path} is damaged at byte {offset}: {text}',
    advice:
      'Everything acknowledged before that byte is kept. Keep the file for a look; the store goes on without what follows it.',
  },
  STORE0003: {
    message: 'the disk of {path} is full',
    advice: 'Free some space and run the same command again: it goes on where it stopped.',
  },
  STORE0004: {
    message: 'the store {path} has schema version {found}, newer than this program’s {known}',
    advice: 'Use the newer mailhunt that wrote it, or another folder with --store.',
  },
  STORE0005: {
    message: 'the store {path} could not be opened: {text}',
    advice: 'Check that the folder exists, is writable and holds a mailhunt store.',
  },
  STORE0006: { message: 'there is no table {table}', advice: 'mailhunt tables lists the tables.' },
  STORE0007: {
    message: 'the table {table} has no column {column}',
    advice: 'Fields without a column go into the cell behind the columns, as a JSON object.',
  },
  STORE0008: {
    message: '{count} rows could not be read by the store {path}',
    advice:
      'They are kept in its table _mailhunt_rejected. This is a defect of the program that wrote them: please report it.',
  },
  STORE0009: {
    message: 'rows do not reach the tables of the store {path}: {text}',
    advice: 'They are safe in its journal and are tried again. Free what is short, then open the store again.',
  },
  STORE0010: {
    message: 'a kept message in {path} is damaged at byte {offset}: {text}',
    advice: 'The other messages can be read. Ingest this one again, or restore the store from a backup.',
  },
  STORE0011: {
    message: 'a message cannot be kept: {text}',
    advice: 'Ingest it with --no-keep: its rows come in all the same.',
  },
  STORE0012: {
    message: 'the backup {path} is refused: {text}',
    advice: 'Nothing was restored. Take another backup, or have this one copied again from where it was made.',
  },
  STORE0013: {
    message: 'the backup {path} was made by mailhunt {version}, and this program does not know its {what}',
    advice: 'Restore it with that mailhunt or a newer one.',
  },
  STORE0014: {
    message: 'the folder {path} is not empty',
    advice: 'A restore writes a new store: name a folder that is not there yet with --store.',
  },
  STORE0015: {
    message: 'nobody is purged: {text}',
    advice: 'Name a person by address, user principal name, object id or SID, as it stands in the tables.',
  },
  // Ingest: what comes in
  INGEST0001: {
    message: '{file} line {line}: {text}',
    advice: 'The line was set aside; correct it and ingest the file again.',
  },
  INGEST0002: { message: '{file} could not be read: {text}', advice: 'Check the path and its permissions.' },
  INGEST0003: {
    message: 'cannot tell which table {file} belongs to',
    advice: 'Name it: mailhunt ingest --table EmailEvents FILE',
  },
  INGEST0004: {
    message: '{file}: unknown format',
    advice:
      'Give mail (.eml, mbox, Maildir, tar, zip) or an export of Defender advanced hunting (JSON lines, JSON, CSV), or say which with --format.',
  },
  INGEST0006: {
    message: '{file} was not read to its end: {text}',
    advice: 'What came before is in. Unpack it yourself and ingest the folder.',
  },
  INGEST0007: { message: '{file} is {what}, which is not read', advice: '{advice}' },
  // Mail: what authenticating a message needs
  MAIL0001: {
    message: 'no DNS server answers: {failure}',
    advice:
      'Check the network and the name servers of this machine, or give kept answers with --dns ZONEFILE. Nothing was decided.',
  },
  MAIL0002: {
    message: '{file} line {line}: {text}',
    advice:
      'Correct the zone file there. It is read as RFC 1035 section 5 says, with A, AAAA, MX, TXT, PTR and CNAME records.',
  },
  // Evidence: what is looked up about a message
  EVID0001: {
    message: 'EmailEvents has no message {id}',
    advice: 'Give the NetworkMessageId of a row of EmailEvents, or the message itself as an .eml file.',
  },
  // Investigation
  INV0001: {
    message: 'investigation_weights in the settings: {text}',
    advice: 'The table with its rows and words stands in docs/investigate.md.',
  },
  // Rules: files of rules
  RULE0001: { message: '{file} could not be read: {text}', advice: 'Check the path and its permissions.' },
  RULE0002: {
    message: '{file} line {line}, column {column}: {text}',
    advice: 'Correct the file there: it is no {format} as it stands. The other files were read.',
  },
  RULE0003: {
    message: '{file} line {line}, column {column}: {field} {text}',
    advice: 'Correct that field; docs/rule-files.md says what each holds.',
  },
  RULE0004: {
    message: '{file} line {line}, column {column}: {what}; the limit is {limit}',
    advice: 'Shorten or split the file. It was not read.',
  },
  RULE0005: {
    message: '{file} line {line}, column {column}: the id {id} is also that of {other} line {otherLine}',
    advice: 'Give each rule an id of its own, a new GUID; the later one is the copy.',
  },
  RULE0006: {
    message: '{file} line {line}, column {column}: the name {name} is also that of {other} line {otherLine}',
    advice: 'Give each rule a name of its own: tests and companions name rules by it.',
  },
  RULE0007: {
    message: '{file} line {line}, column {column}: the function {name} calls itself: {cycle}',
    advice: 'Break the cycle: KQL functions do not recurse.',
  },
  RULE0008: {
    message: '{file} line {line}, column {column}: the text is not UTF-8',
    advice: 'Save the file as UTF-8. It was not read.',
  },
  RULE0009: {
    message: '{file}: the rule {name} cannot be written back: {text}',
    advice: 'Change the file by hand. It was left as it is.',
  },
  RULE0010: {
    message: 'the feed {file} could not be {done}: {text}',
    advice: 'What was there before is kept as it was. Where a feed is damaged, remove its file to begin it anew.',
  },
  // Settings and the command line
  CONF0001: {
    message: '{file} line {line}, column {column}: {text}',
    advice: 'Correct the setting; docs/settings.md lists them all.',
  },
  CONF0002: {
    message: 'the database of addresses {path} could not be read: {text}',
    advice: 'geo_database in mailhunt.yaml names a MaxMind database such as GeoLite2-City.mmdb.',
  },
  // The lab
  LAB0001: {
    message: '{file}, line {line}, column {column}: {text}',
    advice: 'docs/lab.md shows the form of a scenario. The other files are read all the same.',
  },
  LAB0002: {
    message: '{file}, line {line}, column {column}: {text}',
    advice:
      'Use reserved names (RFC 2606: .example, .test, .invalid, example.com) and addresses (RFC 5737, RFC 3849), or name a domain that is yours with --own-domain.',
  },
  LAB0003: { message: 'there is no case {name} in the lab{hint}', advice: 'mailhunt lab list names them.' },
  LAB0004: {
    message: '{name} is not one of your domains: nothing is built for it',
    advice: 'Add it to accepted_domains in mailhunt.yaml where it is yours, or name it with --own-domain.',
  },
  LAB0005: {
    message: 'the scenarios of {folder} cannot be read: {text}',
    advice: 'Give the folder of scenario files.',
  },
  CLI0001: { message: '{text}', advice: 'mailhunt {command} --help shows the use.' },
  CLI0002: {
    message: 'the mailhunt server at {address} did not answer: {text}',
    advice: 'Start it again with mailhunt serve, or remove a stale {path}.',
  },
  // Policies of the gate
  POLICY0001: {
    message: '{file}, line {line}, column {column}: {text}',
    advice: 'Correct the policy there; docs/policy-files.md lists the predicates and actions.',
  },
  POLICY0010: {
    message: '{file} is no output of Get-TransportRule: {text}',
    advice: 'Write it with Get-TransportRule | ConvertTo-Json -Depth 5 | Out-File -Encoding utf8 rules.json',
  },
  POLICY0011: {
    message: '{file}: {property} of the rule “{rule}” was cut off: {value}',
    advice: 'Write the file again with a greater depth: Get-TransportRule | ConvertTo-Json -Depth 5',
  },

  // Server
  HTTP0001: {
    message: 'the port {port} on {host} is taken',
    advice: 'Stop the other program or give another port: mailhunt serve --port N',
  },
  HTTP0002: {
    message: 'the request body is not what {path} takes: {text}',
    advice: 'See the Kusto REST documentation for the form of the body.',
  },
  HTTP0003: {
    message: 'there is no {method} {path} here',
    advice: 'See docs/server.md for the addresses that this server answers.',
  },
  HTTP0004: {
    message: 'the management command {command} is not supported',
    advice: 'docs/server.md lists the commands that are answered.',
  },
  HTTP0005: {
    message: 'there is no database {database}',
    advice: 'The database is called mail; NetDefaultDB and an empty name mean the same.',
  },
  HTTP0006: {
    message: 'the server is busy: {running} queries run and {waiting} wait',
    advice: 'Try again in a moment.',
  },
  HTTP0007: {
    message: 'the request was refused: {text}',
    advice: 'Send it from a program on this machine, to the address that the server printed; docs/server.md says why.',
  },
  HTTP0008: {
    message: 'the request body is larger than {limit} bytes',
    advice: 'Shorten the query, or split what is sent.',
  },
  HTTP0009: {
    message: 'the query did not end within {seconds} s',
    advice: 'Narrow the query, or raise its servertimeout.',
  },
  HTTP0010: {
    message: 'The results of this query exceed the set limit of {limit}, so not all records were returned',
    advice: 'Narrow it with where, take or summarize, or set the request option notruncation.',
  },
  HTTP0011: {
    message: 'an unexpected error happened inside the server; its log has it under {id}',
    advice: 'This is a defect of mailhunt: please report it with the lines of the log.',
  },
  HTTP0012: {
    message: 'this address needs the token of the store’s owner',
    advice: 'Use the mailhunt commands: they find the token beside the store.',
  },
  HTTP0013: {
    message: 'the request body must be {wanted}, and its Content-Type must say so',
    advice: 'Send the header Content-Type: {wanted}',
  },
  HTTP0014: {
    message: 'cannot listen on {host} port {port}: {text}',
    advice: 'Give another address with --host, or another port with --port (those below 1024 need rights).',
  },
  HTTP0015: {
    message: 'there is a function {name} already',
    advice: 'Replace it with .create-or-alter function, or give another name.',
  },
  HTTP0016: { message: 'there is no function {name}', advice: '.show functions lists them.' },
  HTTP0017: { message: 'there is a table {name}: a function of that name would hide it', advice: 'Give another name.' },
  HTTP0030: {
    message: 'this protocol carries one result, and the query has {count}: the first is answered',
    advice: 'Send one tabular statement, or use the Kusto protocol, which carries them all.',
  },
  // Messages: search, look at, open
  MSG0001: {
    message: 'the search cannot be read: {text}',
    advice: 'Correct the search at the place shown; the help beside the search box lists its words.',
  },
  MSG0002: {
    message: 'there is no message {id}',
    advice: 'Search for it. A file that was opened is kept for an hour: open it again.',
  },
  MSG0003: {
    message: 'the message {id} itself was not kept: its rows are all there is',
    advice: 'Raw mail is kept where mailhunt ingest --keep takes it in; an export of Defender holds rows only.',
  },
  MSG0004: { message: 'that is not one message: {text}', advice: 'Open one .eml file, up to 64 MB.' },
  MSG0005: { message: 'the message has no attachment {number}', advice: 'The tab Attachments lists them.' },
  MSG0006: {
    message: 'taking the message apart did not end within {seconds} s',
    advice:
      'Try again in a moment. A message that is made to take long is read by mailhunt investigate FILE, which has no limit.',
  },
  HTTP0040: {
    message: 'the parameter {name}: {text}',
    advice: 'GET /api/v1/openapi.json says what this address takes.',
  },
  // Access: accounts, sessions, rights
  ACCESS0001: {
    message: 'the network would be let in ({host}), and nobody has to sign in yet',
    advice:
      'Make an admin first: mailhunt users add NAME --role admin. Then start again, with --tls or --behind-proxy; docs/access.md says more.',
  },
  ACCESS0002: {
    message: 'over plain HTTP the network could read passwords and mail on their way to {host}',
    advice: 'Add --tls (a certificate is made), or --behind-proxy https://NAME where a proxy encrypts.',
  },
  ACCESS0003: {
    message: 'this address is for those who have signed in',
    advice: 'Sign in on the page, or send the header Authorization: Bearer TOKEN; mailhunt tokens create makes one.',
  },
  ACCESS0004: {
    message: '{name} lacks the right {right}',
    advice: 'An admin of this server gives it: mailhunt users change, or mailhunt tokens create.',
  },
  ACCESS0005: {
    message: 'the name or the password is wrong',
    advice: 'Try again; mailhunt users passwd NAME sets a new password.',
  },
  ACCESS0006: { message: 'too many attempts to sign in', advice: 'Wait {seconds} s and try again.' },
  ACCESS0007: { message: 'too many requests', advice: 'Wait {seconds} s and try again.' },
  ACCESS0008: {
    message: 'the request does not prove that it comes from the page',
    advice:
      'Reload the page. A program leaves out Cookie, Origin and Sec-Fetch-Site, or sends as X-CSRF-Token what GET /api/v1/me says under csrf.',
  },
  ACCESS0009: {
    message: 'accounts.json in the store’s folder cannot be read: {text}',
    advice: 'Nobody can sign in until it is repaired: mailhunt users list shows whether it is, or bring back a copy.',
  },
  ACCESS0010: { message: 'there is no {kind} {name}', advice: 'mailhunt {kind}s list shows what there is.' },
  ACCESS0011: { message: 'there is a {kind} {name} already', advice: 'Give another name, or remove that one first.' },
  ACCESS0012: { message: 'the password is refused: {text}', advice: 'Take a sentence that nobody else would say.' },
  ACCESS0013: {
    message: 'another command is changing the accounts',
    advice: 'Try again in a moment; where no other runs, remove {file}',
  },
  ACCESS0014: {
    message: 'the certificate {file}: {text}',
    advice: 'Remove the file: a new one is made. Check that the store’s folder can be written to.',
  },
  ACCESS0015: {
    message: 'nobody has to sign in here',
    advice: 'mailhunt users add NAME makes the first account; from then on everybody signs in.',
  },
  HTTP0070: { message: 'there is no saved query {name}', advice: 'GET /api/v1/saved-queries lists them.' },
  HTTP0071: {
    message: 'the saved queries in {path} could not be read or changed: {text}',
    advice: 'Nothing was changed. Mend the file, or move it away: a new one is written.',
  },
  LINT0001: {
    message: 'the lint {lint} failed on the rule {rule} of {file}: {text}',
    advice: 'This is a defect of mailhunt: please report it with the rule. All other lints were run.',
  },
  LINT0002: {
    message: 'the baseline {file} could not be read: {text}',
    advice: 'Write it anew with --write-baseline {file}.',
  },
  LINT0003: {
    message: '{file} could not be written: {text}',
    advice: 'Check the path, its permissions and the space left.',
  },
  // Rules: their proofs (RULE002x)
  RULE0020: {
    message: '{file} line {line}, column {column}: {text}',
    advice: 'Correct the tests there; docs/rule-tests.md shows their form. Other rules are tested all the same.',
  },
  RULE0021: {
    message: 'a rule has one result, this query has {count}',
    advice: 'Keep one tabular statement; what the others find is a rule of its own.',
  },
  RULE0022: {
    message: '{file}: {text}',
    advice: 'Tests stand beside their rule: NAME.test.yaml beside NAME.yaml, NAME.kql, NAME.json or NAME.md.',
  },
  RULE0023: {
    message: 'the query did not end within {seconds} s',
    advice: 'Over the few rows of a test it should take milliseconds: look for what multiplies rows.',
  },
  // Rules: published (RULE003x)
  RULE0030: {
    message: '{file}: the rule {name} cannot go to {target}: {text}',
    advice: 'Add or change that in the file of the rule. The other rules were exported.',
  },
  RULE0031: {
    message: 'one ARM template takes at most 800 resources and 4 MB; these {rules} rules make {bytes} bytes',
    advice: 'Name a folder with --out: each rule becomes a template of its own.',
  },
  // Rules: in the workbench (RULE004x)
  RULE0040: { message: 'there is no rule {rule}', advice: 'GET /api/v1/rules lists them with their keys.' },
  RULE0041: {
    message: '{file} is no name for the file of a rule',
    advice: 'Take small letters, digits, dots and dashes, and the ending .yaml, .json, .kql or .md.',
  },
  RULE0042: {
    message: 'the rule {rule} comes with mailhunt and cannot be removed',
    advice: 'Save one of the same file name: yours counts in its place.',
  },
  RULE0043: {
    message: '{file} and {other} have one name, {key}: only {other} counts',
    advice: 'Give one of the two files another name: a rule is known by that of its file without folder and ending.',
  },
  // Gate: how it is set up (GATE000x)
  GATE0001: {
    message: '{file}, line {line}, column {column}: {text}',
    advice: 'Correct the file there; docs/gateway.md shows one for each MTA.',
  },

  // Gate: the decision, its journal, the quarantine (GATE001x)
  GATE0010: {
    message: 'the journal of the gate in {path} holds {limit} bytes that the store does not have yet',
    advice: 'See why the store takes nothing (mailhunt serve, its disk); the journal empties by itself then.',
  },
  GATE0011: {
    message: 'there is no message {id} in quarantine',
    advice: 'It was released, removed, or its time was over.',
  },
  GATE0012: {
    message: 'the message {id} was not released: {text}',
    advice: 'It stays in quarantine; see why the next hop did not take it and try again.',
  },
  GATE0013: {
    message: 'the message {id} was not released: the gate has no next hop',
    advice: 'Say in gateway.yaml under release where released messages go; docs/gateway-quarantine.md shows it.',
  },
  GATE0014: {
    message: 'the gate does not do what it was asked: {text}',
    advice: 'See its log; a program of another version asks in another way.',
  },
  GATE0015: {
    message: 'the folder of the gate cannot be opened: {path}: {text}',
    advice:
      'One process at a time has it: see whether another gate runs. A path of more than 100 characters is too long for a socket.',
  },
  GATE0016: {
    message: 'the gate that listens on {path} cannot be asked: {text}',
    advice: 'Its socket is for the user who runs the gate: ask as that user, and see whether the gate is well.',
  },
  GATE0017: {
    message: 'no gate runs on the folder {path}',
    advice: 'Start it with mailhunt gateway. Where its folder is another one, say gate_folder in mailhunt.yaml.',
  },
  GATE0018: {
    message: 'the quarantine takes no more: {text}',
    advice:
      'What the policy would keep is put off (452), other mail goes on. Release or remove messages, or raise quarantine in gateway.yaml; see docs/gateway-quarantine.md.',
  },
  GATE0019: {
    message: 'the clock leaped: it says {clock}, where {expected} was expected',
    advice:
      'Nothing goes from quarantine by the new time until it has gone on evenly for a day. Where the clock is wrong, set it.',
  },
  // Gate: the milter (GATE002x)
  GATE0020: {
    message: '{address} is no address of a milter',
    advice: 'Write unix:/run/mailhunt/milter.sock, or inet:8892@127.0.0.1.',
  },
  GATE0021: {
    message: 'the milter cannot listen on {address}: {text}',
    advice: 'See whether another program has it, and whether the folder of a socket file exists and can be written.',
  },
  // Gate: the SMTP proxy (GATE003x)
  GATE0030: {
    message: 'the certificate {cert} with the key {key} cannot be used: {text}',
    advice:
      'Both are PEM files, the certificate with its chain behind it; see whether they belong together and can be read.',
  },
  GATE0031: {
    message: 'the SMTP proxy cannot listen on {address}: {text}',
    advice: 'See whether another program has it. Ports below 1024 need the right to bind them (CAP_NET_BIND_SERVICE).',
  },
  GATE0032: {
    message: 'the numbers of the gate cannot be served on {address}: {text}',
    advice: 'See whether another program has it; metrics in gateway.yaml names another, or none.',
  },
  GATE0033: {
    message: 'the authorities in {path} cannot be used: {text}',
    advice: 'tls_authorities names a PEM file with the certificates of those who sign the next hop’s.',
  },
  // Gate: the quarantine's own disk (GATE004x)
  GATE0040: {
    message: 'the message {id} in quarantine is damaged: {text}',
    advice:
      'The others can be read. Look to the disk; mailhunt quarantine remove ID removes it. Once it has left, its row in EmailEvents may say Quarantine still.',
  },
} as const satisfies Record<string, ErrorEntry>;

/** A code of the catalogue, for example `KQL0002`. */
export type ErrorCode = keyof typeof catalogue;

type Slots<T extends string> = T extends `${string}{${infer Slot}}${infer Rest}` ? Slot | Slots<Rest> : never;

/** The facts that an error's words and advice need: one value for each slot. */
export type Facts<C extends ErrorCode> = {
  readonly [S in Slots<(typeof catalogue)[C]['message']> | Slots<(typeof catalogue)[C]['advice']>]: string | number;
};
