// Our DTLS against OpenSSL's, in both roles, over UDP on loopback. Needs `openssl` 3. To run it:
//
//   dotnet build interop/dtls/Bisque.DtlsPeer && node --test interop/dtls/openssl.test.mjs
//
// BISQUE_DTLS_PEER names another build of the peer.

import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { Connection } from './Connection.mjs';
import { makeCertificate } from './certificates.mjs';
import { exportedMaterial, SRTP_PROFILES } from './profiles.mjs';

const SMALL_MTU = 300;

/** The groups as OpenSSL's arguments name them, and what its two ends print about them. */
const GROUPS = [
  { name: 'X25519', server: 'Shared groups: x25519', client: 'Server Temp Key: X25519, 253 bits' },
  { name: 'P-256', server: 'Shared groups: secp256r1', client: 'Server Temp Key: ECDH, prime256v1, 256 bits' },
  { name: 'P-384', server: 'Shared groups: secp384r1', client: 'Server Temp Key: ECDH, secp384r1, 384 bits' },
];

const folder = mkdtempSync(join(tmpdir(), 'bisque-dtls-'));
after(() => rmSync(folder, { recursive: true }));

const theirs = makeCertificate(folder, 'p256', 'theirs');
const theirsRsa = makeCertificate(folder, 'rsa', 'theirs');
const theirsP384 = makeCertificate(folder, 'p384', 'theirs');
const ours = makeCertificate(folder, 'p256', 'ours');
const oursRsa = makeCertificate(folder, 'rsa', 'ours');
const oursP384 = makeCertificate(folder, 'p384', 'ours');

/** The suites, with certificates whose keys can sign for them on the server's side. */
const SUITES = [
  { suite: 'ECDHE-ECDSA-CHACHA20-POLY1305', certificates: { theirs, ours } },
  { suite: 'ECDHE-ECDSA-AES128-GCM-SHA256', certificates: { theirs, ours } },
  { suite: 'ECDHE-RSA-CHACHA20-POLY1305', certificates: { theirs: theirsRsa, ours: oursRsa } },
  { suite: 'ECDHE-RSA-AES128-GCM-SHA256', certificates: { theirs: theirsRsa, ours: oursRsa } },
];

