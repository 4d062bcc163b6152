import { hostOf, isOwnHost } from './origin.ts';

/**
 * What plain HTTP shows to another machine: that the hub is alive and where the app is. It holds no form, so nobody
 * types a password into it.
 * @param host the `Host` header; shown only when it is a name of this hub
 * @param localAddress the address on which the caller reached the hub
 */
export function elsewherePage(
  host: string | undefined,
  localAddress: string | undefined,
  httpsPort: number,
): string {
  const named = hostOf(host);
  const name = isOwnHost(named) && named !== null ? named : addressOf(localAddress);
  const address = `https://${name}${httpsPort === 443 ? '' : `:${httpsPort}`}/`;
  const link = `<a href="${address}"><bdi dir="ltr">${address}</bdi></a>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Homeward</title>
<style>
body { font: 1.125rem/1.6 system-ui, sans-serif; max-width: 36rem; margin: 3rem auto; padding: 0 1rem; }
a { display: inline-block; padding: 0.75rem 0; overflow-wrap: anywhere; }
@media (prefers-color-scheme: dark) { body { background: #111; color: #eee; } a { color: #9cf; } }
</style>
</head>
<body>
<main>
<section>
<h1>Homeward is running</h1>
<p>This address is not encrypted, so the app is not served here. Open it at</p>
<p>${link}</p>
</section>
<section lang="ar" dir="rtl">
<h2>Homeward يعمل</h2>
<p>هذا العنوان غير مشفّر، لذلك لا يُعرض التطبيق هنا. افتحه على</p>
<p>${link}</p>
</section>
</main>
</body>
</html>
`;
}

function addressOf(local: string | undefined): string {
  const plain = (local ?? 'homeward.local').replace(/^::ffff:/, '').replace(/%.*$/, '');
  return plain.includes(':') ? `[${plain}]` : plain;
}
