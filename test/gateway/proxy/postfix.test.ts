import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, noPostfix, type Postfix, startPostfix } from '../postfix.ts';
import { noSwaks, ran } from '../programs.ts';
import { selfSigned } from './certificates.ts';
import { Client } from './client.ts';
import { madeUpGate, noEdits, type Rig, type RigOptions, startRig } from './rig.ts';

/** What it takes stays in its queue. */
const hold = {
  smtpd_recipient_restrictions: 'check_recipient_access static:HOLD',
  smtpd_relay_restrictions: 'permit_mynetworks,reject',
};

/** The gate as Postfix's before-queue filter: client, Postfix, gate, Postfix again. */
describe('between two servers of one Postfix (smtpd_proxy_filter)', { skip: noPostfix }, () => {
  let postfix: Postfix;
  let rig: Rig;
  const gate = madeUpGate(({ mailFrom }) => {
    const reply = { code: 550, enhanced: '5.7.26', text: 'Rejected by DMARC policy' };
    if (mailFrom.startsWith('forged')) return { course: 'answer', reply };
    return { edits: { ...noEdits, insert: [{ name: 'X-Gate', value: 'seen' }] } };
  });

  before(async () => {
    const gatePort = await freePort();
    postfix = await startPostfix({
      main: { smtpd_authorized_xclient_hosts: '127.0.0.0/8', smtpd_client_restrictions: '' },
      servers: [
        { smtpd_proxy_filter: `127.0.0.1:${gatePort}`, smtpd_relay_restrictions: 'permit_mynetworks,reject' },
        { ...hold, smtpd_authorized_xforward_hosts: '127.0.0.0/8' },
      ],
    });
    rig = await startRig({
      gate,
      networks: { attributes: ['127.0.0.1'], relay: ['127.0.0.1'] },
      target: { address: { host: '127.0.0.1', port: postfix.ports[1]! }, tells: 'XFORWARD' },
      proxy: { listen: { host: '127.0.0.1', port: gatePort } },
    });
  });
  after(async () => {
    await rig?.stop();
    await postfix?.stop();
  });

  /** Speaks to the first Postfix as a client from elsewhere. */
  const from = async (name: string, ip: string): Promise<Client> => {
    const c = await Client.to(postfix.ports[0]!);
    await c.answer();
    await c.say('EHLO test.example');
    assert.match(await c.say(`XCLIENT NAME=${name} ADDR=${ip}`), /^220/);
    return c;
  };

  test('the gate hears of the client itself, and what it adds is in the queue', async () => {
    const c = await from('mail.example.org', '127.0.0.77');
    const said = await c.talk(
      'EHLO mail.example.org',
      'MAIL FROM:<a@example.org> BODY=8BITMIME',
      'RCPT TO:<b@example.com> NOTIFY=FAILURE ORCPT=rfc822;b@example.com',
      'DATA',
      'Subject: a\r\n\r\nHello.\r\n..\r\n.',
    );
    const [, id = ''] = /^250 2\.0\.0 Ok: queued as (\w+)$/.exec(said.at(-1)!) ?? [];
    assert.notEqual(id, '', said.join('\n'));
    const offered = gate.offered.at(-1)!;
    assert.deepEqual(offered.client, {
      ip: '127.0.0.77',
      helo: 'mail.example.org',
      name: 'mail.example.org',
      isAuthenticated: false,
    });
    assert.equal(offered.protocol, 'ESMTP');
    // Postfix writes its Received before the filter, and the Postfix behind the filter one more.
    assert.match(
      offered.bytes.toString(),
      /^Received: from mail\.example\.org[\s\S]+\r\nSubject: a\r\n\r\nHello\.\r\n\.\r\n$/,
    );
    const queued = postfix.run('postcat', '-q', id);
    assert.match(queued, /^X-Gate: seen$/m);
    assert.match(queued, /mail\.example\.org \[127\.0\.0\.77\]|\(mail\.example\.org/);
    assert.match(queued, /Hello\.\n\.\n/);
    assert.match(
      await postfix.log(),
      new RegExp(`${id}: client=.* orig_client=mail\\.example\\.org\\[127\\.0\\.0\\.77\\]`),
    );
  });

  test('its refusal is what the client is told', async () => {
    const c = await from('mail.example.net', '127.0.0.78');
    const said = await c.talk(
      'EHLO mail.example.net',
      'MAIL FROM:<forged@example.org>',
      'RCPT TO:<b@example.com>',
      'DATA',
      'Subject: a\r\n\r\nHello.\r\n.',
    );
    assert.equal(said.at(-1), '550 5.7.26 Rejected by DMARC policy');
    assert.equal(gate.recorded.at(-1)?.code, 550);
  });

  test('swaks sends through both', { skip: noSwaks }, async () => {
    const server = `127.0.0.1:${postfix.ports[0]}`;
    const args = ['--server', server, '--from', 'a@example.org', '--to', 'b@example.com,c@example.com'];
    const { output, status } = await ran('swaks', [...args, '--body', '.a line that begins with a dot']);
    assert.equal(status, 0, output);
    assert.match(output, /250 2\.0\.0 Ok: queued as/);
    assert.match(gate.offered.at(-1)!.bytes.toString(), /\r\n\.a line that begins/);
  });

  test('a hundred messages of smtp-source over ten connections: every one is in the queue', async () => {
    const held = () => [...postfix.run('postqueue', '-p').matchAll(/^[0-9A-F]+!/gm)].length;
    const before = held();
    const args = ['-s', '10', '-m', '100', '-l', '20000', '-f', 'a@example.org', '-t', 'b@example.com'];
    const { status, output } = await ran('smtp-source', [...args, `127.0.0.1:${postfix.ports[0]}`]);
    assert.equal(status, 0, output);
    await sleep(200);
    assert.equal(held() - before, 100);
  });

  test('without the gate the first Postfix defers: nothing passes it by', async () => {
    await rig.proxy.stop(1_000);
    const c = await from('mail.example.org', '127.0.0.77');
    const said = await c.talk('EHLO mail.example.org', 'MAIL FROM:<a@example.org>', 'RCPT TO:<b@example.com>');
    assert.match(said.join('\n'), /^451 4\.3\.0/m);
  });
});

describe('before a Postfix', { skip: noPostfix }, () => {
  let postfix: Postfix;
  before(async () => {
    const sasl = { smtpd_authorized_xclient_hosts: '127.0.0.1' };
    postfix = await startPostfix({ servers: [{ ...hold, ...sasl }] });
  });
  after(() => postfix?.stop());

  const target = () => ({ address: { host: '127.0.0.1', port: postfix.ports[0]! } });

  test('XCLIENT: it takes the gate for the client', async () => {
    const rig = await startRig({ target: { ...target(), tells: 'XCLIENT' } });
    try {
      const id = await queuedId(await rig.client('127.0.0.5'));
      assert.match(await postfix.log(), new RegExp(`${id}: client=[^ ]*\\[127\\.0\\.0\\.5\\]`));
      assert.match(postfix.run('postcat', '-q', id), /from c\.example \(/);
    } finally {
      await rig.stop();
    }
  });

  test('its own word on recipients is the client’s', async () => {
    const rig = await startRig({ target: target(), proxy: { acceptedDomains: ['example.com', 'invalid..example'] } });
    try {
      const c = await rig.client();
      const said = await c.talk('EHLO c.example', 'MAIL FROM:<a@example.org> SMTPUTF8', 'RCPT TO:<Jürgen@example.com>');
      assert.match(said.at(-1)!, /^250 2\.1\.5/);
      assert.match(said[0]!, /SIZE 10240000\|250-ENHANCEDSTATUSCODES\|250-8BITMIME\|250-SMTPUTF8\|250 DSN$/);
    } finally {
      await rig.stop();
    }
  });

  test('stopped in the midst of a session: 451, and written down so', async () => {
    const own = await startPostfix({ servers: [hold] });
    const rig = await startRig({ target: { address: { host: '127.0.0.1', port: own.ports[0]! } } });
    try {
      const c = await rig.client();
      await c.talk('EHLO c.example', 'MAIL FROM:<a@example.org>', 'RCPT TO:<b@example.com>', 'DATA');
      await own.stop();
      assert.match(await c.say('x\r\n.'), /^451 4\.4\.2/);
      assert.match(await c.say('MAIL FROM:<a@example.org>'), /^451 4\.4\.1/);
      assert.deepEqual(
        rig.gate.recorded.map(({ code }) => code),
        [451],
      );
    } finally {
      await rig.stop();
      await own.stop();
    }
  });
});

describe('behind a Postfix', { skip: noPostfix }, () => {
  const letter = ['EHLO c.example', 'MAIL FROM:<a@example.org>'];
  const retries = { minimal_backoff_time: '1s', maximal_backoff_time: '1s', queue_run_delay: '1s' };

  /** A Postfix that sends all it gets to the gate, which stands before a sink. */
  const withClient = async (options: RigOptions, run: (c: Client, rig: Rig) => Promise<void>): Promise<void> => {
    const certificate = await selfSigned('gate.example.com');
    const rig = await startRig({ ...options, proxy: { certificate: certificate.paths } });
    const transport = `smtp:[127.0.0.1]:${rig.proxy.port}`;
    const postfix = await startPostfix({
      main: {
        ...retries,
        default_transport: transport,
        relay_transport: transport,
        smtp_tls_security_level: 'encrypt',
      },
      servers: [{}],
    }).catch(async (error: unknown) => {
      await rig.stop();
      throw error;
    });
    try {
      const c = await Client.to(postfix.ports[0]!);
      await c.answer();
      await run(c, rig);
      c.close();
    } finally {
      await postfix.stop();
      await rig.stop();
    }
  };

  test('it brings recipients of another class in a message of their own, encrypted', () =>
    withClient({}, async (c, { gate, sink }) => {
      await c.talk(
        ...letter,
        'RCPT TO:<b@example.com>',
        'RCPT TO:<vip@example.com>',
        'RCPT TO:<c@example.com>',
        'DATA',
      );
      assert.match(await c.say('Subject: a\r\n\r\nHello.\r\n.'), /^250/);
      await until(() => sink.messages.length === 2);
      assert.deepEqual(
        gate.offered.map(({ recipients }) => recipients),
        [['b@example.com', 'c@example.com'], ['vip@example.com']],
      );
      assert.ok(
        gate.offered.every(({ protocol, client }) => protocol === 'ESMTPS' && client.helo === 'mta.example.com'),
      );
    }));

  test('a next hop that fails at every point: the message comes, once', () => {
    const faults = [
      ['MAIL', 'CLOSE'],
      ['RCPT', '421 4.3.2 Stopping'],
      ['DATA', 'CLOSE'],
      ['DOT', '451 4.3.0 Full'],
    ];
    const fault = (verb: string): string | undefined => {
      if (faults[0]?.[0] !== verb) return undefined;
      return faults.shift()?.[1];
    };
    return withClient({ sink: { answers: {}, fault } }, async (c, { sink, gate }) => {
      await c.talk(...letter, 'RCPT TO:<b@example.com>', 'DATA');
      assert.match(await c.say('Subject: a\r\n\r\nHello.\r\n.'), /^250/);
      await until(() => gate.recorded.at(-1)?.code === 250);
      // The sink has the one that it refused at its end, too.
      assert.equal(sink.messages.length, 2);
      assert.deepEqual(
        gate.recorded.map(({ code }) => code),
        [451, 451, 250],
      );
    });
  });
});

test('TLS to a Postfix, by its certificate', { skip: noPostfix }, async () => {
  const certificate = await selfSigned('next.example.com');
  const { cert, key } = certificate.paths;
  const tls = { smtpd_tls_security_level: 'encrypt', smtpd_tls_cert_file: cert, smtpd_tls_key_file: key };
  const postfix = await startPostfix({ servers: [{ ...hold, ...tls, smtpd_tls_received_header: 'yes' }] });
  const address = { host: '127.0.0.1', port: postfix.ports[0]! };
  const rig = await startRig({
    target: { address, tls: 'required', tlsName: 'next.example.com', tlsAuthorities: certificate.cert },
  });
  try {
    const id = await queuedId(await rig.client());
    assert.match(postfix.run('postcat', '-q', id), /using TLSv1\.3/);
  } finally {
    await rig.stop();
    await postfix.stop();
  }
});

/** Sends a message and says by what name Postfix has it in its queue. */
async function queuedId(client: Client): Promise<string> {
  const said = await client.talk(
    'EHLO c.example',
    'MAIL FROM:<a@example.org>',
    'RCPT TO:<b@example.com>',
    'DATA',
    'x\r\n.',
  );
  const [, id] = /^250 2\.0\.0 Ok: queued as (\w+)$/.exec(said.at(-1)!) ?? [];
  assert.ok(id !== undefined, said.join('\n'));
  return id;
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 900; tries++) {
    if (holds()) return;
    await sleep(100);
  }
  assert.fail('it does not come about');
}
