import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { MailhuntError } from '../../../src/errors/index.ts';
import { defaultMilterLimits } from '../../../src/gateway/milter/index.ts';
import { gatewaySchema, gatewaySettingsPage, readSetup } from '../../../src/gateway/setup/index.ts';
import { hopTimeouts, smtpLimits, smtpTimeouts } from '../../../src/gateway/smtp/index.ts';

const read = (text: string) => readSetup(text, '/etc/mailhunt/gateway.yaml', '/var/lib/mailhunt');
const wrong = (text: string): string => {
  try {
    read(text);
    return 'nothing';
  } catch (error) {
    assert.ok(error instanceof MailhuntError && error.code === 'GATE0001', String(error));
    return error.message.replace('/etc/mailhunt/gateway.yaml, ', '');
  }
};

const least = 'hostname: mx.example.com\nmilter: inet:8892@127.0.0.1\n';
const whole = `hostname: mx.example.com
also_known_as: [mail.example.com]
policy: policy.yaml
on_trouble: open
keep_messages: true
threads: 2
folder: gate
journal_limit: 2 GB
dns_time: 5s
ruling_time: 20s
grace: 1m
metrics: 127.0.0.1:9182
refusals: 0
loops: { received: 120, passes: 3 }
quarantine: { size: 2 GB, messages: 500 }
seal: { domain: example.com, selector: gate, key: seal.pem }
smtp:
  listen: 0.0.0.0:25
  certificate: { cert: mx.pem, key: mx.key }
  next_hop:
    address: 127.0.0.1:10026
    tls: required
    name: mail.example.com
    tls_authorities: ca.pem
    tells: none
    timeouts: { connect: 5s, data_termination: 5m }
  balancers: 192.0.2.1
  relay: [192.0.2.0/24, "2001:db8::/32"]
  own: [198.51.100.0/24]
  limits: { message: 20 MB, per_client_minute: 10, text_line: 2 KB, stress: 0.5 }
  timeouts: { greeting_pause: 2s, command: 1m }
milter:
  listen: unix:/run/mailhunt/milter.sock
  mode: 0666
  own: 10.0.0.0/8
  oversize: accept
  limits: { message: 30 MB, memory: 160 MB, ruling: 1m }
`;