for (const role of /** @type {const} */ (['client', 'server'])) {
  const common = { role, theirs, profiles: SRTP_PROFILES };

  describe(`as ${role}, with OpenSSL as ${role === 'client' ? 'server' : 'client'}`, () => {
    test('a generated certificate is seen there, theirs is seen here, and our favourite SRTP profile wins', async (context) => {
      const connection = await Connection.begin(context, common);
      const keys = await connects(connection, common);
      // A server picks by its own order, so OpenSSL takes the client's first, which is our favourite too.
      assert.equal(keys.profile, SRTP_PROFILES[0].number);
      const [, pem] = await connection.openSsl.prints(/(?:Client|Server) certificate\n(-----BEGIN[^]*?-----END CERTIFICATE-----)/);
      assert.equal(new X509Certificate(pem).fingerprint256, await connection.ourFingerprint());
    });

    for (const { suite, certificates } of SUITES) {
      test(suite, async (context) => {
        const wishes = { ...common, ...certificates, openSslArgs: ['-cipher', suite] };
        const connection = await Connection.begin(context, wishes);
        await connects(connection, wishes);
        await connection.openSsl.prints(new RegExp(`cipher is ${suite}$`, 'im'));
        await echoes(connection);
      });
    }

    for (const { name, server, client } of GROUPS) {
      test(`the group ${name}`, async (context) => {
        // With EC certificates OpenSSL would want their curve among the groups too.
        const wishes = { ...common, theirs: theirsRsa, ours: oursRsa, openSslArgs: ['-groups', name] };
        const connection = await Connection.begin(context, wishes);
        await connects(connection, wishes);
        await connection.openSsl.prints(new RegExp(`^${role === 'client' ? server : client}$`, 'm'));
      });
    }

    for (const profile of SRTP_PROFILES) {
      test(profile.name, async (context) => {
        const wishes = { ...common, profiles: [profile] };
        const keys = await connects(await Connection.begin(context, wishes), wishes);
        assert.equal(keys.profile, profile.number);
      });
    }

    test('certificates on P-384', async (context) => {
      const wishes = { ...common, theirs: theirsP384, ours: oursP384 };
      await connects(await Connection.begin(context, wishes), wishes);
    });

    test('an RSA certificate there and an EC certificate here', async (context) => {
      const wishes = { ...common, theirs: theirsRsa, ours };
      await connects(await Connection.begin(context, wishes), wishes);
    });

    test('without the extended master secret', async (context) => {
      const file = join(folder, 'no-ems.cnf');
      writeFileSync(file, 'openssl_conf=i\n[i]\nssl_conf=s\n[s]\nsystem_default=d\n[d]\nOptions=-ExtendedMasterSecret\n');
      const wishes = { ...common, environment: { OPENSSL_CONF: file } };
      const connection = await Connection.begin(context, wishes);
      await connects(connection, wishes);
      if (role === 'server') {
        await connection.openSsl.prints(/Extended master secret: no/);
      }
    });

    test(`messages cut to datagrams of ${SMALL_MTU} bytes are put together on both sides`, async (context) => {
      const wishes = { ...common, theirs: theirsRsa, ours: oursRsa, mtu: SMALL_MTU, openSslArgs: ['-mtu', String(SMALL_MTU)] };
      const connection = await Connection.begin(context, wishes);
      await connects(connection, wishes);
      const { fragments, largest } = connection.tap;
      context.diagnostic(`fragments ${JSON.stringify(fragments)}, largest datagrams ${JSON.stringify(largest)}`);
      for (const way of /** @type {const} */ (['toServer', 'toClient'])) {
        assert.ok(fragments[way] >= 3, `${fragments[way]} fragments ${way}`);
        assert.ok(largest[way] <= SMALL_MTU, `${largest[way]} bytes ${way}`);
      }
      await echoes(connection);
    });

    test('every datagram of the handshake that is lost once is repeated', async (context) => {
      const wishes = {
        ...common,
        openSslArgs: ['-timeout'],
        /** @type {import('./Connection.mjs').Wishes['loses']} */ loses: (_, index) => index < 6 && index % 2 === 0,
      };
      const connection = await Connection.begin(context, wishes);
      await connects(connection, wishes);
      assert.ok(connection.tap.lost >= 3, `${connection.tap.lost} lost`);
      await echoes(connection);
    });

    test('application data both ways, and our close_notify ends theirs', async (context) => {
      const connection = await Connection.begin(context, common);
      await connects(connection, common);
      await echoes(connection);
      connection.bisque.tell('unasked\n');
      await connection.openSsl.prints(/^unasked$/m);

      connection.bisque.endInput();
      await connection.bisque.tells('state', { state: 'Closed' });
      await connection.openSsl.ends();
      assert.deepEqual(await counters(connection), { invalidRecords: 0, unauthenticRecords: 0 });
    });

    // s_server has closed its socket when it sends the alert.
    if (role === 'server') {
      test('their close_notify ends ours', async (context) => {
        const connection = await Connection.begin(context, common);
        await connects(connection, common);
        connection.openSsl.tell('Q\n');
        await connection.bisque.tells('state', { state: 'Closed' });
        await connection.bisque.ends();
      });
    }

    test('a certificate other than the announced one fails, and they are told', async (context) => {
      const wishes = { ...common, expected: theirsRsa.fingerprint };
      const connection = await Connection.begin(context, wishes);
      await connection.bisque.tells('state', { state: 'Failed' });
      await connection.bisque.ends();
      assert.deepEqual(connection.bisque.events.filter(({ event }) => event === 'keys'), []);
      await connection.openSsl.prints(/alert bad certificate/);
    });

    test('no SRTP profile in common fails', async (context) => {
      const wishes = { ...common, profiles: [SRTP_PROFILES[0]], ourProfile: SRTP_PROFILES[1] };
      const connection = await Connection.begin(context, wishes);
      await connection.bisque.tells('state', { state: 'Failed' });
    });

    test('no cipher suite in common fails', async (context) => {
      const wishes = { ...common, openSslArgs: ['-cipher', 'ECDHE-ECDSA-AES256-GCM-SHA384'] };
      const connection = await Connection.begin(context, wishes);
      await connection.bisque.tells('state', { state: 'Failed' });
    });
  });
}

/**
 * Waits until both ends are connected and have exported the same keys; gives ours.
 * @param {Connection} connection
 * @param {import('./Connection.mjs').Wishes} wishes
 */
async function connects({ bisque, openSsl }, { role, theirs }) {
  assert.equal(await bisque.connects(), theirs.fingerprint);
  const keys = await bisque.tells('keys');
  const [, name] = await openSsl.prints(/SRTP Extension negotiated, profile=(\w+)/);
  assert.equal(keys.profile, SRTP_PROFILES.find((profile) => profile.name === name)?.number);
  const [, exported] = await openSsl.prints(/Keying material: ([0-9A-F]+)\n/);
  const material = exportedMaterial(role, keys);
  // What OpenSSL exports is as long as the longest profile needs; the shorter ones are its beginning.
  assert.equal(material, exported.slice(0, material.length));
  return keys;
}

/**
 * OpenSSL says something, our end hears it, and OpenSSL gets it back.
 * @param {Connection} connection
 */
async function echoes({ bisque, openSsl }) {
  openSsl.tell('how do you do\n');
  await bisque.tells('data', { text: 'how do you do\n' });
  await openSsl.prints(/^how do you do$/m);
}

/** @param {Connection} connection */
async function counters({ bisque }) {
  const { invalidRecords, unauthenticRecords } = await bisque.tells('counters');
  return { invalidRecords, unauthenticRecords };
}
