import type { StationFailure } from './station-channel.ts';
import type { StationFailed } from './supervisor.ts';

/** What helps against any loss of keys. */
const getBack = {
  zh: '请把原来的文件放回去，或从备份里取回钥匙：npm run journal -- restore 备份文件夹 --keys',
  en: 'Put the original file back, or take the keys from a backup: npm run journal -- restore BACKUP --keys',
} as const;

const sentences: Readonly<Record<StationFailure, (detail: string) => string>> = {
  portTaken: (detail) =>
    `另一个程序占用了端口（${detail}）。请关闭它，或换一个端口：--port 0\nAnother program uses the port (${detail}). Close it, or choose another: --port 0`,
  realCommunity: (detail) =>
    `这个数据文件夹里是真实小区的数据，演示不会动它：${detail}。请用 --data 指定另一个空文件夹。\nThis data folder holds a real community, which the demo leaves alone: ${detail}. Name an empty folder with --data.`,
  newerSchema: (detail) =>
    `数据是由更新版本的值守台写的，这个版本不会改动它：${detail}。请安装新版本。\nThe data was written by a newer Guardroom; this one leaves it alone: ${detail}. Install the newer version.`,
  inUse: (detail) =>
    `另一个值守台正在使用这个数据文件夹：${detail}。\nAnother Guardroom is using this data folder: ${detail}.`,
  damaged: (detail) =>
    `数据文件损坏，没有改动任何内容：${detail}。请先备份文件夹，再运行：npm run journal -- verify\nA data file is damaged and was left as it is: ${detail}. Copy the folder first, then run: npm run journal -- verify`,
  notWritable: (detail) =>
    `数据文件夹不能写入：${detail}。请检查磁盘空间和权限。\nThe data folder cannot be written: ${detail}. Check the disk's space and the permissions.`,
  diskFull: (detail) =>
    `磁盘已满，值守台写不了记录，所以没有启动：${detail}。没有改动任何内容。请先腾出空间，再启动一次。\nThe disk is full: Guardroom could not write its log and was not started: ${detail}. Nothing was changed. Make room on the disk, then start it again.`,
  journalMissing: (detail) =>
    `值班日志不见了：${detail}。钥匙和签名还在，所以没有从空白开始，也没有改动任何内容。请把它放回原处，或从备份恢复：npm run journal -- restore 备份文件夹 --data 一个新文件夹\nThe log is gone: ${detail}. Its keys and its signature are still there, so Guardroom did not begin an empty one, and nothing was changed. Put the file back, or restore a backup: npm run journal -- restore BACKUP --data A-NEW-FOLDER`,
  keyMissing: (detail) =>
    `缺少钥匙文件：${detail}。没有它，姓名、电话、密码都打不开，所以值守台没有启动，也没有改动任何内容。${getBack.zh}\nA key file is missing: ${detail}. Without it no name, phone number or password opens, so Guardroom was not started and nothing was changed. ${getBack.en}`,
  keyDamaged: (detail) =>
    `钥匙文件损坏或读不出来：${detail}。没有它，姓名、电话、密码都打不开，所以值守台没有启动，也没有改动任何内容。${getBack.zh}\nA key file is damaged or cannot be read: ${detail}. Without it no name, phone number or password opens, so Guardroom was not started and nothing was changed. ${getBack.en}`,
  keyForeign: (detail) =>
    `钥匙文件不是这个值守台的：${detail}。它和日志、其他钥匙对不上，所以值守台没有启动，也没有改动任何内容。${getBack.zh}\nA key file is not this station's: ${detail}. It does not fit the log or the other keys, so Guardroom was not started and nothing was changed. ${getBack.en}`,
  notBuilt: (detail) =>
    `席位页面还没有生成：${detail}。请运行：npm start\nThe seat's page has not been built: ${detail}. Run: npm start`,
  keychainNeeded: (detail) =>
    `这个数据文件夹的设备密码由桌面程序的系统钥匙串保护，不开窗口就打不开：${detail}。请用桌面程序打开。\nThe device passwords of this data folder are under the desktop program's keychain and cannot be opened without a window: ${detail}. Open it with the desktop program.`,
  demoFailed: (detail) => `演示小区没有启动：${detail}。\nThe demo community did not start: ${detail}.`,
};

/** Why the station cannot run, what that means, and what to do, in both languages. */
export const failureText = (failed: StationFailed): string => sentences[failed.failure](failed.message);
