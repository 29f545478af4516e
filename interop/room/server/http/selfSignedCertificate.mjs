import { generate } from 'selfsigned';

/**
 * @param {string} address The IP address the page will be opened by.
 * @returns {Promise<{ cert: string, key: string }>}
 */
export async function selfSignedCertificate(address) {
  const subject = [{ name: 'commonName', value: address }];
  const { cert, private: key } = await generate(subject, {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: address }] }],
  });
  return { cert, key };
}
