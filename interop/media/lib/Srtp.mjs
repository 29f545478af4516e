import { randomBytes } from 'node:crypto';

/**
 * Bytes of master key and salt (RFC 3711 section 4, RFC 7714 section 12).
 *
 * @type {Record<import('mediasoup').types.SrtpCryptoSuite, number>}
 */
const KEY_LENGTH = { AES_CM_128_HMAC_SHA1_80: 30, AES_CM_128_HMAC_SHA1_32: 30, AEAD_AES_128_GCM: 28, AEAD_AES_256_GCM: 44 };

/** @param {import('mediasoup').types.SrtpCryptoSuite} cryptoSuite */
export function newKey(cryptoSuite) {
  return { cryptoSuite, keyBase64: randomBytes(KEY_LENGTH[cryptoSuite]).toString('base64') };
}

/** Bytes that SRTP adds to a packet of RTP. @type {Record<string, number>} */
const TAG_LENGTH = { AES_CM_128_HMAC_SHA1_80: 10, AES_CM_128_HMAC_SHA1_32: 4, AEAD_AES_128_GCM: 16, AEAD_AES_256_GCM: 16 };

/** @param {string} [suite] by mediasoup's name or a browser's; none: RTP in the clear */
export function tagLength(suite) {
  return suite ? TAG_LENGTH[suite.replace(/^SRTP_/, '')] : 0;
}
