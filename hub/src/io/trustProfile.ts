import { createHash } from 'node:crypto';

/** A UUID that is the same whenever it is made of the same text: RFC 9562 §5.8, version 8. */
function uuidOf(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex').toUpperCase();
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

/**
 * A configuration profile for iPhones, iPads and Macs that holds the authority's certificate and nothing else. Not
 * signed: there is nobody whose signature a phone would know. The same hub gives the same UUIDs, so that a second one
 * replaces the first. Keys: Apple, Device Management, `TopLevel` and `com.apple.security.root`.
 * @param name as people read it, of any characters
 * @param der the certificate
 */
export function trustProfile(hubId: string, name: string, der: Uint8Array): string {
  const identifier = `homeward.${hubId.toLowerCase().replace(/[^a-z0-9-]/g, '')}`;
  const text = (key: string, value: string) => `<key>${key}</key><string>${escaped(value)}</string>`;
  const head = (part: string, type: string) =>
    [
      text('PayloadType', type),
      '<key>PayloadVersion</key><integer>1</integer>',
      text('PayloadIdentifier', part === '' ? identifier : `${identifier}.${part}`),
      text('PayloadUUID', uuidOf(`${hubId} profile ${part}`)),
    ].join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
${head('', 'Configuration')}
${text('PayloadDisplayName', name)}
${text('PayloadOrganization', 'Homeward')}
${text('PayloadDescription', 'Lets this device know your Homeward hub. It can vouch for names and addresses of a home only.')}
<key>PayloadRemovalDisallowed</key><false/>
<key>PayloadContent</key>
<array>
<dict>
${head('ca', 'com.apple.security.root')}
${text('PayloadDisplayName', name)}
${text('PayloadCertificateFileName', 'homeward-ca.crt')}
<key>PayloadContent</key><data>${Buffer.from(der).toString('base64')}</data>
</dict>
</array>
</dict>
</plist>
`;
}
