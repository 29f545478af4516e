/**
 * The SRTP protection profiles by OpenSSL's names, in our order of preference (RFC 5764 section 4.1.2, RFC 7714 section 14.2). Lengths
 * in bytes.
 *
 * @typedef {{ name: string, number: number, keyLength: number, saltLength: number }} SrtpProfile
 * @type {SrtpProfile[]}
 */
export const SRTP_PROFILES = [
  { name: 'SRTP_AEAD_AES_256_GCM', number: 8, keyLength: 32, saltLength: 12 },
  { name: 'SRTP_AEAD_AES_128_GCM', number: 7, keyLength: 16, saltLength: 12 },
  { name: 'SRTP_AES128_CM_SHA1_80', number: 1, keyLength: 16, saltLength: 14 },
  { name: 'SRTP_AES128_CM_SHA1_32', number: 2, keyLength: 16, saltLength: 14 },
];

/**
 * Our keys in the order in which both sides export them: client key, server key, client salt, server salt (RFC 5764 section 4.2).
 * @param {'client' | 'server'} role
 * @param {{ profile: number, local: string, remote: string }} keys
 */
export function exportedMaterial(role, { profile, local, remote }) {
  const keyDigits = 2 * (SRTP_PROFILES.find(({ number }) => number === profile)?.keyLength ?? 0);
  const [client, server] = role === 'client' ? [local, remote] : [remote, local];
  return client.slice(0, keyDigits) + server.slice(0, keyDigits) + client.slice(keyDigits) + server.slice(keyDigits);
}
