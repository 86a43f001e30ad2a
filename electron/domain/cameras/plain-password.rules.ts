/** What looks like the name of a password in a path or a query, as makers write it: `password=`, `pwd=`, `user=admin_password=`. */
const named = /(?:^|[^a-z])(?:pass|passwd|password|pwd|psw)[=_][^&_/]/i;

/**
 * Whether this address, as it stands, holds a password or a piece of one: anything in front of an `@` (a password with `@` or `/` in it leaves
 * pieces behind when it is cut off badly), or a password by name in its path or query. What is sealed is no address.
 */
export const holdsPlainPassword = (address: string): boolean => {
  const found = /^[a-z][a-z0-9+.-]*:\/\/([^?#]*)(.*)$/is.exec(address);
  if (found === null) return false;
  const [, place = '', rest = ''] = found;
  return place.includes('@') || named.test(place) || named.test(rest);
};