describe('gateway.yaml', () => {
  it('the least: everything at its usual value', () => {
    const setup = read(least);
    assert.deepEqual(setup.milter, {
      listen: { kind: 'inet', host: '127.0.0.1', port: 8892 },
      mode: 0o660,
      own: ['127.0.0.0/8', '::1'],
      oversize: 'refuse',
      limits: defaultMilterLimits,
    });
    assert.deepEqual(setup.quarantine, { bytes: 4 * 2 ** 30, messages: 100_000, share: 0.25 });
    const { folder, journalLimit, dnsTime, rulingTime, grace, metrics, refusals, loops, onTrouble } = setup;
    assert.deepEqual(
      { folder, journalLimit, dnsTime, rulingTime, grace, metrics, refusals, loops, onTrouble },
      {
        folder: '/var/lib/mailhunt/gate',
        journalLimit: 2 ** 30,
        dnsTime: 10_000,
        rulingTime: 30_000,
        grace: 30_000,
        metrics: undefined,
        refusals: 60,
        loops: { received: 100, passes: 5 },
        onTrouble: 'closed',
      },
    );
    const { smtp } = read(
      'hostname: mx.example.com\nsmtp: { listen: 127.0.0.1:25, next_hop: { address: /run/hop } }\n',
    );
    assert.deepEqual(
      [smtp!.networks.own, smtp!.limits, smtp!.timeouts, smtp!.nextHop.timeouts, smtp!.nextHop.target],
      [
        // Not loopback, as for the milter: who comes from there is a proxy that may not say for whom.
        [],
        smtpLimits,
        smtpTimeouts,
        hopTimeouts,
        { address: { path: '/run/hop' }, tls: 'opportunistic', tells: 'XFORWARD' },
      ],
    );
  });

  it('all of it; what is said counts, what is not said stays', () => {
    const { smtp, milter, ...rest } = read(whole);
    assert.deepEqual(
      [rest.journalLimit, rest.dnsTime, rest.rulingTime, rest.grace, rest.metrics, rest.refusals, rest.loops],
      [2 ** 31, 5_000, 20_000, 60_000, { host: '127.0.0.1', port: 9182 }, 0, { received: 120, passes: 3 }],
    );
    assert.deepEqual(rest.quarantine, { bytes: 2 ** 31, messages: 500, share: 0.25 });
    assert.deepEqual(smtp!.limits, {
      ...smtpLimits,
      ...{ message: 20 * 2 ** 20, perClientMinute: 10, textLine: 2_048, stress: 0.5 },
    });
    assert.deepEqual(smtp!.timeouts, { ...smtpTimeouts, greetingPause: 2_000, command: 60_000 });
    assert.deepEqual(smtp!.nextHop.timeouts, { ...hopTimeouts, connect: 5_000, dataTermination: 300_000 });
    assert.equal(smtp!.nextHop.authorities, '/etc/mailhunt/ca.pem');
    assert.deepEqual(smtp!.networks, {
      balancers: ['192.0.2.1'],
      attributes: [],
      relay: ['192.0.2.0/24', '2001:db8::/32'],
      own: ['198.51.100.0/24'],
      normalise: [],
    });
    assert.deepEqual(milter, {
      listen: { kind: 'unix', path: '/run/mailhunt/milter.sock' },
      mode: 0o666,
      own: ['10.0.0.0/8'],
      oversize: 'accept',
      limits: { ...defaultMilterLimits, messageBytes: 30 * 2 ** 20, heldBytes: 160 * 2 ** 20, ruling: 60_000 },
    });
  });

  const smtp = (more: string) =>
    `hostname: mx.example.com\nsmtp:\n  listen: 127.0.0.1:25\n  next_hop: { address: 127.0.0.1:26 }\n${more}`;
  for (const [text, expected] of [
    [`${least}journal_limit: 5\n`, 'line 3, column 16: journal_limit: is a size such as 64 KB, 50 MB or 1 GB'],
    [`${least}journal_limit: 5 KB\n`, 'line 3, column 16: journal_limit: is from 1 MB to 1 TB'],
    [`${least}grace: 1h\n`, 'line 3, column 8: grace: is from 0ms to 10m'],
    [`${least}dns_time: 30s\n`, 'line 3, column 11: dns_time: ruling_time (30s) must be longer than dns_time (30s)'],
    [`${least}loops: { received: 50 }\n`, 'line 3, column 20: loops.received: is a whole number from 100 to 1000'],
    [`${least}metrics: 9182\n`, 'line 3, column 10: metrics: "9182" is no address such as 127.0.0.1:10025'],
    [
      smtp('  limits: { message: 300 MB }\n'),
      'line 5, column 22: smtp.limits.message: a message of 300 MB would find no room: with this memory the largest has 96 MB',
    ],
    [
      smtp('  limits: { memory: 64 MB }\n'),
      'line 5, column 21: smtp.limits.memory: a message of 50 MB would find no room: with this memory the largest has 12 MB',
    ],
    [
      smtp('  limits: { mesage: 3 MB }\n'),
      'line 5, column 13: smtp.limits: there is no field "mesage"; did you mean message?',
    ],
    [
      smtp('  limits: { stress: 2 }\n'),
      'line 5, column 21: smtp.limits.stress: is a share such as 0.8: above 0, at most 1',
    ],
    [
      smtp('  limits: { recipients: 10 }\n'),
      'line 5, column 25: smtp.limits.recipients: is a whole number from 100 to 100000',
    ],
    [smtp('  timeouts: { verdict: 11m }\n'), 'line 5, column 24: smtp.timeouts.verdict: is from 1s to 10m'],
    ['hostname: mx.example.com\nsmtp: { listen: 127.0.0.1:25 }\n', 'line 2, column 7: smtp: needs next_hop'],
    [
      'hostname: mx.example.com\nmilter:\n  listen: inet:1@::1\n  mode: 0999\n',
      'line 4, column 9: milter.mode: is a file mode such as 0660',
    ],
    [
      'hostname: mx.example.com\nmilter: { listen: inet:1@::1, limits: { message: 60 MB, memory: 256 MB } }\n',
      'line 2, column 65: milter.limits.memory: a message of 60 MB would find no room: with this memory the largest has 48 MB',
    ],
  ] as const)
    it(expected, () => assert.equal(wrong(text), expected));

  it('as JSON Schema: takes what is right, and knows names, kinds and what must be there', () => {
    const isValid = new Ajv2020({ strict: false, formats: { hostname: true } }).compile(gatewaySchema());
    for (const text of [least, whole]) assert.ok(isValid(parse(text)), JSON.stringify(isValid.errors));
    for (const text of [
      'milter: inet:8892@127.0.0.1\n',
      'hostname: mx.example.com\n',
      `${least}journal_limit: 5\n`,
      `${least}jornal_limit: 5 GB\n`,
      smtp('  limits: { mesage: 3 MB }\n'),
      'hostname: mx.example.com\nsmtp: { listen: 127.0.0.1:25 }\n',
    ])
      assert.ok(!isValid(parse(text)), text);
  });

  it('its page names every field', () => {
    const page = gatewaySettingsPage();
    for (const name of ['hostname', 'per_client_minute', 'data_termination', 'header_fields', 'passes'])
      assert.match(page, new RegExp(`^\\| \`${name}\` \\|`, 'm'), name);
    assert.match(page, /^## smtp\.next_hop\.timeouts$/m);
  });
});
