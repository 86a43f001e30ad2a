/** `npm start`: installs and builds what is missing, then opens the room in a window, or serves it where there can be none. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { follow, withChannel } from './follow.mjs';
import { ensureDependencies, run, stationNode } from './install.mjs';
import { root, windows } from './installed.mjs';
import { ensureBuilt, findElectron, requireNode } from './setup.mjs';

const args = process.argv.slice(2);
requireNode();
await ensureDependencies();
const node = stationNode();
await ensureBuilt(node);

const headless = args.includes('--headless');
const electron = headless ? null : await findElectron(node);

/** The address with a ticket that is good once in place of the start token: a program's arguments are read by everybody on this machine. */
const withTicket = async (url) => {
  const address = new URL(url);
  const headers = { authorization: `Bearer ${address.searchParams.get('token')}` };
  const answer = await fetch(new URL('/tickets', address), { method: 'POST', headers });
  if (!answer.ok) throw new Error(`no ticket: ${answer.status}`);
  address.searchParams.delete('token');
  address.searchParams.set('ticket', await answer.text());
  return address.href;
};

const openByHand = () =>
  console.log('No browser could be opened: open the address above by hand. 请手工打开上面的地址。');

/** Shows the page in the default browser, where somebody sits in front of a screen. */
const openBrowser = async (readyUrl) => {
  const screen = process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
  if (!screen || process.env.CI !== undefined) return;
  const url = await withTicket(readyUrl);
  const opener = { win32: ['cmd', ['/c', 'start', '', url.replaceAll('&', '^&')]], darwin: ['open', [url]] }[
    process.platform
  ] ?? ['xdg-open', [url]];
  const child = spawn(opener[0], opener[1], { stdio: 'ignore', detached: true });
  child.on('error', openByHand);
  child.unref();
};

if (electron !== null) {
  const code = await run(node, [path.join(root, 'resources', 'tooling', 'build.ts'), '--shell']);
  if (code !== 0) process.exit(code);
  // Elsewhere Electron takes SIGTERM as a wish to quit, and on Linux a channel would take the place that Chromium's own processes look at (electron issue 17044).
  follow(spawn(electron, [root, ...args], { cwd: root, stdio: windows ? withChannel : 'inherit' }));
} else {
  if (!headless) {
    console.log(
      'There is no Electron on this machine, so the seat runs in a browser. 这台电脑上没有 Electron，席位在浏览器中打开。',
    );
  }
  const child = spawn(node, ['--disable-sigusr1', path.join(root, 'electron', 'headless.ts'), ...args], {
    cwd: root,
    stdio: ['inherit', 'pipe', 'inherit', 'ipc'],
  });
  child.stdout.on('data', (chunk) => {
    process.stdout.write(chunk);
    const ready = /Guardroom ready: (\S+)/.exec(chunk.toString());
    if (ready !== null && !headless) openBrowser(ready[1]).catch(openByHand);
  });
  follow(child);
}
