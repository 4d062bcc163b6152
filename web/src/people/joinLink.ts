/** Names under which a machine means itself: a link with one of them leads nobody else anywhere. */
const ITSELF = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether an address works on this one machine alone. */
export const isOnlyHere = (hostname: string): boolean => ITSELF.test(hostname);

/** The link of an invitation. The token stands behind the #, which no browser sends and no hub or proxy writes down. */
export const joinLink = (origin: string, token: string): string => `${origin}/join#${token}`;

/** The token of such a link; empty: none. */
export const tokenIn = (hash: string): string => {
  const token = hash.replace(/^#/, '');
  return /^[\w-]{1,64}$/.test(token) ? token : '';
};
