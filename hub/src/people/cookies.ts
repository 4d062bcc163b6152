/** Cookies that are looked at in one request: more is no honest browser. */
const MOST = 50;

/** What a `Cookie` header holds under that name; empty: nothing. */
export function cookieIn(header: string | undefined, name: string): string {
  const wanted = `${name}=`;
  const parts = (header ?? '').split(';', MOST).map((part) => part.trim());
  return parts.find((part) => part.startsWith(wanted))?.slice(wanted.length) ?? '';
}

/** A `Set-Cookie` header that no script, no other site and no plain connection gets hold of. */
export function bake(name: string, value: string, maxAgeS: number, secure: boolean): string {
  return `${name}=${value}; Path=/; Max-Age=${maxAgeS}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
}
