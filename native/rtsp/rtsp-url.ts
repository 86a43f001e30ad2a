import { parseStreamAddress } from '../../electron/contract/kernel/stream-address.ts';

const origin = /^(rtsps?:)\/\/[^/?#]*/i;
/** What may not stand in a request line; cameras do put blanks into the names of their tracks. */
const unsafe = /[\p{Cc}\s]/gu;

/** Takes `.` and `..` out of a path (RFC 3986 section 5.2.4). */
const withoutDots = (path: string): string => {
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '..' && steps.length > 1) steps.pop();
    else if (step !== '.' && step !== '..') steps.push(step);
  }
  return steps.join('/');
};

/** The base with the control behind it, as players that know no references have it. */
export const appendControl = (base: string, control: string | null): string => {
  const reference = (control ?? '').trim().replaceAll(unsafe, (found) => encodeURIComponent(found));
  if (reference === '' || reference === '*' || /^rtsps?:/i.test(reference)) return resolveControl(base, control);
  return base.endsWith('/') ? `${base}${reference}` : `${base}/${reference}`;
};

/**
 * Resolves a `control` attribute against its base (RFC 2326 appendix C.1.1) as a reference of RFC 3986, but for what cameras mean
 * and players do: a relative path is appended to the whole base, even behind a query and where the base has no slash at its end.
 * `*` and nothing mean the base itself.
 */
export const resolveControl = (base: string, control: string | null): string => {
  const reference = (control ?? '').trim().replaceAll(unsafe, (found) => encodeURIComponent(found));
  if (reference === '' || reference === '*') return base;
  const absolute = parseStreamAddress(reference);
  if (absolute.ok) return absolute.value.url;
  const [root = base, scheme = 'rtsp:'] = origin.exec(base) ?? [];
  if (reference.startsWith('//')) {
    const other = parseStreamAddress(`${scheme}${reference}`);
    if (other.ok) return other.value.url;
  }
  if (reference.startsWith('?')) return `${base.replace(/[?#].*$/, '')}${reference}`;
  if (reference.startsWith('#')) return base;
  if (reference.startsWith('/')) return `${root}${reference}`;
  if (reference.startsWith('./') || reference.startsWith('../')) {
    const path = base
      .slice(root.length)
      .replace(/[?#].*$/, '')
      .replace(/[^/]*$/, '');
    const [, relative = '', query = ''] = /^([^?#]*)(.*)$/.exec(reference) ?? [];
    return `${root}${withoutDots(`${path === '' ? '/' : path}${relative}`)}${query}`;
  }
  return appendControl(base, reference);
};
